"""Requests in pieces, clients in thousands, and what is left of them afterwards."""

import concurrent.futures
import time

import pytest

import bodies
import configurations
import processes
import wire

REQUEST = bodies.request(bodies.CHAT, bodies.chat_bytes("gpt-4o"))


def test_request_cut_at_every_byte_is_answered_the_same(gateway):
    connections = [gateway.connect() for _ in range(len(REQUEST) - 1)]
    for cut, connection in enumerate(connections, 1):
        connection.send(REQUEST[:cut])
    time.sleep(0.1)
    for cut, connection in enumerate(connections, 1):
        connection.send(REQUEST[cut:])
    answers = [connection.response() for connection in connections]
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    for connection in connections:
        connection.close()


def test_request_that_comes_byte_by_byte(gateway):
    with gateway.connect() as connection:
        for place in range(len(REQUEST)):
            connection.send(REQUEST[place : place + 1])
        assert connection.response().status == 200


def test_thousand_idle_connections_cost_little_and_disturb_nobody(start):
    gateway = start(configurations.SINGLE)
    assert gateway.call("POST", bodies.CHAT, bodies.chat("gpt-4o")).status == 200
    before = gateway.resident_bytes()
    idle = []
    for _ in range(1000):
        connection = gateway.connect()
        connection.send(wire.build("GET", "/healthz"))
        assert connection.response("GET").status == 200
        idle.append(connection)
    assert gateway.resident_bytes() - before < 1000 * 4096
    with gateway.connect() as active:
        for _ in range(50):
            active.send(REQUEST)
            assert active.response().status == 200
    assert gateway.own("/internal/status").json["connections"] >= 1000
    for connection in idle:
        connection.close()
    processes.wait_until(lambda: gateway.own("/internal/status").json["connections"] == 1)


@pytest.mark.parametrize("pause", [0.05, 0.3])
def test_head_that_only_drips_is_refused_and_closed(small_gateway, pause):
    started = time.monotonic()
    with small_gateway.connect() as connection:
        for byte in wire.build("GET", "/olla/openai/v1/models", [("X-Slow", "a" * 60)]):
            connection.send(bytes([byte]))
            time.sleep(pause)
            connection.socket.settimeout(0.001)
            try:
                if not connection.fill():
                    break
            except TimeoutError:
                continue
            break
        connection.socket.settimeout(2)
        assert connection.response("GET").status == 408
        assert connection.is_closed()
    assert 0.9 < time.monotonic() - started < 2.5


def good(connection, number):
    connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes("gpt-4o", "x" * (number % 999))))
    return connection.response().status == 200


def streamed(connection, number):
    connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes("sim-pace-0", stream=True)))
    return connection.response().complete


def unknown(connection, number):
    connection.send(bodies.request("/v2/chat", bodies.chat_bytes("gpt-4o")))
    return connection.response().status == 404


def own(connection, number):
    connection.send(wire.build("GET", "/olla/openai/v1/models") * 4)
    return all(connection.response("GET").status == 200 for _ in range(4))


def failing(connection, number):
    connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes("sim-status-500")))
    return connection.response().status == 500


def malformed(connection, number):
    connection.send(b"GET  / HTTP/1.1\r\n\r\n")
    return connection.response().status == 400 and None


def aborted(connection, number):
    connection.send(REQUEST[: 1 + number % len(REQUEST)])
    return None


def left(connection, number):
    connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes("gpt-4o", stream=True)))
    connection.line()
    return None


MIX = [good, streamed, unknown, own, failing, good, own, unknown, malformed, own, aborted, left]


def run_mix(gateway, count):
    """`count` requests; those that return None end their connection."""
    done = 0
    connection = gateway.connect()
    while done < count:
        kind = MIX[done % len(MIX)]
        result = kind(connection, done)
        assert result is not False, kind
        done += 1
        if result is None:
            connection.close()
            connection = gateway.connect()
    connection.close()


def run_mixes(gateway, count):
    """`count` requests of four clients at once."""
    with concurrent.futures.ThreadPoolExecutor(4) as clients:
        for ended in [clients.submit(run_mix, gateway, count // 4) for _ in range(4)]:
            ended.result()


@pytest.mark.limit(150)
def test_twenty_thousand_requests_leave_nothing_behind(start):
    """At most 1 MiB, and a pooled connection a client, more than after the first two thousand."""
    gateway = start(configurations.SINGLE)

    def settled():
        processes.wait_until(lambda: gateway.own("/internal/status").json["in_flight"] == 1)
        processes.wait_until(lambda: gateway.own("/internal/status").json["connections"] == 1)
        return gateway.resident_bytes(), gateway.descriptor_count()

    run_mixes(gateway, 2000)
    bytes_before, descriptors_before = settled()
    run_mixes(gateway, 20_000)
    bytes_after, descriptors_after = settled()
    assert bytes_after - bytes_before < 1 << 20
    assert descriptors_after <= descriptors_before + 4
