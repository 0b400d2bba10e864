"""Simulators and gateways as processes, and gateways as builds."""

import hashlib
import http.server
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

import pytest

import configurations
import wire

ROOT = pathlib.Path(__file__).resolve().parents[2]


def tool(variable, name):
    """The binary that the environment names, else the release build of this checkout."""
    path = pathlib.Path(os.environ.get(variable, ROOT / ".build/release" / name))
    if not path.exists():
        pytest.exit(f"there is no {path}: swift build -c release --product {name}", 2)
    return path


def wait_until(condition, seconds=5.0, pause=0.005):
    """The first true value of `condition`; an assertion fails when the time is over."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, "waited in vain"
        time.sleep(pause)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Simulator:
    """A running `ingot-simulator`."""

    def __init__(self, host, port, *options):
        self.address = (host, port)
        self.process = subprocess.Popen(
            [tool("SIMULATOR", "ingot-simulator"), "--host", host, "--port", str(port), *options],
            stdout=subprocess.PIPE,
        )
        line = b""
        while f"{host}:{port}".encode() not in line:
            line = self.process.stdout.readline()
            assert line, f"the simulator cannot listen on {host}:{port}; is another run going on?"

    @property
    def url(self):
        return f"http://{self.address[0]}:{self.address[1]}/v1"

    def stop(self):
        """Ends it; one that has ended by itself is an error."""
        status = self.process.poll()
        self.process.kill()
        self.process.wait()
        assert status is None, f"the simulator ended with {status}"

    def call(self, method, path, *arguments, **options):
        return wire.call(self.address, method, path, *arguments, **options)

    def requests(self, marker):
        """What reached it with `marker` in its query, fields or body, the oldest first."""
        return self.call("GET", f"/control/requests?contains={marker}").json

    def request(self, marker):
        """The one request with `marker`."""
        entries = wait_until(lambda: self.requests(marker))
        assert len(entries) == 1, f"{len(entries)} requests have {marker}"
        return Received(entries[0])


class EchoHandler(http.server.BaseHTTPRequestHandler):
    """Answers with what it was asked and where it was reached."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        found = {"host": self.headers["Host"], "at": self.request.getsockname()[0]}
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Echo:
    """An endpoint at an address of either family."""

    def __init__(self, host, port):
        class Server(http.server.ThreadingHTTPServer):
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        self.server = Server((host, port), EchoHandler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Received:
    """A request as the endpoint saw it."""

    def __init__(self, entry):
        self.entry = entry
        self.body = entry["body"]

    def __getitem__(self, name):
        """The value of a field that stands once; None where it is absent."""
        values = [value for key, value in self.entry["fields"] if key.lower() == name.lower()]
        assert len(values) < 2, f"{name} stands {len(values)} times: {values}"
        return values[0] if values else None


def build(yaml, *options):
    """The gateway of a YAML: built once for one `ingot`, one runtime, one text with the authorities
    that it names, and `options`."""
    ingot = tool("INGOT", "ingot")
    folder = pathlib.Path(os.environ.get("GATEWAYS", ROOT / ".build-gateways"))
    digest = hashlib.sha256(yaml.encode() + "".join(options).encode() + ingot.read_bytes())
    for source in sorted((ROOT / "Sources/Runtime").rglob("*")):
        if source.is_file():
            digest.update(source.read_bytes())
    for path in re.findall(r"\bca: ([^\s,}]+)", yaml):
        if os.path.isfile(path):
            digest.update(pathlib.Path(path).read_bytes())
    binary = folder / digest.hexdigest()[:24]
    if not binary.exists():
        folder.mkdir(parents=True, exist_ok=True)
        text = binary.with_suffix(".yaml")
        text.write_text(yaml)
        result = subprocess.run(
            [ingot, "build", text, "-o", binary, *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, f"{result.stdout}{result.stderr}"
    return binary


class Gateway:
    """A running gateway; `prefix` is a command that runs it."""

    def __init__(self, yaml, environment=configurations.ENVIRONMENT, prefix=()):
        self.port = free_port()
        self.address = ("127.0.0.1", self.port)
        self.output = tempfile.TemporaryFile()
        self.errors = tempfile.TemporaryFile()
        self.binary = build(yaml)
        self.process = subprocess.Popen(
            [*prefix, self.binary],
            env={**environment, "INGOT_PORT": str(self.port)},
            stdout=self.output,
            stderr=self.errors,
        )
        wait_until(self.is_ready)

    def is_ready(self):
        assert self.process.poll() is None, f"the gateway has ended: {self.text(self.errors)}"
        try:
            return wire.call(self.address, "GET", "/readyz").status == 200
        except (ConnectionRefusedError, wire.Closed):
            return False

    def url(self, prefix="openai"):
        return f"http://127.0.0.1:{self.port}/olla/{prefix}/v1"

    def call(self, method, path, *arguments, **options):
        """An exchange with a path below the first prefix: `/v1/models`."""
        return wire.call(self.address, method, f"/olla/openai{path}", *arguments, **options)

    def own(self, path, method="GET"):
        """An exchange with one of the gateway's own routes."""
        return wire.call(self.address, method, path)

    def connect(self, **options):
        return wire.Connection(self.address, **options)

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    def descriptor_count(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def text(self, file):
        size = os.fstat(file.fileno()).st_size
        return os.pread(file.fileno(), size, 0).decode()

    def access_lines(self, marker=""):
        """The access log so far, as far as it has `marker`."""
        lines = self.text(self.output).splitlines()
        return [json.loads(line) for line in lines if marker in line]

    def event_lines(self):
        """What it says of itself on standard error."""
        return [json.loads(line) for line in self.text(self.errors).splitlines()]

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.output.close()
        self.errors.close()
