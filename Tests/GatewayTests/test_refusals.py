"""What the gateway refuses by itself: the status, the shape, and that nothing gets through."""

import json
import time

import pytest

import bodies
import processes
import wire

PATH = f"/olla/openai{bodies.CHAT}"
GOOD = bodies.chat_bytes("gpt-4o")


def check_error(response, status, code=None):
    """A refusal of the gateway has OpenAI's shape, and names no endpoint."""
    assert response.status == status, response.body
    assert response["Content-Type"].startswith("application/json")
    assert list(response.json) == ["error", "olla_context"]
    error = response.json["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"]
    if status == 400:
        assert error["type"] == "invalid_request_error"
    if code:
        assert error["code"] == code
    context = response.json["olla_context"]
    assert set(context) == {"endpoint", "request_id", "timestamp"}
    assert context["endpoint"] is None
    assert context["request_id"] == response["X-Olla-Request-ID"]
    assert response["X-Olla-Response-Time"]
    assert response["X-Olla-Endpoint"] is None


def post(gateway, body, path=bodies.CHAT):
    return gateway.call("POST", path, fields=[bodies.JSON_TYPE], body=body)


def test_unknown_model(gateway):
    response = post(gateway, bodies.chat_bytes("gpt-nothing"))
    check_error(response, 404, code="model_not_found")
    assert "gpt-nothing" in response.json["error"]["message"]


def test_unknown_model_that_is_no_text_does_not_spoil_answer_and_log(gateway, marker):
    name = marker.encode() + b"\xff\xc3"
    form, kind = bodies.form([("model", None, name), ("file", "a.wav", b"a")])
    answers = [
        post(gateway, b'{"model":"' + name + b'"}'),
        gateway.call("POST", "/v1/audio/translations", fields=[kind], body=form),
        gateway.call("GET", f"/v1/models/{marker}%ff%c3"),
    ]
    for answer in answers:
        check_error(answer, 404, code="model_not_found")
        assert f"{marker}\ufffd\ufffd" in answer.json["error"]["message"]
    processes.wait_until(lambda: len(gateway.access_lines(marker)) == 3)


def test_model_names_are_case_sensitive(gateway):
    check_error(post(gateway, bodies.chat_bytes("GPT-4o")), 404, code="model_not_found")


@pytest.mark.parametrize("body", [b'{"messages":[]}', b"{}", b'{"model":7}', b'{"model":null}'])
def test_missing_model(gateway, body):
    check_error(post(gateway, body), 400)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b'{"messages":[}',
        b'["model","gpt-4o"]',
        b'{"messages":[{"role":"user"}]',
        b'{"model" "gpt-4o"}',
    ],
    ids=["empty", "text", "broken", "array", "cut", "colon"],
)
def test_body_that_is_not_json(gateway, body):
    fields = [bodies.JSON_TYPE, ("Content-Length", str(len(body)))]
    check_error(gateway.call("POST", bodies.CHAT, fields=fields, body=body), 400)


def test_two_models(gateway):
    check_error(post(gateway, b'{"model":"gpt-4o","messages":[],"model":"gpt-4o"}'), 400)
    check_error(post(gateway, b'{"model":"gpt-4o","mod\\u0065l":"sim-204"}'), 400)


def test_second_model_that_comes_late(gateway):
    filler = json.dumps("metal " * 350_000).encode()
    body = b'{"model":"gpt-4o","messages":[' + filler + b'],"model":"gpt-3.5-turbo"}'
    response = post(gateway, body)
    assert response.status == 400
    assert response.json["error"]["type"] == "invalid_request_error"


def test_form_without_a_model(gateway):
    body, kind = bodies.form([("file", "a.wav", b"RIFF")])
    response = gateway.call("POST", "/v1/audio/transcriptions", fields=[kind], body=body)
    check_error(response, 400)


