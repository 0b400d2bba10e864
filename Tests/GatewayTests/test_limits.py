"""Rate limits: who is passed over, who is refused, and that not one request too many passes."""

import collections
import json
import re
import selectors
import socket
import time

import pytest

import bodies
import configurations
import processes
import wire

STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


def storm(address, request, connections, requests_each, source=None):
    """Pipelines the same request on many connections; the statuses of the answers, counted."""
    statuses = collections.Counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            client = socket.socket()
            if source:
                client.bind((source, 0))
            client.connect(address)
            client.setblocking(False)
            state = {"sent": 0, "tail": b"", "answers": 0}
            wish = selectors.EVENT_READ | selectors.EVENT_WRITE
            selector.register(client, wish, state)
        batch = request * 50
        total = len(request) * requests_each
        while selector.get_map():
            for key, events in selector.select(timeout=15):
                state = key.data
                if events & selectors.EVENT_WRITE:
                    start = state["sent"] % len(request)
                    piece = batch[start : start + total - state["sent"]]
                    state["sent"] += key.fileobj.send(piece)
                    if state["sent"] == total:
                        selector.modify(key.fileobj, selectors.EVENT_READ, state)
                if events & selectors.EVENT_READ:
                    data = key.fileobj.recv(1 << 18)
                    assert data, "the gateway has closed a connection"
                    data = state["tail"] + data
                    found = STATUS.findall(data)
                    statuses.update(map(int, found))
                    state["answers"] += len(found)
                    # Shorter than what is looked for, so that nothing is counted twice.
                    state["tail"] = data[-12:]
                    if state["answers"] == requests_each:
                        selector.unregister(key.fileobj)
                        key.fileobj.close()
    return statuses


def chat(gateway, model, marker="Hello", **options):
    return gateway.call("POST", bodies.CHAT, bodies.chat(model, marker), **options)


@pytest.fixture(scope="session")
def builds():
    """Both gateways, built before a test's time begins."""
    for yaml in (configurations.LIMITS, configurations.ENTRY_LIMITS):
        processes.build(yaml)


@pytest.fixture
def limited(builds, start):
    """With limits of endpoints, none of them used yet."""
    return start(configurations.LIMITS)


@pytest.fixture
def guarded(builds, start):
    """With limits of clients and of the gateway, none of them used yet."""
    return start(configurations.ENTRY_LIMITS)


@pytest.mark.limit(50)
def test_hundred_thousand_requests_over_four_workers_are_counted_exactly(
    limited, simulator, marker
):
    request = bodies.request(bodies.CHAT, bodies.chat_bytes("counted", marker))
    statuses = storm(limited.address, request, connections=64, requests_each=1563)
    assert statuses == {200: 1000, 429: 64 * 1563 - 1000}
    assert len(simulator.requests(marker)) == 1000


def test_endpoint_at_its_limit_is_passed_over(limited):
    endpoints = [chat(limited, "spilling")["X-Olla-Endpoint"] for _ in range(8)]
    assert endpoints == ["first"] * 3 + ["second"] * 5


def test_limit_of_the_only_endpoint_is_told(limited, marker):
    for _ in range(3):
        assert chat(limited, "lonely").status == 200
    before = time.time()
    response = chat(limited, "lonely", fields=[("X-Request-ID", marker)])
    assert response.status == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert response["X-RateLimit-Limit"] == "3"
    assert response["X-RateLimit-Remaining"] == "0"
    assert before + 100 < int(response["X-RateLimit-Reset"]) < before + 200
    assert response["X-Olla-Request-ID"] == marker
    assert response["X-Olla-Endpoint"] is None
    error = response.json["error"]
    assert error["type"] == "requests"
    assert error["code"] == "rate_limit_exceeded"
    assert error["param"] is None
    assert "lonely" in error["message"]
    assert response.json["olla_context"]["endpoint"] is None
    line = processes.wait_until(lambda: limited.access_lines(marker))[0]
    assert (line["status"], line["outcome"], line["attempts"]) == (429, "limited", 0)
    assert limited.own("/internal/status").json["outcomes"]["limited"] == 1


def test_connection_goes_on_after_a_refusal(limited):
    for _ in range(3):
        chat(limited, "lonely")
    request = bodies.request(bodies.CHAT, bodies.chat_bytes("lonely"))
    with limited.connect() as connection:
        for _ in range(3):
            connection.send(request)
            assert connection.response().status == 429
        connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes("spilling")))
        assert connection.response().status == 200


def test_room_comes_back_when_it_was_said_to(limited):
    assert chat(limited, "paced").status == 200
    refused = chat(limited, "paced")
    assert refused.status == 429
    assert 1 <= int(refused["Retry-After"]) <= 3
    time.sleep(int(refused["Retry-After"]))
    assert chat(limited, "paced").status == 200


def test_default_is_fifty_at_once(limited):
    request = bodies.request(bodies.CHAT, bodies.chat_bytes("usual"))
    started = time.monotonic()
    statuses = storm(limited.address, request, connections=4, requests_each=30)
    more = (time.monotonic() - started) / (60 / 151)
    assert 50 <= statuses[200] <= 51 + more
    assert statuses[429] == 120 - statuses[200]


