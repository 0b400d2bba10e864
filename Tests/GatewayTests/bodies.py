"""Requests that many tests send."""

import json

import wire


def chat(model, content="Hello", **more):
    """A chat completion request as a value."""
    return {"model": model, "messages": [{"role": "user", "content": content}], **more}


def chat_bytes(model, content="Hello", **more):
    return json.dumps(chat(model, content, **more)).encode()


WEATHER = {
    "name": "get_weather",
    "description": "Get the current weather",
    "parameters": {
        "type": "object",
        "properties": {"location": {"type": "string"}, "days": {"type": "integer"}},
        "required": ["location"],
    },
}


def form(parts, boundary="an-odd--boundary"):
    """A multipart body and its content type; parts are (name, file name or None, bytes)."""
    body = b""
    for name, file_name, data in parts:
        disposition = f'form-data; name="{name}"'
        if file_name:
            disposition += f'; filename="{file_name}"'
        body += f"--{boundary}\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + data
        body += b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return body, ("Content-Type", f"multipart/form-data; boundary={boundary}")


CHAT = "/v1/chat/completions"
JSON_TYPE = ("Content-Type", "application/json")


def request(path, body, fields=()):
    """The bytes of a POST below the first prefix."""
    return wire.build("POST", f"/olla/openai{path}", [JSON_TYPE, *fields], body)
