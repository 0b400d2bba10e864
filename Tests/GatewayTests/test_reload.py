"""Secrets that are read again on SIGHUP: all of them or none, and never shown."""

import base64
import concurrent.futures
import pathlib
import signal

import pytest

import bodies
import configurations
import processes

ONE, TWO = (pathlib.Path(path) for path in configurations.ROTATING)


@pytest.fixture(scope="session")
def built():
    """Outside the time of any test."""
    return processes.build(configurations.ROTATION)


@pytest.fixture
def gateway(built, start, folder):
    ONE.write_text("first-1\n")
    TWO.write_text("first-2\n")
    return start(configurations.ROTATION)


def reload(gateway):
    """Sends the signal and returns the line that comes of it."""
    before = len(reloads(gateway))
    gateway.signal(signal.SIGHUP)
    return processes.wait_until(lambda: reloads(gateway)[before:])[0]


def reloads(gateway):
    events = ("secrets_reloaded", "secrets_kept")
    return [line for line in gateway.event_lines() if line["event"] in events]


def counts(gateway):
    return gateway.own("/internal/status").json["secret_reloads"]


def ask(gateway, simulator, marker):
    """The two secrets as the endpoint got them."""
    assert gateway.call("POST", f"{bodies.CHAT}?{marker}", bodies.chat("gpt-4o")).status == 200
    request = simulator.request(marker)
    return request["X-One"], request["X-Two"]


def test_new_values_reach_every_worker(gateway, simulator, marker):
    assert ask(gateway, simulator, f"{marker}-before") == ("first-1", "before first-2 behind")
    TWO.write_text("second-2\n")
    line = reload(gateway)
    assert line["event"] == "secrets_reloaded"
    assert line["changed"] == [f"file:{TWO}"]
    expected = ("first-1", "before second-2 behind")
    for number in range(40):
        assert ask(gateway, simulator, f"{marker}-{number}-") == expected
    assert counts(gateway) == {"ok": 1, "failed": 0}
    metrics = gateway.own("/internal/metrics").body.decode()
    assert 'ingot_secret_reloads_total{result="ok"} 1' in metrics


def test_password_is_encoded_anew(gateway, simulator, marker):
    ONE.write_text("second-1")
    reload(gateway)
    body, kind = bodies.form([("model", None, b"whisper-1"), ("file", "a.wav", b"a")])
    path = f"/v1/audio/transcriptions?{marker}"
    assert gateway.call("POST", path, fields=[kind], body=body).status == 200
    expected = base64.b64encode(b"gateway:second-1").decode()
    assert simulator.request(marker)["Authorization"] == f"Basic {expected}"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda: TWO.unlink(), "No such file"),
        (lambda: TWO.write_text("canary\r\nX-Evil: 1"), "control byte"),
        (lambda: TWO.write_text("canary\0"), "control byte"),
        (lambda: TWO.write_text(""), "empty"),
        (lambda: TWO.write_text("canary" * 20_000), "too large"),
        (lambda: (TWO.unlink(), TWO.mkdir()), "Invalid argument"),
    ],
    ids=["missing", "line", "control", "empty", "large", "folder"],
)
def test_one_bad_file_keeps_all_values(gateway, simulator, marker, spoil, reason):
    ONE.write_text("second-1\n")
    try:
        spoil()
        line = reload(gateway)
    finally:
        if TWO.is_dir():
            TWO.rmdir()
    assert line["event"] == "secrets_kept"
    assert len(line["problems"]) == 1
    assert str(TWO) in line["problems"][0]
    assert reason.lower() in line["problems"][0].lower()
    assert "canary" not in str(line)
    assert ask(gateway, simulator, f"{marker}-kept") == ("first-1", "before first-2 behind")
    assert counts(gateway) == {"ok": 0, "failed": 1}
    TWO.write_text("second-2\n")
    assert reload(gateway)["changed"] == [f"file:{ONE}", f"file:{TWO}"]
    assert ask(gateway, simulator, f"{marker}-mended") == ("second-1", "before second-2 behind")


def test_nothing_that_changed_is_said(gateway):
    assert reload(gateway)["changed"] == []
    assert counts(gateway) == {"ok": 1, "failed": 0}


def test_request_under_way_keeps_what_it_was_sent_with(gateway, simulator, marker):
    with gateway.connect() as connection:
        body = bodies.chat_bytes("sim-pace-50", stream=True)
        connection.send(bodies.request(f"{bodies.CHAT}?{marker}", body))
        response = connection.head()
        connection.read_chunk(response)
        ONE.write_text("second-1\n")
        reload(gateway)
        connection.read_body(response)
    assert response.complete
    assert simulator.request(marker)["X-One"] == "first-1"


@pytest.mark.limit(60)
def test_no_request_gets_half_of_a_change(gateway, simulator, marker):
    """Both values of a request are of one generation, whatever happens meanwhile."""

    def hammer(number):
        for turn in range(60):
            path = f"{bodies.CHAT}?{marker}-{number}-{turn}-"
            assert gateway.call("POST", path, bodies.chat("gpt-4o")).status == 200

    with concurrent.futures.ThreadPoolExecutor(4) as clients:
        running = [clients.submit(hammer, number) for number in range(4)]
        generation = 1
        while not all(client.done() for client in running):
            generation += 1
            ONE.write_text(f"{generation}-1")
            TWO.write_text(f"{generation}-2")
            assert reload(gateway)["event"] == "secrets_reloaded"
        for client in running:
            client.result()
    assert generation > 2
    requests = [processes.Received(entry) for entry in simulator.requests(marker)]
    assert len(requests) == 240
    for request in requests:
        generation = request["X-One"].split("-")[0]
        assert request["X-Two"] == f"before {generation}-2 behind"


def test_reload_during_a_drain_is_harmless(gateway, simulator, marker):
    gateway.signal()
    processes.wait_until(lambda: gateway.own("/readyz").status == 503)
    ONE.write_text("second-1\n")
    assert reload(gateway)["changed"] == [f"file:{ONE}"]
    gateway.signal(signal.SIGHUP)
    assert gateway.process.wait(10) == 0
    assert gateway.event_lines()[-1]["event"] == "stopped"