def test_answer_of_an_endpoint_stands_where_the_next_one_has_no_room(limited):
    assert chat(limited, "hopeful")["X-Olla-Endpoint"] == "once"
    response = chat(limited, "hopeful")
    assert (response.status, response["X-Olla-Endpoint"]) == (503, "refusing")
    assert response["X-RateLimit-Limit"] is None


def test_attempt_that_fails_counts(limited):
    statuses = [chat(limited, "absent-only").status for _ in range(4)]
    assert statuses == [502, 502, 429, 429]


def test_limits_that_an_endpoint_tells_of_pass(limited):
    response = chat(limited, "sim-status-429")
    assert (response.status, response["Retry-After"]) == (429, "7")
    assert response["X-Olla-Endpoint"] == "usual"


def test_manifest_lists_the_limits(limited, guarded):
    manifest = limited.own("/internal/manifest").json
    limits = {endpoint["name"]: endpoint["rate_limit"] for endpoint in manifest["endpoints"]}
    assert limits["first"] == {"requests_per_minute": 3, "burst": 3}
    assert limits["once"] == {"requests_per_minute": 1, "burst": 1}
    assert limits["usual"] == {"requests_per_minute": 200, "burst": 50}
    assert limits["second"] is None
    limits = guarded.own("/internal/manifest").json["rate_limits"]
    assert limits["per_client"] == {"requests_per_minute": 20, "burst": 20}


def models(gateway, source="127.0.0.1", forwarded=(), path="/olla/openai/v1/models"):
    """The status of a list of models, asked for from an address of loopback."""
    fields = [("X-Forwarded-For", value) for value in forwarded]
    with wire.Connection(gateway.address, source=source) as connection:
        connection.send(wire.build("GET", path, fields))
        return connection.response("GET").status


def test_client_past_its_limit_is_refused_and_no_other(guarded):
    statuses = [models(guarded, "127.5.0.1") for _ in range(25)]
    assert statuses == [200] * 20 + [429] * 5
    assert models(guarded, "127.5.0.2") == 200
    assert models(guarded, "127.5.0.1") == 429


def test_what_is_not_there_counts_and_the_gateways_own_routes_do_not(guarded):
    for _ in range(20):
        assert models(guarded, path="/olla/openai/v1/nothing") == 404
    assert models(guarded) == 429
    for path in ("/healthz", "/readyz", "/internal/status"):
        assert guarded.own(path).status == 200


def test_refused_body_is_not_waited_for(guarded):
    head = wire.build(
        "POST",
        "/olla/openai/v1/chat/completions",
        [("Content-Length", "50000"), ("Expect", "100-continue"), bodies.JSON_TYPE],
    )
    for _ in range(20):
        models(guarded)
    with guarded.connect() as connection:
        connection.send(head)
        response = connection.response()
        assert (response.status, response.interim) == (429, [])
        assert response["Connection"] == "close"
        assert "address" in response.json["error"]["message"]
        assert connection.is_closed()


def test_clients_own_word_of_its_address_counts_for_nothing(guarded):
    statuses = [models(guarded, "127.5.0.3", [f"203.0.113.{n}"]) for n in range(25)]
    assert statuses == [200] * 20 + [429] * 5


def test_address_before_trusted_proxies_is_the_client(guarded):
    forged = [[f"198.51.100.{n}, 203.0.113.7, 127.9.0.2"] for n in range(25)]
    assert [models(guarded, "127.9.0.1", value) for value in forged] == [200] * 20 + [429] * 5
    assert models(guarded, "127.9.0.1", ["203.0.113.7"]) == 429
    assert models(guarded, "127.9.0.1", ["198.51.100.1", "203.0.113.7"]) == 429
    assert models(guarded, "127.9.0.1", ["203.0.113.7", "203.0.113.8"]) == 200
    assert models(guarded, "127.9.0.1", ["203.0.113.7, unknown"]) == 200
    assert models(guarded, "127.9.0.1") == 200


def test_network_of_ipv6_is_one_client(guarded):
    hosts = [[f"2001:db8:0:1:{n:x}::{n:x}"] for n in range(25)]
    assert [models(guarded, "127.9.0.1", host) for host in hosts] == [200] * 20 + [429] * 5
    assert models(guarded, "127.9.0.1", ["2001:db8:0:2::1"]) == 200


@pytest.mark.limit(50)
def test_gateway_past_its_limit_refuses_everybody(guarded):
    request = wire.build("GET", "/olla/openai/v1/models")
    statuses = collections.Counter()
    for number in range(16):
        statuses += storm(guarded.address, request, 2, 10, source=f"127.6.0.{number + 1}")
    assert statuses == {200: 300, 429: 20}
    with wire.Connection(guarded.address, source="127.6.1.1") as connection:
        connection.send(request)
        response = connection.response("GET")
    assert response.status == 429
    assert response["X-RateLimit-Limit"] == "300"
    assert "gateway" in json.loads(response.body)["error"]["message"]
