"""Start, what the binary says of itself, and the ways to end."""

import json
import os
import shutil
import signal
import subprocess
import time

import pytest

import bodies
import configurations
import processes
import wire


def run(binary, *options, environment=None, seconds=10):
    return subprocess.run(
        [binary, *options],
        env={"INGOT_PORT": str(processes.free_port()), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def test_first_line_says_where_it_listens(gateway):
    line = gateway.event_lines()[0]
    assert line["event"] == "listening"
    assert str(gateway.port) in json.dumps(line)


@pytest.mark.parametrize("options", [[], ["--check"]], ids=["start", "check"])
def test_missing_secrets_stop_the_start_and_are_all_named(binary, options):
    result = run(binary, *options)
    assert result.returncode == 1
    assert "GATEWAY_TESTS_KEY" in result.stderr
    assert "GATEWAY_TESTS_PROJECT" in result.stderr
    assert "GATEWAY_TESTS_TEAM" not in result.stderr


def test_missing_secret_file_is_named_with_the_others(binary, folder):
    secret = folder / "organisation"
    secret.rename(folder / "hidden")
    try:
        result = run(binary, environment={"GATEWAY_TESTS_KEY": "sk-canary-endpoint-key"})
    finally:
        (folder / "hidden").rename(secret)
    assert result.returncode == 1
    assert str(secret) in result.stderr
    assert "GATEWAY_TESTS_PROJECT" in result.stderr
    assert "canary" not in result.stderr


def test_secret_with_a_line_break_is_refused(binary):
    environment = {**configurations.ENVIRONMENT, "GATEWAY_TESTS_KEY": "canary\r\nX-Evil: 1"}
    result = run(binary, environment=environment)
    assert result.returncode == 1
    assert "GATEWAY_TESTS_KEY" in result.stderr
    assert "canary" not in result.stderr


def test_check_ends_well_where_everything_is_there(binary):
    assert run(binary, "--check", environment=configurations.ENVIRONMENT).returncode == 0


def test_manifest_names_secrets_and_has_no_values(binary, gateway):
    result = run(binary, "--manifest", environment=configurations.ENVIRONMENT)
    assert result.returncode == 0
    manifest = json.loads(result.stdout)
    assert "GATEWAY_TESTS_KEY" in result.stdout
    assert "canary" not in result.stdout
    for name in ("primary", "secondary", "keyed", "absent", "hurried", "gpt-4o"):
        assert f'"{name}"' in result.stdout
    assert gateway.own("/internal/manifest").json == manifest


def test_manifest_needs_no_secret(binary):
    assert run(binary, "--manifest").returncode == 0


def test_unknown_option_is_refused(binary):
    assert run(binary, "--nonsense", environment=configurations.ENVIRONMENT).returncode != 0


def stream(connection, model, content="Hello"):
    """Begins a stream and returns its response after the first chunk."""
    connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes(model, content, stream=True)))
    response = connection.head()
    connection.read_chunk(response)
    return response


def check_last_line(gateway):
    """The last thing said is one line of JSON with counts."""
    line = gateway.event_lines()[-1]
    counts = [value for value in line.values() if type(value) is int]
    assert "event" in line and counts


def test_drain_lets_streams_end_and_takes_nobody_in(start):
    gateway = start(configurations.SINGLE)
    with gateway.connect() as connection:
        response = stream(connection, "sim-pace-100")
        gateway.signal()
        processes.wait_until(lambda: gateway.own("/readyz").status == 503, 1.5)
        assert gateway.own("/healthz").status == 200
        answer = gateway.call("POST", bodies.CHAT, bodies.chat("gpt-4o"))
        assert answer.status == 200 and answer["Connection"] == "close"
        processes.wait_until(lambda: is_refused(gateway), 3.0)
        connection.read_body(response)
        assert connection.is_closed(10)
    assert response.complete
    assert response.events[-1] == "[DONE]"
    assert gateway.process.wait(10) == 0
    check_last_line(gateway)


def is_refused(gateway):
    try:
        gateway.connect().close()
    except ConnectionRefusedError:
        return True
    return False


