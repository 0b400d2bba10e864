"""Egress proxies of every kind, with TLS through them, and what comes of their faults."""

import os
import pathlib
import signal
import ssl
import subprocess

import pytest

import bodies
import configurations
import egress
import https
import processes
from secure_servers import FOLDER

PASSWORD_FILE = pathlib.Path(https.PROXY_SECRET)
# Everything that means something in a url, a field, or a shell; and what is not ASCII.
PASSWORDS = ["canary p@ss:w/ord?#%41&=+;,\"'\\", "canary-\u00e9\u20ac~[]{}|^`<>"]
NAMES = {"endpoint.test": configurations.ADDRESS}


@pytest.fixture(scope="module")
def proxies(authority, servers, folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "proxy.pem", FOLDER / "proxy.key")
    host, ports = configurations.ADDRESS, https.PROXY_PORTS
    password = PASSWORDS[0]
    running = {
        "plain": egress.Proxy(host, ports["plain"], password, names=NAMES),
        "secure": egress.Proxy(host, ports["secure"], password, context, NAMES),
        "socks": egress.Socks(host, ports["socks"], password, names=NAMES),
    }
    yield running
    for proxy in running.values():
        proxy.stop()


@pytest.fixture(scope="module")
def gateway(proxies, authority, simulator):
    PASSWORD_FILE.write_text(PASSWORDS[0] + "\n")
    environment = {**configurations.ENVIRONMENT, "SSL_CERT_FILE": os.fspath(authority.file)}
    running = processes.Gateway(https.EGRESS, environment)
    yield running
    running.stop()


def ask(gateway, model, marker="", **more):
    return gateway.call("POST", f"{bodies.CHAT}?{marker}", bodies.chat(model, **more))


GOOD = f"endpoint.test:{https.TLS_PORTS['good']}"
PRIMARY = f"{configurations.ADDRESS}:{configurations.PRIMARY_PORT}"
WAYS = {
    "asked": ("plain", "POST http://" + PRIMARY),
    "asked-secretly": ("secure", "POST http://" + PRIMARY),
    "tunnel": ("plain", "CONNECT " + GOOD),
    "tunnel-secretly": ("secure", "CONNECT " + GOOD),
    "socks": ("socks", "SOCKS5 " + GOOD),
    "socks-plain": ("socks", f"SOCKS5 endpoint.test:{configurations.PRIMARY_PORT}"),
    "socks-two": ("socks", "SOCKS5 " + GOOD),
}


@pytest.mark.parametrize("way", WAYS)
def test_request_goes_through_and_names_are_left_to_the_proxy(
    gateway, proxies, simulator, marker, way
):
    kind, asked = WAYS[way]
    response = ask(gateway, way, marker)
    assert response.status == 200, response.body
    assert response["X-Olla-Endpoint"] == way
    request = simulator.request(marker)
    assert request["Proxy-Authorization"] is None and request["Proxy-Connection"] is None
    # Some may go over a connection that another endpoint's request has left.
    assert any(each.startswith(asked) for each in proxies[kind].asked)
    stream = ask(gateway, way, stream=True)
    assert stream.complete and stream.events[-1] == "[DONE]"


def test_certificate_of_the_gateway_is_shown_through_a_tunnel(gateway, simulator, marker):
    assert ask(gateway, "tunnel-mutual", marker).status == 200
    assert simulator.request(marker)["X-Client"] == "CN=rotating-client"


@pytest.mark.parametrize(
    ("way", "code", "words"),
    [
        ("tunnel-expired", "endpoint_tls", "certificate has expired"),
        ("socks-unknown", "endpoint_tls", "not from an authority that is trusted"),
        ("tunnel-nowhere", None, ""),
    ],
)
def test_fault_behind_a_proxy_is_told_as_without_one(gateway, way, code, words):
    response = ask(gateway, way)
    assert response.status == 502
    error = response.json["error"]
    assert code in (error["code"], None) and words in error["message"]
    assert configurations.ADDRESS not in response.body.decode()
    assert "canary" not in response.body.decode()


def reload(gateway):
    def reloads():
        return [line for line in gateway.event_lines() if line["event"] == "secrets_reloaded"]

    count = len(reloads())
    gateway.signal(signal.SIGHUP)
    return processes.wait_until(lambda: reloads()[count:])[0]


@pytest.mark.limit(60)
def test_renewed_secrets_are_used_after_sighup(gateway, proxies, authority, simulator, marker):
    assert ask(gateway, "tunnel-mutual", f"{marker}-old").status == 200
    before = simulator.request(f"{marker}-old")["X-Client-Serial"]
    for proxy in proxies.values():
        proxy.password = PASSWORDS[1]
    # What is asked for a url answers in the endpoint's place.
    assert ask(gateway, "asked").status == 407
    PASSWORD_FILE.write_text(PASSWORDS[1] + "\n")
    authority.sign("rotating-client", "DNS:gateway.test")
    changed = reload(gateway)["changed"]
    assert f"file:{PASSWORD_FILE}" in changed
    for way in WAYS:
        assert ask(gateway, way).status == 200, way
    assert ask(gateway, "tunnel-mutual", f"{marker}-new").status == 200
    assert simulator.request(f"{marker}-new")["X-Client-Serial"] != before
    told = gateway.text(gateway.output) + gateway.text(gateway.errors)
    assert "canary" not in told


def test_proxy_that_nobody_vouches_for_is_not_gone_through(proxies, servers, folder):
    """The proxy's own certificate is checked as an endpoint's is."""
    PASSWORD_FILE.write_text(proxies["secure"].password + "\n")
    running = processes.Gateway(https.EGRESS, configurations.ENVIRONMENT)
    try:
        asked = len(proxies["secure"].asked)
        response = ask(running, "asked-secretly")
        assert response.status == 502
        assert len(proxies["secure"].asked) == asked
    finally:
        running.stop()


def test_static_gateway_cannot_have_libcurl(folder, tmp_path):
    yaml = tmp_path / "gateway.yaml"
    yaml.write_text(https.EGRESS)
    command = [processes.tool("INGOT", "ingot"), "build", yaml, "-o", tmp_path / "gateway"]
    result = subprocess.run([*command, "--static"], capture_output=True, text=True)
    assert result.returncode == 1
    assert "a static binary cannot carry libcurl, which endpoint 'asked' needs" in result.stderr
    assert not (tmp_path / "gateway").exists()
