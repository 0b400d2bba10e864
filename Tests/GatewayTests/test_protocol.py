"""HTTP/1.1 towards clients, by bare sockets."""

import json
import re
import socket

import pytest

import bodies
import wire

PATH = f"/olla/openai{bodies.CHAT}"
TIME = re.compile(r"\d+\.\d{3}ms")


def test_pipelined_requests_are_answered_in_order(gateway, simulator):
    wanted = [bodies.chat_bytes("gpt-4o", f"number {number}") for number in range(3)]
    expected = [simulator.call("POST", bodies.CHAT, body=body).body for body in wanted]
    with gateway.connect() as connection:
        connection.send(b"".join(wire.build("POST", PATH, body=body) for body in wanted))
        assert [connection.response().body for _ in wanted] == expected


def test_pipelined_streams_are_answered_in_order(gateway):
    body = bodies.chat_bytes("sim-pace-2", stream=True)
    models = wire.build("GET", "/olla/openai/v1/models")
    with gateway.connect() as connection:
        connection.send(wire.build("POST", PATH, body=body) + models)
        assert connection.response().events[-1] == "[DONE]"
        assert connection.response().json["object"] == "list"


def test_connection_is_used_again(gateway, simulator, marker):
    with gateway.connect() as connection:
        for number in range(20):
            body = bodies.chat_bytes("gpt-4o", f"{marker} {number}")
            connection.send(wire.build("POST", PATH, body=body))
            response = connection.response()
            assert response.status == 200 and response["Connection"] != "close"
    connections = {entry["connection"] for entry in simulator.requests(marker)}
    assert len(connections) < 4


def test_close_is_honoured(gateway):
    with gateway.connect() as connection:
        fields = [("Connection", "close")]
        connection.send(wire.build("POST", PATH, fields, bodies.chat_bytes("gpt-4o")))
        response = connection.response()
        assert response["Connection"] == "close"
        assert connection.is_closed()


def test_http_1_0_client_gets_no_chunks(gateway, simulator):
    body = bodies.chat_bytes("sim-pace-2", stream=True)
    with gateway.connect() as connection:
        connection.send(wire.build("POST", PATH, body=body, version="1.0"))
        response = connection.response()
        assert connection.is_closed()
    assert response["Transfer-Encoding"] is None
    assert response["Content-Length"] is None
    assert response.body == simulator.call("POST", bodies.CHAT, body=body).body


def test_http_1_0_client_is_told_whether_the_connection_is_kept(gateway):
    fields = [("Connection", "keep-alive")]
    request = wire.build("POST", PATH, fields, bodies.chat_bytes("gpt-4o"), version="1.0")
    with gateway.connect() as connection:
        connection.send(request)
        response = connection.response()
        assert response.status == 200
        if (response["Connection"] or "").lower() == "keep-alive":
            connection.send(request)
            assert connection.response().body == response.body
        else:
            assert connection.is_closed()


def test_chunked_request_with_extensions_and_trailers(gateway, simulator):
    body = bodies.chat_bytes("gpt-4o")
    framed = b"%x;name=value\r\n%s\r\n0\r\nX-Trailer: 1\r\n\r\n" % (len(body), body)
    with gateway.connect() as connection:
        head = wire.build("POST", PATH, [("Transfer-Encoding", "chunked")])
        for _ in range(2):
            connection.send(head + framed)
            response = connection.response()
            assert response.body == simulator.call("POST", bodies.CHAT, body=body).body


def test_expect_100_continue(gateway):
    body = bodies.chat_bytes("gpt-4o")
    fields = [("Expect", "100-continue"), ("Content-Length", str(len(body)))]
    with gateway.connect() as connection:
        connection.send(wire.build("POST", PATH, fields))
        assert connection.line() == "HTTP/1.1 100 Continue"
        assert connection.line() == ""
        connection.send(body)
        assert connection.response().status == 200


def test_head_has_the_length_and_no_body(gateway):
    with gateway.connect() as connection:
        connection.send(wire.build("HEAD", "/olla/openai/v1/models"))
        head = connection.response("HEAD")
        connection.send(wire.build("GET", "/olla/openai/v1/models"))
        assert head.status == 200
        assert head["Content-Length"] == str(len(connection.response().body))


@pytest.mark.parametrize("model", ["sim-trailers", "sim-pace-2"])
def test_chunked_answer_has_the_total_time_as_trailer(gateway, model):
    response = gateway.call("POST", bodies.CHAT, bodies.chat(model, stream=True))
    assert response.complete
    assert TIME.fullmatch(response["X-Olla-Response-Time"])
    total = response.trailer("X-Olla-Response-Time")
    assert TIME.fullmatch(total)
    assert float(total[:-2]) >= float(response["X-Olla-Response-Time"][:-2])


def test_total_time_covers_the_stream(gateway):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("sim-pace-20", stream=True))
    spread = (response.arrivals[-1] - response.arrivals[0]) * 1000
    assert float(response.trailer("X-Olla-Response-Time")[:-2]) >= spread * 0.9


def test_endpoints_that_close_after_each_answer_cause_no_error(gateway):
    for streams in (True, False):
        body = bodies.chat_bytes("sim-close-after", stream=streams)
        with gateway.connect() as connection:
            for _ in range(25):
                connection.send(wire.build("POST", PATH, body=body))
                assert connection.response().status == 200


@pytest.mark.parametrize(
    "model", ["sim-100", "sim-until-close", "sim-drip-1", "sim-trailers", "sim-olla-headers"]
)
def test_answers_of_every_framing_are_the_same(gateway, simulator, model):
    body = bodies.chat_bytes(model)
    with gateway.connect() as connection:
        for _ in range(2):
            connection.send(wire.build("POST", PATH, body=body))
            response = connection.response()
            assert response.status == 200 and response.complete
    assert response.body == simulator.call("POST", bodies.CHAT, body=body).body


def test_answer_without_a_body(gateway):
    with gateway.connect() as connection:
        for _ in range(2):
            connection.send(wire.build("POST", PATH, body=bodies.chat_bytes("sim-204")))
            response = connection.response()
            assert response.status == 204
            assert response["Content-Length"] is None
            assert response["Transfer-Encoding"] is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/healthz", None),
        ("/readyz", None),
        ("/internal/health", None),
        ("/version", "application/json"),
        ("/internal/status", "application/json"),
        ("/internal/manifest", "application/json"),
        ("/internal/metrics", "text/plain"),
    ],
)
def test_own_route(gateway, path, kind):
    response = gateway.own(path)
    assert response.status == 200
    assert response["X-Olla-Endpoint"] is None
    assert TIME.fullmatch(response["X-Olla-Response-Time"])
    if kind:
        assert response["Content-Type"].startswith(kind)
    if kind == "application/json":
        assert isinstance(json.loads(response.body), dict)
    assert gateway.own(path, "POST").status == 405


def outer_address():
    """An address of this machine that is not loopback, or None; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found = probe.getsockname()[0]
    return None if found.startswith("127.") else found


@pytest.mark.skipif(outer_address() is None, reason="this machine has no address but loopback")
def test_own_routes_answer_this_machine_only(small_gateway):
    def ask(path):
        return wire.call((outer_address(), small_gateway.port), "GET", path).status

    assert ask("/healthz") == ask("/readyz") == ask("/internal/health") == 200
    for path in ("/internal/status", "/internal/manifest", "/internal/metrics", "/version"):
        assert ask(path) == 404
        assert small_gateway.own(path).status == 200
    assert ask("/olla/openai/v1/models") == 200