def test_form_with_two_models(gateway):
    body, kind = bodies.form([("model", None, b"whisper-1"), ("model", None, b"sim-204")])
    response = gateway.call("POST", "/v1/audio/transcriptions", fields=[kind], body=body)
    check_error(response, 400)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", bodies.CHAT, {"POST"}),
        ("HEAD", bodies.CHAT, {"POST"}),
        ("DELETE", "/v1/embeddings", {"POST"}),
        ("OPTIONS", bodies.CHAT, {"POST"}),
        ("POST", "/v1/models", {"GET", "HEAD"}),
        ("PUT", "/v1/models/gpt-4o", {"GET", "HEAD"}),
    ],
)
def test_wrong_method(gateway, method, path, allowed):
    response = gateway.call(method, path)
    assert response.status == 405
    assert set(response["Allow"].replace(" ", "").split(",")) == allowed
    if method != "HEAD":
        check_error(response, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/olla/openai/v1/responses",
        "/olla/openai/v1/chat",
        "/olla/openai/v1/chat/completions/",
        "/olla/openai/V1/models",
        "/olla/openai",
        "/olla/openaiv1/models",
        "/v1/models",
        "/",
        "/olla/anthropic/v1/messages",
    ],
)
def test_unknown_path(gateway, path):
    check_error(gateway.own(path), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/./models",
        "/v1/../v1/models",
        "/v1/models/..",
        "/v1/%2e%2e/v1/models",
        "/v1/%2E/models",
        "/v1/models%2fgpt-4o",
        "/v1/models/gpt%2F4o",
        "/v1//models",
        "/v1/models/%00",
        "/v1/models/caf\xe9",
    ],
)
def test_bad_path_is_never_normalised(gateway, path):
    check_error(gateway.call("GET", path), 400)


def test_body_that_is_declared_too_large(small_gateway):
    with small_gateway.connect() as connection:
        connection.send(wire.build("POST", PATH, [("Content-Length", "65537")]))
        check_error(connection.response(), 413)
        assert connection.is_closed()


def test_chunked_body_that_becomes_too_large(small_gateway):
    body = wire.chunked(bodies.chat_bytes("gpt-4o", "x" * 70_000))
    response = small_gateway.call(
        "POST", bodies.CHAT, fields=[("Transfer-Encoding", "chunked")], body=body
    )
    assert response.status == 413


def test_model_that_comes_too_late(small_gateway):
    body = json.dumps({"messages": ["x" * 50_000], "model": "gpt-4o"}).encode()
    response = small_gateway.call("POST", bodies.CHAT, body=body)
    check_error(response, 413)
    assert "model" in response.json["error"]["message"]
    assert "first" in response.json["error"]["message"]
    early = json.dumps({"model": "gpt-4o", "messages": ["x" * 50_000]}).encode()
    assert small_gateway.call("POST", bodies.CHAT, body=early).status == 200


def test_target_that_is_too_long(small_gateway):
    check_error(small_gateway.call("GET", f"/v1/models?{'q' * 1100}"), 414)
    assert small_gateway.call("GET", f"/v1/models?{'q' * 900}").status == 200


def test_head_that_is_too_large(small_gateway):
    check_error(small_gateway.call("GET", "/v1/models", fields=[("X-Long", "y" * 4096)]), 431)


def test_too_many_fields(small_gateway):
    fields = [(f"X-{number}", "1") for number in range(17)]
    check_error(small_gateway.call("GET", "/v1/models", fields=fields), 431)


def test_head_that_never_ends(small_gateway):
    started = time.monotonic()
    with small_gateway.connect() as connection:
        connection.send(b"GET /olla/openai/v1/models HTTP/1.1\r\nHost: a\r\n")
        try:
            assert connection.response("GET").status == 408
        except wire.Closed:
            pass
        assert connection.is_closed()
    assert 0.8 < time.monotonic() - started < 3


def test_body_that_never_ends(small_gateway):
    started = time.monotonic()
    with small_gateway.connect() as connection:
        connection.send(wire.build("POST", PATH, [("Content-Length", "500")]) + b'{"model"')
        try:
            assert connection.response().status == 408
        except wire.Closed:
            pass
        assert connection.is_closed()
    assert 0.8 < time.monotonic() - started < 3


def test_idle_connection_is_closed(small_gateway):
    with small_gateway.connect() as connection:
        connection.send(wire.build("GET", "/olla/openai/v1/models"))
        assert connection.response("GET").status == 200
        started = time.monotonic()
        assert connection.is_closed(3)
        assert time.monotonic() - started > 0.8


def raw(*lines, body=b""):
    """A request from its lines; no line is added, and no end but CR LF."""
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


POST_LINE = f"POST {PATH} HTTP/1.1"
HOST = "Host: gateway.test"
LENGTH = f"Content-Length: {len(GOOD)}"
CHUNKED = "Transfer-Encoding: chunked"
FRAMED = wire.chunked(GOOD)
HIDDEN = b"POST /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

