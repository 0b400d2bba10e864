"""The access log: one line of JSON an exchange, and never a secret or content."""

import pytest

import bodies
import processes
import wire


def line_of(gateway, identifier):
    """The one line of an exchange."""
    lines = processes.wait_until(lambda: gateway.access_lines(identifier))
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (bodies.chat("gpt-4o"), 200),
        (bodies.chat("sim-pace-2", stream=True), 200),
        (bodies.chat("gpt-nothing"), 404),
        (bodies.chat("sim-status-429"), 429),
        (bodies.chat("sim-garbage"), 502),
        (bodies.chat("absent-only"), 502),
    ],
    ids=["plain", "stream", "unknown", "status", "garbage", "down"],
)
def test_exchange_is_one_line(gateway, marker, body, status):
    response = gateway.call("POST", bodies.CHAT, body, [("X-Request-ID", marker)])
    assert response.status == status
    line = line_of(gateway, marker)
    assert status in line.values()
    assert marker in line.values()
    if response["X-Olla-Endpoint"]:
        assert response["X-Olla-Endpoint"] in line.values()


def test_client_that_left_is_one_line(gateway, marker):
    with gateway.connect() as connection:
        body = bodies.chat_bytes("sim-pace-200", stream=True)
        connection.send(bodies.request(bodies.CHAT, body, [("X-Request-ID", marker)]))
        connection.head()
    assert line_of(gateway, marker)


def test_pipelined_exchanges_are_a_line_each(gateway, marker):
    with gateway.connect() as connection:
        for number in range(3):
            fields = [("X-Request-ID", f"{marker}-{number}")]
            connection.send(wire.build("GET", "/olla/openai/v1/models", fields))
        for _ in range(3):
            connection.response("GET")
    processes.wait_until(lambda: len(gateway.access_lines(marker)) == 3)


def test_no_secret_and_no_content_is_written_anywhere(gateway, marker):
    secret = f"canary-{marker}"
    fields = [
        *(("Authorization", f"Bearer sk-{secret}"), ("X-Api-Key", secret), ("Cookie", secret)),
        ("X-Custom", secret),
    ]
    models = [
        *("gpt-4o", "keyed-chat", "sim-status-401", "sim-garbage", "absent-only"),
        *("sim-break-2", "gpt-nothing", "failover"),
    ]
    for model in models:
        for stream in (False, True):
            body = bodies.chat(model, secret, stream=stream)
            gateway.call("POST", f"{bodies.CHAT}?key={secret}", body, fields)
    gateway.call("POST", bodies.CHAT, fields=fields, body=f'{{"broken {secret}'.encode())
    gateway.call("GET", f"/v1/{secret}?{secret}", fields=fields)
    last = f"last-{marker[:12]}"
    gateway.call("GET", "/v1/models", fields=[("X-Request-ID", last)])
    line_of(gateway, last)
    written = gateway.text(gateway.output) + gateway.text(gateway.errors)
    assert f"sk-{secret}" not in written
    assert "sk-canary-endpoint-key" not in written
    assert "canary-organisation" not in written
    assert "You said" not in written
    for line in written.splitlines():
        assert secret not in line or f"/v1/{secret}" in line


def test_every_line_is_json(gateway):
    gateway.own("/healthz")
    assert all(isinstance(line, dict) for line in gateway.access_lines())
    assert all(isinstance(line, dict) for line in gateway.event_lines())
