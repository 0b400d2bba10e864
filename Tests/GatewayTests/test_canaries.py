"""No byte of a secret leaves a gateway but towards its endpoint."""

import base64
import json
import os
import pathlib
import signal
import subprocess

import pytest

import bodies
import configurations
import processes
import wire

FILES = {
    configurations.CANARY_FILE: "canary-of-the-file",
    configurations.CANARY_TOKEN_FILE: "canary-of-the-token-file",
    configurations.CANARY_KEY_FILE: "canary-of-the-key-file",
}
NEXT = "canary-of-the-next-file"
SPOILT = "canary-of-a-spoilt-file"
CLIENT = {
    "Authorization": "Bearer canary-of-the-client",
    "X-Api-Key": "canary-of-the-client-key",
    "api-key": "canary-of-another-client-key",
}
USER, PASSWORD = "canary-of-the-user", "canary-of-the-password"
# A default is no secret: it stands in the YAML, so it is in the binary; but nothing shows it.
DEFAULT = "canary-of-the-default"


def forms():
    """Every canary as it may stand somewhere, plain and as Basic has it."""
    plain = [*configurations.CANARY_ENVIRONMENT.values(), *FILES.values(), *CLIENT.values()]
    plain = [text.removeprefix("Bearer ") for text in plain] + [NEXT, SPOILT]
    pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    found = [*plain, pair, pair[:24], *(encoded(text) for text in plain)]
    return [text.encode() for text in found]


def encoded(text):
    return base64.b64encode(text.encode()).decode().rstrip("=")


def check(sink, data, default=True):
    """Fails where `data`, which went to `sink`, has a byte of a canary that matters."""
    if isinstance(data, str):
        data = data.encode()
    for form in [*forms(), *([DEFAULT.encode()] if default else [])]:
        assert form not in data, f"{form} is in {sink}"


def write_files():
    for path, text in FILES.items():
        pathlib.Path(path).write_text(text + "\n")


@pytest.fixture(scope="session")
def built():
    """Outside the time of any test."""
    return processes.build(configurations.CANARIES)


@pytest.fixture
def gateway(built, folder, simulator):
    write_files()
    running = processes.Gateway(configurations.CANARIES, configurations.CANARY_ENVIRONMENT)
    yield running
    running.stop()


def seen(response):
    """All that a client got."""
    return repr((response.fields, response.trailers, response.body)).encode() + response.body


def ask(gateway, model, stream):
    fields = list(CLIENT.items())
    path = f"{bodies.CHAT}?key={CLIENT['X-Api-Key']}"
    return gateway.call("POST", path, bodies.chat(model, stream=stream), fields)


def drive(gateway):
    """Every endpoint, and everything that can become of a request."""
    statuses = {}
    for place in configurations.CANARY_PLACES:
        for fate in [*configurations.CANARY_FATES, "refused", "unknown"]:
            if fate == "paces":
                continue
            for stream in (False, True):
                response = ask(gateway, f"{place}-{fate}", stream)
                check(f"the answer of {place}-{fate}", seen(response))
                statuses.setdefault(fate, set()).add(response.status)
    assert statuses["good"] == {200} and statuses["fails"] == {500}
    assert statuses["refused"] == {502} and statuses["unknown"] == {404}


MALFORMED = [
    b"POST /olla/openai/v1/chat/completions HTTP/1.1\r\nAuthorization %b\r\n\r\n",
    b"POST /olla/openai/v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: %b\x01\r\n\r\n",
    b"POST /olla/openai/v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: %b\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /olla/openai/v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: %b\r\n"
    b'Content-Length: 9\r\n\r\n{"model":',
    b"GET /olla/openai/v1/%b/../x HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /olla/openai/v1/models?%b HTTP/1.1\r\nHost: a\r\nX-Pad: " + b"a" * 70_000 + b"\r\n\r\n",
    b"%b\r\n\r\n",
]


def drive_malformed(gateway):
    for pattern in MALFORMED:
        with gateway.connect() as connection:
            connection.send(pattern % CLIENT["Authorization"].encode())
            response = connection.response()
        assert response.status >= 400
        check("a refusal", seen(response))


