"""Bodies of every size and framing, with the model wherever it stands."""

import json

import pytest

import bodies
import wire

LONG = "metal " * 350_000


def placed(model_at):
    """A body of 2 MB with its model at that end."""
    messages = [{"role": "user", "content": LONG}]
    if model_at == "start":
        return json.dumps({"model": "gpt-4o", "messages": messages}).encode()
    return json.dumps({"messages": messages, "model": "gpt-4o"}).encode()


@pytest.mark.parametrize("model_at", ["start", "end"])
@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_json_of_2_megabytes(gateway, simulator, model_at, framing):
    body = placed(model_at)
    assert len(body) > 2 << 20
    fields = [bodies.JSON_TYPE]
    sent = body
    if framing == "chunked":
        fields.append(("Transfer-Encoding", "chunked"))
        sent = wire.chunked(body, 30_000)
    through = gateway.call("POST", bodies.CHAT, fields=fields, body=sent)
    plain = simulator.call("POST", bodies.CHAT, fields=[bodies.JSON_TYPE], body=body)
    assert through.status == 200
    assert through.body == plain.body


@pytest.mark.limit(40)
@pytest.mark.parametrize("model_at", ["start", "end"])
def test_form_of_20_megabytes(gateway, simulator, model_at):
    parts = [("model", None, b"whisper-1"), ("file", "a.wav", bytes(range(256)) * 81920)]
    body, kind = bodies.form(parts if model_at == "start" else parts[::-1])
    path = "/v1/audio/transcriptions"
    through = gateway.call("POST", path, fields=[kind], body=body)
    assert through.status == 200
    assert through.body == simulator.call("POST", path, fields=[kind], body=body).body


@pytest.mark.parametrize(
    "text",
    [
        '{"mod\\u0065l":"gpt\\u002d4o","messages":[{"role":"user","content":"a"}]}',
        '{"messages":[{"role":"user","content":"\\"model\\":\\"x\\""}],"model":"gpt-4o"}',
        '{"metadata":{"model":"x"},"messages":[{"role":"user","model":"y"}],"model":"gpt-4o"}',
        '\n\t {\r\n "model" \t:\n "gpt-4o" , "messages" : [ { "role" : "user" } ] }\n ',
        '{"messages":[{"role":"user","content":"\\ud83d\\ude00é\\\\"}],"model":"gpt-4o"}',
    ],
    ids=["escaped", "quoted", "nested", "spaced", "unicode"],
)
def test_model_is_found_however_it_is_written(gateway, simulator, text):
    body = text.encode()
    through = gateway.call("POST", bodies.CHAT, fields=[bodies.JSON_TYPE], body=body)
    assert through.status == 200
    assert through["X-Olla-Model"] == "gpt-4o"
    plain = simulator.call("POST", bodies.CHAT, fields=[bodies.JSON_TYPE], body=body)
    assert through.body == plain.body


def test_body_in_single_bytes(gateway, simulator):
    body = bodies.chat_bytes("gpt-4o", "byte by byte")
    with gateway.connect() as connection:
        for byte in wire.build("POST", f"/olla/openai{bodies.CHAT}", body=body):
            connection.send(bytes([byte]))
        response = connection.response()
    assert response.body == simulator.call("POST", bodies.CHAT, body=body).body


def test_length_is_kept_and_chunks_stay_chunks(gateway, simulator, marker):
    body = bodies.chat_bytes("gpt-4o", marker)
    gateway.call("POST", f"{bodies.CHAT}?{marker}", body=body)
    request = simulator.request(marker)
    assert request["Content-Length"] == str(len(body))
    assert request["Transfer-Encoding"] is None


def test_large_chunked_body_has_no_length_at_the_endpoint(gateway, simulator, marker):
    fields = [("Transfer-Encoding", "chunked")]
    body = wire.chunked(placed("start"), 50_000)
    gateway.call("POST", f"{bodies.CHAT}?{marker}", fields=fields, body=body)
    request = simulator.request(marker)
    assert request["Transfer-Encoding"] == "chunked"
    assert request["Content-Length"] is None
    assert request.entry["body_bytes"] == len(placed("start"))
