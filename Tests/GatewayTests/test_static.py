"""A static gateway with https endpoints, where there is nothing else: no library, no authorities."""

import hashlib
import json
import os
import shutil
import signal
import subprocess

import pytest

import bodies
import configurations
import https
import processes
import wire

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change the root")


def endpoint(name, kind, *tls):
    words = ", ".join([*tls, "server_name: endpoint.test"])
    place = f"https://{configurations.ADDRESS}:{https.TLS_PORTS[kind]}"
    model = f"models: [{{name: {name}, upstream: gpt-4o}}]"
    return f"  - name: {name}\n    url: {place}\n    {model}\n    tls: {{{words}}}\n"


@pytest.fixture(scope="module")
def binary(authority):
    """Cast with an authority that is pinned, and as the machine's that builds."""
    pinned = f"ca: {authority.file}"
    yaml = (
        f"# {hashlib.sha256(authority.file.read_bytes()).hexdigest()}\n"
        f"server: {{workers: 1, {configurations.UNLIMITED}}}\nendpoints:\n"
        + endpoint("pinned", "good", pinned)
        + endpoint("carried", "old")
        + endpoint("expired", "expired", pinned)
        + endpoint("unknown", "unknown", pinned)
    )
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = os.fspath(authority.file)
    try:
        return processes.build(yaml, "--static")
    finally:
        del os.environ["SSL_CERT_FILE"]
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before


@pytest.fixture
def address(binary, servers, tmp_path):
    """Where it listens: in an empty root, as nobody, with no variable set."""
    shutil.copy(binary, tmp_path / "gateway")
    tmp_path.chmod(0o755)
    port = processes.free_port()
    gateway = subprocess.Popen(
        ["chroot", "--userspec=65534:65534", tmp_path, "/gateway", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"]},
    )
    try:
        assert json.loads(gateway.stderr.readline())["port"] == port
        yield "127.0.0.1", port
        gateway.send_signal(signal.SIGTERM)
        assert gateway.wait(10) == 0
    finally:
        gateway.kill()
        gateway.wait()


def ask(address, model, path=bodies.CHAT):
    return wire.call(address, "POST", f"/olla/openai{path}", bodies.chat(model))


@pytest.mark.limit(60)
def test_static_gateway_verifies_its_endpoints_in_an_empty_root(address, simulator, marker):
    for name in ("pinned", "carried"):
        response = ask(address, name, f"{bodies.CHAT}?{marker}-{name}-")
        assert response.status == 200, response.body
        request = simulator.request(f"{marker}-{name}-")
        assert request["X-Protocol"] == ("TLSv1.3" if name == "pinned" else "TLSv1.2")
    for name, words in [("expired", "has expired"), ("unknown", "authority that is trusted")]:
        response = ask(address, name)
        assert response.status == 502
        assert words in response.json["error"]["message"]
