"""Every fault that an endpoint or the machine can have: what the client gets, within which time, what
the log says, and that nothing is left of it."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import pytest

import configurations
import faulty
import processes
import storm
import wire
from faulty import chat

HOST, PORTS = configurations.ADDRESS, configurations.FAULTY_PORTS

# What a client of a model's only endpoint gets, unstreamed: status, code, the log's `failure`, and
# whether another endpoint would have been asked.
ANSWERS = {
    "refuse": (502, "endpoint_unreachable", "connect_failed", True),
    "close": (502, "endpoint_closed", "closed_early", True),
    "reset": (502, "endpoint_closed", "closed_early", True),
    "hang": (504, "endpoint_timeout", "header_timeout", True),
    "garbage": (502, "endpoint_malformed", "malformed_answer", False),
}


@pytest.fixture(scope="module")
def fleet(folder):
    endpoints = [faulty.Faulty(HOST, port) for port in PORTS[:2]]
    yield endpoints
    for endpoint in endpoints:
        endpoint.stop()


@pytest.fixture
def endpoints(fleet):
    for endpoint in fleet:
        endpoint.release()
        endpoint.mode = "ok"
        if endpoint.listener is None:
            endpoint.listen()
        endpoint.requests.clear()
    return fleet


@pytest.fixture(scope="module")
def gateway(fleet):
    running = processes.Gateway(configurations.FAULTS)
    yield running
    running.stop()


@pytest.fixture
def clean(gateway, endpoints):
    """The gateway; afterwards its connections and descriptors have to be what they were."""
    for _ in range(4):
        chat(gateway, "pair")
    for endpoint in endpoints:
        endpoint.drop()
    processes.wait_until(lambda: storm.settled(gateway)[1:2] == (1,), 30)
    before = processes.wait_until(lambda: gateway.descriptor_count(), 5)
    yield gateway
    for endpoint in endpoints:
        endpoint.mode = "ok"
        endpoint.release()
        endpoint.drop()
    processes.wait_until(lambda: storm.settled(gateway)[2] <= before + 2, 60)


def line(gateway, response):
    """What the access log says of an answer."""
    identifier = response["X-Olla-Request-ID"]
    return processes.wait_until(lambda: gateway.access_lines(identifier), 30)[0]


def set_fault(endpoint, fault):
    if fault == "refuse":
        endpoint.refuse()
    else:
        endpoint.mode = fault


@pytest.mark.limit(120)
class TestEndpoints:
    @pytest.mark.parametrize("fault", ANSWERS)
    def test_the_only_endpoint_fails(self, clean, endpoints, fault):
        status, code, failure, _ = ANSWERS[fault]
        set_fault(endpoints[0], fault)
        started = time.monotonic()
        answer = chat(clean, "lone")
        assert time.monotonic() - started < 30
        assert (answer.status, answer.json["error"]["code"]) == (status, code)
        assert answer.json["olla_context"]["endpoint"] == "first"
        logged = line(clean, answer)
        assert (logged["status"], logged["failure"]) == (status, failure)

    @pytest.mark.parametrize("fault", [fault for fault in ANSWERS if ANSWERS[fault][3]])
    def test_another_endpoint_takes_its_part(self, clean, endpoints, fault):
        set_fault(endpoints[0], fault)
        for stream in (False, True):
            answer = chat(clean, "pair", stream=stream)
            assert (answer.status, answer["X-Olla-Endpoint"]) == (200, "second")
            logged = line(clean, answer)
            assert (logged["attempts"], logged["failure"]) == (2, ANSWERS[fault][2])

    def test_an_answer_that_is_reset_in_its_middle_is_told_as_cut(self, clean, endpoints):
        endpoints[0].mode = "cut"
        stream = chat(clean, "pair", stream=True)
        assert stream.status == 200 and not stream.complete
        assert b'"code":"endpoint_cut"' in stream.body and b"[DONE]" not in stream.body
        assert line(clean, stream)["outcome"] == "upstream_cut"
        plain = chat(clean, "pair")
        assert plain.status == 200 and not plain.complete
        assert line(clean, plain)["outcome"] == "upstream_cut"

    def test_an_answer_that_drips_arrives_whole(self, clean, endpoints):
        endpoints[0].mode = "drip"
        assert chat(clean, "lone").body == faulty.ANSWER
        assert chat(clean, "lone", stream=True).body == faulty.EVENT * 4

    def test_pooled_connections_that_close_as_a_request_leaves_are_noticed(
        self, clean, endpoints
    ):
        with clean.connect() as client:
            for _ in range(200):
                client.send(
                    wire.build("POST", storm.ROUTE, [], b'{"model":"lone"}'))
                response = client.response()
                assert response.status == 200
                endpoints[0].drop()


@pytest.mark.limit(120)
class TestMachine:
    def test_a_gateway_without_descriptors_serves_whom_it_has_and_recovers(
        self, start_faults, endpoints
    ):
        gateway = start_faults(prefix=("prlimit", "--nofile=48:48"))
        with gateway.connect() as client:
            def ask():
                client.send(wire.build("POST", storm.ROUTE, [], b'{"model":"lone"}'))
                return client.response()

            assert ask().status == 200
            idle = []
            for _ in range(80):
                connection = gateway.connect()
                connection.send(wire.build("GET", "/healthz"))
                idle.append(connection)
            processes.wait_until(lambda: gateway.descriptor_count() >= 47, 30)
            assert ask().status == 200
            endpoints[0].drop()
            refused = ask()
            # Accepting needs descriptors too; who comes first has them.
            assert refused.status in (200, 502)
            used = processor_seconds(gateway)
            time.sleep(1)
            assert processor_seconds(gateway) - used < 0.5
            for connection in idle:
                connection.close()
            processes.wait_until(lambda: ask().status == 200, 30)
        processes.wait_until(lambda: chat(gateway, "lone").status == 200, 30)

    def test_a_full_disk_under_the_log_stops_no_request(self, start_faults, endpoints):
        gateway = start_faults(prefix=("sh", "-c", 'exec "$0" > /dev/full'))
        before = None
        with gateway.connect() as client:
            for number in range(3000):
                client.send(wire.build("POST", storm.ROUTE, [], b'{"model":"lone"}'))
                assert client.response().status == 200
                if number == 500:
                    before = gateway.resident_bytes()
        assert gateway.resident_bytes() - before < 16 << 20
        used = processor_seconds(gateway)
        time.sleep(1)
        assert processor_seconds(gateway) - used < 0.5

    def test_packets_that_are_lost_or_late_cost_time_alone(self, endpoints):
        reason = netem_fault()
        if reason:
            pytest.skip(reason)
        processes.build(configurations.FAULTS)
        script = pathlib.Path(__file__).with_name("lossy.py")
        result = subprocess.run(
            ["unshare", "-n", sys.executable, script], capture_output=True, text=True,
            timeout=110)
        assert result.returncode == 0, result.stdout + result.stderr
        counts = json.loads(result.stdout.splitlines()[-1])
        assert counts == {"200": 100}

    def test_random_faults_leave_nothing_behind(self, gateway, endpoints):
        quick = storm.Storm(gateway, endpoints, seed=1)
        quick.run(3)
        before = gateway.resident_bytes()
        weather = storm.Storm(gateway, endpoints, seed=2)
        weather.run(15)
        assert not weather.wrong, weather.wrong[0]
        assert weather.statuses.get(200, 0) > 50
        for endpoint in endpoints:
            endpoint.drop()
        processes.wait_until(lambda: storm.settled(gateway)[:2] == (1, 1), 60)
        processes.wait_until(lambda: gateway.descriptor_count() < 40, 60)
        assert gateway.resident_bytes() - before < 16 << 20
        assert chat(gateway, "lone").status == 200


@pytest.fixture
def start_faults(fleet):
    """Starts a gateway of its own, behind a command."""
    running = []

    def run(prefix):
        running.append(processes.Gateway(configurations.FAULTS, prefix=prefix))
        return running[-1]

    yield run
    for gateway in running:
        gateway.stop()


def processor_seconds(gateway):
    fields = pathlib.Path(f"/proc/{gateway.process.pid}/stat").read_text().rsplit(") ", 1)[1]
    user, system = fields.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def netem_fault():
    """Why packets cannot be lost here; None where they can."""
    for tool in ("unshare", "ip", "tc"):
        if not shutil.which(tool):
            return f"there is no command {tool}"
    script = "ip link set lo up && tc qdisc add dev lo root netem delay 1ms"
    result = subprocess.run(
        ["unshare", "-n", "sh", "-c", script], capture_output=True, text=True)
    if result.returncode:
        return f"no netem in a network namespace: {result.stderr.strip()}"
    return None