AMBIGUOUS = {
    "both lengths": raw(POST_LINE, HOST, LENGTH, CHUNKED, body=FRAMED),
    "both lengths, the other order": raw(POST_LINE, HOST, CHUNKED, LENGTH, body=FRAMED),
    "two lengths": raw(POST_LINE, HOST, LENGTH, "Content-Length: 3", body=GOOD),
    "a list of lengths": raw(POST_LINE, HOST, f"{LENGTH}, 3", body=GOOD),
    "a length with a sign": raw(POST_LINE, HOST, f"Content-Length: +{len(GOOD)}", body=GOOD),
    "a negative length": raw(POST_LINE, HOST, "Content-Length: -1", body=GOOD),
    "a hexadecimal length": raw(POST_LINE, HOST, "Content-Length: 0x10", body=GOOD),
    "a length without a number": raw(POST_LINE, HOST, "Content-Length: ", body=GOOD),
    "a length past 64 bits": raw(POST_LINE, HOST, "Content-Length: 18446744073709551617"),
    "chunked twice": raw(POST_LINE, HOST, CHUNKED, CHUNKED, body=FRAMED),
    "chunked not last": raw(POST_LINE, HOST, f"{CHUNKED}, gzip", body=FRAMED),
    "chunked before HTTP/1.1": raw(f"POST {PATH} HTTP/1.0", HOST, CHUNKED, body=FRAMED),
    "a folded field": raw(POST_LINE, HOST, "X-A: 1", " 2", LENGTH, body=GOOD),
    "a space before the colon": raw(POST_LINE, HOST, f"Content-Length : {len(GOOD)}", body=GOOD),
    "a space before the name": raw(POST_LINE, f" {HOST}", LENGTH, body=GOOD),
    "an empty name": raw(POST_LINE, HOST, ": value", LENGTH, body=GOOD),
    "a name with a bracket": raw(POST_LINE, HOST, "X(A): 1", LENGTH, body=GOOD),
    "a field without a colon": raw(POST_LINE, HOST, "nonsense", LENGTH, body=GOOD),
    "a NUL in a value": raw(POST_LINE, HOST, "X-A: 1\x002", LENGTH, body=GOOD),
    "a bare CR in a value": raw(POST_LINE, HOST, "X-A: 1\r2", LENGTH, body=GOOD),
    "bare LF as line ends": raw(POST_LINE, HOST, LENGTH, body=GOOD).replace(b"\r\n", b"\n"),
    "one bare LF": raw(POST_LINE, f"{HOST}\nX-A: 1", LENGTH, body=GOOD),
    "no Host": raw(POST_LINE, LENGTH, body=GOOD),
    "two Hosts": raw(POST_LINE, HOST, HOST, LENGTH, body=GOOD),
    "two spaces in the request line": raw(f"POST  {PATH} HTTP/1.1", HOST, LENGTH, body=GOOD),
    "a tab in the request line": raw(f"POST\t{PATH} HTTP/1.1", HOST, LENGTH, body=GOOD),
    "no version": raw(f"POST {PATH}", HOST, LENGTH, body=GOOD),
    "a chunk size with a prefix": raw(POST_LINE, HOST, CHUNKED, body=b"0x" + FRAMED),
    "a chunk size with a sign": raw(POST_LINE, HOST, CHUNKED, body=b"+" + FRAMED),
    "a chunk size after a space": raw(POST_LINE, HOST, CHUNKED, body=b" " + FRAMED),
    "no chunk size": raw(POST_LINE, HOST, CHUNKED, body=b"\r\n" + FRAMED),
    "a chunk size past 64 bits": raw(POST_LINE, HOST, CHUNKED, body=b"10000000000000000\r\n{"),
    "a chunk that is too long": raw(POST_LINE, HOST, CHUNKED, body=b"2\r\n{}}\r\n0\r\n\r\n"),
    "a chunk that ends with LF": raw(POST_LINE, HOST, CHUNKED, body=b"2\r\n{}\n0\r\n\r\n"),
}


@pytest.mark.parametrize("request_bytes", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_ambiguous_request_is_refused_and_the_connection_closed(gateway, simulator, request_bytes):
    with gateway.connect() as connection:
        connection.send(request_bytes + HIDDEN)
        response = connection.response()
        check_error(response, 400)
        assert response["Connection"] == "close"
        assert connection.is_closed()
    assert simulator.requests("/smuggled") == []


def test_transfer_coding_that_is_not_known(gateway):
    request = raw(POST_LINE, HOST, "Transfer-Encoding: gzip, chunked", body=FRAMED)
    with gateway.connect() as connection:
        connection.send(request + HIDDEN)
        assert connection.response().status in (400, 501)
        assert connection.is_closed()


def test_other_versions_of_http(gateway):
    with gateway.connect() as connection:
        connection.send(raw("GET /olla/openai/v1/models HTTP/2.0", HOST))
        assert connection.response("GET").status in (400, 505)
        assert connection.is_closed()


def test_refusal_leaves_the_connection_usable(gateway):
    with gateway.connect() as connection:
        connection.send(wire.build("POST", PATH, body=bodies.chat_bytes("gpt-nothing")))
        check_error(connection.response(), 404)
        connection.send(wire.build("POST", PATH, body=GOOD))
        assert connection.response().status == 200
