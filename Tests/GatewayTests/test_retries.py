"""Asking another endpoint: how often, instead of what, and how long all of it may take."""

import concurrent.futures
import json
import time

import pytest

import bodies
import configurations
import processes


@pytest.fixture(scope="module")
def gateway(simulator):
    running = processes.Gateway(configurations.RETRIES)
    yield running
    running.stop()


def count(gateway, name):
    lines = gateway.own("/internal/metrics").body.decode().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(name + " ")))


@pytest.mark.limit(60)
def test_a_storm_is_kept_to_the_budget(gateway):
    """A tenth of the requests, ten at once and one a second are sent again, of all workers."""
    began = time.monotonic()
    earlier = count(gateway, "ingot_retries_total")
    asked = sum(gateway.own("/internal/status").json["outcomes"].values())

    def ask(_):
        answer = gateway.call("POST", bodies.CHAT, bodies.chat("stormy"))
        return answer.status, answer["X-Olla-Endpoint"]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(400)))
    seconds = time.monotonic() - began
    assert set(answers) == {(200, "second"), (503, "first")}
    retried = answers.count((200, "second"))
    assert count(gateway, "ingot_retries_total") == earlier + retried
    assert 40 <= retried + earlier <= (asked + 400) // 10 + 15 + seconds
    refused = answers.count((503, "first"))
    assert count(gateway, "ingot_retries_over_budget_total") >= refused
    processes.wait_until(lambda: len(gateway.access_lines("stormy")) == 400)
    lines = gateway.access_lines("stormy")
    assert sum(line["attempts"] == 2 for line in lines) == retried
    assert sum(line.get("over_budget", False) for line in lines) == refused


def test_a_refusal_is_passed_on_where_the_next_endpoint_is_down(gateway):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("only-refused"))
    assert (response.status, response["Retry-After"]) == (429, "7")
    assert response["X-Olla-Endpoint"] == "first"
    assert response.json["olla_context"]["endpoint"] == "first"


@pytest.mark.limit(60)
def test_a_stream_that_begins_with_an_error_is_passed_over(gateway, simulator):
    # The storm before may have spent the budget, but for one a second.
    for _ in range(30):
        response = gateway.call("POST", bodies.CHAT, bodies.chat("begins-badly", stream=True))
        assert response.status == 200 and response.complete
        if response["X-Olla-Endpoint"] == "second":
            break
        assert "error" in json.loads(response.events[0])
        time.sleep(0.5)
    plain = simulator.call("POST", bodies.CHAT, bodies.chat("gpt-4o", stream=True))
    assert response.body == plain.body


def test_a_stream_past_its_total_time_ends_with_an_error_event(gateway):
    with gateway.connect() as connection:
        began = time.monotonic()
        body = bodies.chat_bytes("sim-pace-200", stream=True)
        connection.send(bodies.request(bodies.CHAT, body))
        response = connection.response()
        assert connection.is_closed()
    assert 0.9 < time.monotonic() - began < 10
    assert not response.complete and len(response.events) > 2
    assert json.loads(response.events[-1])["error"]["code"] == "total_timeout"


def test_an_answer_that_does_not_begin_within_the_total_time_is_504(gateway):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("sim-slow-5000"))
    assert (response.status, response.json["error"]["code"]) == (504, "total_timeout")
    assert response["X-Olla-Endpoint"] == "hasty"