def test_drain_that_takes_too_long_ends_streams_with_an_error_event(start):
    gateway = start(configurations.MAIN)
    with gateway.connect() as connection:
        response = stream(connection, "sim-pace-400")
        started = time.monotonic()
        gateway.signal()
        connection.read_body(response)
    assert 0.8 < time.monotonic() - started < 3
    assert not response.complete
    assert set(json.loads(response.events[-1])) == {"error", "olla_context"}
    assert gateway.process.wait(2) == 0
    check_last_line(gateway)


def test_drain_of_an_idle_gateway_is_quick(start):
    gateway = start(configurations.MAIN)
    with gateway.connect() as connection:
        connection.send(wire.build("GET", "/olla/openai/v1/models"))
        assert connection.response("GET").status == 200
        gateway.signal()
        assert connection.is_closed(10)
    assert gateway.process.wait(10) == 0
    check_last_line(gateway)


def test_request_on_an_idle_connection_as_the_drain_begins_is_answered(start):
    """The client could not know, so it is told with an answer: the worker's first after the signal
    has reached it.
    """
    gateway = start(configurations.MAIN)
    with gateway.connect() as connection:
        request = wire.build("GET", "/olla/openai/v1/models")
        connection.send(request)
        assert connection.response("GET")["Connection"] is None
        gateway.signal()
        processes.wait_until(
            lambda: any(line["event"] == "draining" for line in gateway.event_lines()), 5, 0
        )
        told = None
        while told is None:
            connection.send(request)
            answer = connection.response("GET")
            assert answer.status == 200
            told = answer["Connection"]
        assert told == "close"
    assert gateway.process.wait(10) == 0


def test_second_signal_ends_at_once(start):
    gateway = start(configurations.SINGLE)
    with gateway.connect() as connection:
        stream(connection, "sim-pace-400")
        gateway.signal()
        time.sleep(0.2)
        assert gateway.process.poll() is None
        gateway.signal()
        gateway.process.wait(0.5)


def test_interrupt_drains_as_well(start):
    gateway = start(configurations.MAIN)
    gateway.signal(signal.SIGINT)
    assert gateway.process.wait(10) == 0


def test_port_can_be_shared_with_a_successor(start):
    first = start(configurations.SINGLE)
    second = subprocess.Popen(
        [processes.build(configurations.SINGLE)],
        env={"INGOT_PORT": str(first.port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert json.loads(second.stderr.readline())["event"] == "listening"
        first.signal()
        assert first.process.wait(10) == 0
        assert first.call("POST", bodies.CHAT, bodies.chat("gpt-4o")).status == 200
    finally:
        second.kill()
        second.communicate()


@pytest.mark.limit(180)
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may change the root")
def test_static_gateway_runs_in_an_empty_root_as_nobody(tmp_path):
    """No shell, no library, no /proc, no user database: as in an image made from scratch."""
    binary = processes.build(configurations.SINGLE, "--static")
    shutil.copy(binary, tmp_path / "gateway")
    tmp_path.chmod(0o755)
    root = ["chroot", "--userspec=65534:65534", tmp_path, "/gateway"]
    version = subprocess.run([*root, "--version"], capture_output=True, text=True, timeout=10)
    assert "sha256:" in version.stdout
    port = processes.free_port()
    gateway = subprocess.Popen([*root, "--port", str(port)], stderr=subprocess.PIPE)
    try:
        assert json.loads(gateway.stderr.readline())["port"] == port
        with wire.Connection(("127.0.0.1", port)) as connection:
            connection.send(wire.build("GET", "/healthz"))
            assert connection.response("GET").status == 200
        gateway.send_signal(signal.SIGTERM)
        assert gateway.wait(10) == 0
    finally:
        gateway.kill()
        gateway.wait()


def test_gateway_needs_no_library_of_swift(gateway):
    """Neither Foundation nor a resolver's library: only what every glibc system has."""
    needed = subprocess.run(["ldd", gateway.binary], capture_output=True, text=True).stdout
    names = {line.split()[0].rsplit("/")[-1].split(".so")[0] for line in needed.splitlines()}
    assert names <= {"linux-vdso", "libm", "libstdc++", "libgcc_s", "libc", "ld-linux-x86-64"}
