"""Endpoints that are down, late, wrong or broken, and what clients get of it."""

import json
import re
import time

import pytest

import bodies
import configurations

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def check_context(response, endpoint):
    context = response.json["olla_context"]
    assert list(context) == ["endpoint", "request_id", "timestamp"]
    assert context["endpoint"] == endpoint
    assert context["request_id"] == response["X-Olla-Request-ID"]
    assert RFC3339.fullmatch(context["timestamp"])


def check_gateway_error(response, status, endpoint):
    """The gateway speaks for an endpoint: it is named, its address is not."""
    assert response.status == status, response.body
    assert set(response.json["error"]) == {"message", "type", "param", "code"}
    check_context(response, endpoint)
    assert response["X-Olla-Endpoint"] == endpoint
    assert response["X-Olla-Backend-Type"] == "openai"
    assert configurations.ADDRESS.encode() not in response.body
    assert b"18101" not in response.body


def test_endpoint_that_is_down(gateway):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("absent-only"))
    check_gateway_error(response, 502, "absent")


@pytest.mark.parametrize(
    "model",
    ["failover", "flaky", "fragile", "sluggish"],
    ids=["down", "status", "closed before a byte", "no head in time"],
)
def test_failover_to_the_next_endpoint(gateway, secondary, model, marker):
    body = bodies.chat(model, marker)
    response = gateway.call("POST", bodies.CHAT, body)
    assert response.status == 200
    assert response["X-Olla-Endpoint"] == "secondary"
    assert response["X-Simulator"] == "secondary"
    assert response["X-Olla-Model"] == model
    plain = secondary.call("POST", bodies.CHAT, {**body, "model": "gpt-4o"})
    assert response.body == plain.body


def test_failover_of_a_stream_that_has_not_begun(gateway):
    body = bodies.chat("failover", stream=True)
    response = gateway.call("POST", bodies.CHAT, body)
    assert response["X-Olla-Endpoint"] == "secondary"
    assert response.events[-1] == "[DONE]"


def test_head_that_does_not_come_in_time(gateway):
    started = time.monotonic()
    response = gateway.call("POST", bodies.CHAT, bodies.chat("sim-slow-5000"))
    check_gateway_error(response, 504, "hurried")
    assert 0.9 < time.monotonic() - started < 3


@pytest.mark.parametrize("model", ["sim-garbage", "sim-garbage-head", "sim-early-close"])
def test_answer_that_is_none(gateway, model):
    for stream in (False, True):
        response = gateway.call("POST", bodies.CHAT, bodies.chat(model, stream=stream))
        check_gateway_error(response, 502, "primary")


def inserted(longer, shorter):
    """What `longer` has more than `shorter`, in one piece; None where it is not so simple."""
    start = 0
    while start < len(shorter) and longer[start] == shorter[start]:
        start += 1
    end = len(longer) - (len(shorter) - start)
    return longer[start:end] if longer[end:] == shorter[start:] else None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429, 500, 502, 503])
def test_error_of_the_endpoint_gains_its_context_and_nothing_else(gateway, simulator, status):
    body = bodies.chat(f"sim-status-{status}")
    through = gateway.call("POST", bodies.CHAT, body)
    plain = simulator.call("POST", bodies.CHAT, body)
    assert through.status == status
    check_context(through, "primary")
    assert inserted(through.body, plain.body).count(b"olla_context") == 1
    assert {**plain.json, "olla_context": through.json["olla_context"]} == through.json
    assert through["Retry-After"] == plain["Retry-After"] == ("7" if status == 429 else None)
    assert through["X-Ratelimit-Remaining-Requests"] == "199"
    assert through["X-Olla-Endpoint"] == "primary"


@pytest.mark.parametrize("model", ["sim-html-500", "sim-error-array"])
def test_other_errors_pass_unchanged(gateway, simulator, model):
    through = gateway.call("POST", bodies.CHAT, bodies.chat(model))
    plain = simulator.call("POST", bodies.CHAT, bodies.chat(model))
    assert (through.status, through.body) == (plain.status, plain.body)
    assert through["Content-Type"] == plain["Content-Type"]


@pytest.mark.parametrize("model", ["sim-break-3", "sim-reset-3", "sim-bad-chunk-3", "sim-stall-3"])
def test_stream_that_breaks_ends_with_an_error_event(gateway, simulator, model):
    endpoint = "hurried" if "stall" in model else "primary"
    body = bodies.chat_bytes(model, stream=True)
    with gateway.connect() as connection:
        connection.send(bodies.request(bodies.CHAT, body))
        response = connection.response()
        assert connection.is_closed()
    assert response.status == 200
    assert not response.complete
    assert len(response.events) == 4
    assert b"[DONE]" not in response.body
    last = json.loads(response.events[-1])
    assert set(last) == {"error", "olla_context"}
    assert last["olla_context"]["endpoint"] == endpoint
    assert last["olla_context"]["request_id"] == response["X-Olla-Request-ID"]
    whole = simulator.call("POST", bodies.CHAT, body=body.replace(model.encode(), b"gpt-4o"))
    deltas = [json.loads(event)["choices"][0]["delta"] for event in response.events[:3]]
    assert deltas[:2] == [json.loads(e)["choices"][0]["delta"] for e in whole.events[:2]]


@pytest.mark.parametrize("model", ["sim-break-1", "sim-reset-1", "sim-bad-chunk-1"])
def test_plain_answer_that_breaks_does_not_look_complete(gateway, model):
    with gateway.connect() as connection:
        connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes(model)))
        response = connection.response()
        if response.status == 502:  # the first piece was broken already: nothing had been sent
            check_gateway_error(response, 502, "primary")
            return
        assert connection.is_closed()
    assert not response.complete
    assert b"olla_context" not in response.body


def test_failures_leave_the_gateway_well(gateway):
    for model in ("sim-garbage", "sim-break-1", "sim-early-close", "sim-reset-1") * 5:
        with gateway.connect() as connection:
            connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes(model)))
            connection.response()
    assert gateway.call("POST", bodies.CHAT, bodies.chat("gpt-4o")).status == 200