def drive_own(gateway):
    pages = ("status", "metrics", "manifest", "health")
    for page in ["/version", "/readyz", *(f"/internal/{page}" for page in pages)]:
        response = wire.call(gateway.address, "GET", page, fields=list(CLIENT.items()))
        assert response.status == 200
        check(page, seen(response))


def reload(gateway, event):
    before = sum(line["event"] == event for line in gateway.event_lines())
    gateway.signal(signal.SIGHUP)
    processes.wait_until(
        lambda: sum(line["event"] == event for line in gateway.event_lines()) > before
    )


@pytest.mark.limit(90)
def test_running_gateway_shows_no_secret(gateway, simulator):
    """Good and failing requests, malformed ones, reloads good and bad, and a drain that cuts."""
    drive(gateway)
    drive_malformed(gateway)
    pathlib.Path(configurations.CANARY_FILE).write_text(NEXT)
    reload(gateway, "secrets_reloaded")
    assert ask(gateway, "file-good", False).status == 200
    assert simulator.requests(NEXT), "the endpoint did not get the secret"
    pathlib.Path(configurations.CANARY_FILE).write_text(SPOILT + "\r\n" + SPOILT)
    reload(gateway, "secrets_kept")
    drive_own(gateway)
    with gateway.connect() as connection:
        body = bodies.chat_bytes("basic-paces", stream=True)
        connection.send(bodies.request(bodies.CHAT, body, list(CLIENT.items())))
        response = connection.head()
        connection.read_chunk(response)
        gateway.signal()
        connection.read_body(response)
    check("a stream that the drain cut", seen(response))
    assert gateway.process.wait(10) == 0
    assert len(gateway.access_lines()) > 100
    check("standard output", gateway.text(gateway.output))
    check("standard error", gateway.text(gateway.errors))


def test_endpoints_got_every_secret(gateway, simulator):
    """Otherwise the others would prove nothing."""
    for place in configurations.CANARY_PLACES:
        assert ask(gateway, f"{place}-good", False).status == 200
    for text in [*configurations.CANARY_ENVIRONMENT.values(), *FILES.values(), DEFAULT]:
        if text not in (USER, PASSWORD):
            assert simulator.requests(text), text
    assert simulator.requests(base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    assert simulator.requests(CLIENT["Authorization"])


def run(*arguments, environment=configurations.CANARY_ENVIRONMENT):
    result = subprocess.run(
        arguments,
        env={**os.environ, **environment, "INGOT_PORT": str(processes.free_port())},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize("option", ["--manifest", "--version", "--help", "--check", "--wrong"])
def test_binary_says_nothing(gateway, option):
    check(option, run(gateway.binary, option)[1])


def test_start_that_fails_says_nothing(gateway):
    environment = {**configurations.CANARY_ENVIRONMENT, "CANARY_TOKEN": "canary-of-the-token\n"}
    status, text = run(gateway.binary, environment=environment)
    assert status == 1
    check("a start that failed", text)


def test_binary_has_no_secret(gateway):
    data = gateway.binary.read_bytes()
    assert b"CANARY_VARIABLE" in data
    check("the binary", data, default=False)


def test_tool_has_no_secret(gateway, folder, tmp_path):
    """With everything in the environment and in the files that a build could have read."""
    ingot = processes.tool("INGOT", "ingot")
    yaml = tmp_path / "gateway.yaml"
    yaml.write_text(configurations.CANARIES)
    for command in (["check"], ["check", "--format", "json"], ["routes"], ["routes", "--format", "json"]):
        status, text = run(ingot, *command, yaml)
        assert status == 0
        check(" ".join(command), text)
    package = tmp_path / "package"
    status, text = run(ingot, "generate", yaml, "--output", package)
    assert status == 0
    check("generate", text)
    emitted = [path for path in package.rglob("*") if path.is_file()]
    assert len(emitted) > 10
    for path in emitted:
        check(path, path.read_bytes(), default=False)
    json.loads(run(gateway.binary, "--manifest")[1])
