"""TLS towards endpoints, which nginx stands for, and towards clients."""

import json
import os
import pathlib
import signal
import ssl
import subprocess

import pytest

import bodies
import configurations
import https as secure
import processes
import wire
from secure_servers import FOLDER, Typed, manual_server

JSON = [("Content-Type", "application/json")]


@pytest.fixture(scope="session")
def https(servers, authority, simulator):
    environment = {
        **configurations.ENVIRONMENT,
        "SSL_CERT_FILE": os.fspath(authority.file),
        "TLS_CLIENT_KEY": (FOLDER / "client.key").read_text(),
    }
    running = processes.Gateway(secure.HTTPS, environment)
    yield running
    running.stop()


# The gateway's own transport, and libcurl.
both_ways = pytest.mark.parametrize("way", ["", "wide-"], ids=["native", "libcurl"])


def ask(gateway, kind, marker, content="Hello", **more):
    target = f"{bodies.CHAT}?{marker}"
    return gateway.call("POST", target, bodies.chat(f"{kind}-model", content, **more))


def test_connections_are_kept_and_sessions_resumed(https, simulator, marker):
    requests = []
    for number in range(7):
        assert ask(https, "good", f"{marker}-{number}-").status == 200
        requests.append(simulator.request(f"{marker}-{number}-"))
    assert {request["X-Name"] for request in requests} == {"endpoint.test"}
    assert {request["X-Protocol"] for request in requests} == {"TLSv1.3"}
    # Three requests a connection, as nginx is told, on each worker.
    connections = [request["X-Connection"] for request in requests]
    assert len(set(connections)) < len(requests)


def test_a_new_connection_resumes_the_session(https, simulator, marker):
    resumed = []
    for number in range(30):
        assert ask(https, "good", f"{marker}-{number}-").status == 200
        resumed.append(simulator.request(f"{marker}-{number}-")["X-Resumed"])
    assert "r" in resumed[-3:]


@both_ways
@pytest.mark.parametrize(("kind", "protocol"), [("old", "TLSv1.2"), ("mutual", "TLSv1.3")])
def test_other_good_servers_are_reached(https, simulator, marker, way, kind, protocol):
    assert ask(https, f"{way}{kind}", marker).status == 200
    request = simulator.request(marker)
    assert request["X-Protocol"] == protocol
    assert request["X-Client"] == ("CN=client" if kind == "mutual" else None)


# Of each kind: what a client is told, the access log's word, and a piece of the event's detail.
UNTRUSTED = ("not from an authority that is trusted", "tls_untrusted")
NONE_COMMON = ("offers no TLS version or cipher that is accepted", "tls_no_common_protocol")
NOT_SHOWN = ("does not accept the certificate that it is shown", "tls_refused_by_peer")
BAD = {
    "expired": ("certificate has expired", "tls_expired", "certificate has expired"),
    "misnamed": ("certificate is for another name", "tls_wrong_name", "name"),
    "alone": (*UNTRUSTED, "self-signed certificate"),
    "unknown": (*UNTRUSTED, "unable to get local issuer certificate"),
    "truncated": (*UNTRUSTED, "unable to get local issuer certificate"),
    "ancient": (*NONE_COMMON, "protocol version"),
    "plain": ("does not speak TLS", "tls_malformed", "wrong version number"),
    "demanding": (*NOT_SHOWN, "alert"),
    "strict": (*NOT_SHOWN, "alert"),
}


@both_ways
@pytest.mark.parametrize("kind", BAD)
def test_bad_servers_are_told_apart(https, marker, way, kind):
    words, failure, detail = BAD[kind]
    if (way, kind) == ("wide-", "strict"):
        # Before TLS 1.3 the alert is the same for both, and libcurl does not say what was asked.
        words, failure = NONE_COMMON
    endpoint = f"{way}{kind}"
    response = ask(https, endpoint, marker)
    assert response.status == 502
    error = response.json["error"]
    assert error["code"] == "endpoint_tls" and words in error["message"]
    assert error["message"].endswith(f": {endpoint}.")
    assert response.json["olla_context"]["endpoint"] == endpoint
    assert configurations.ADDRESS not in response.body.decode()
    assert "endpoint.test" not in response.body.decode()
    told = [line for line in https.event_lines() if line.get("endpoint") == endpoint]
    assert len(told) == 1 and told[0]["event"] == "tls_failed"
    assert told[0]["failure"] == failure and detail in told[0]["detail"].lower()
    lines = processes.wait_until(lambda: https.access_lines(f'"{endpoint}-model"'))
    assert lines[0]["failure"] == failure


@both_ways
def test_server_that_says_nothing_is_given_up(https, marker, way):
    response = ask(https, f"{way}mute", marker)
    assert (response.status, response.json["error"]["code"]) == (504, "endpoint_timeout")
    assert configurations.ADDRESS not in response.body.decode()


@both_ways
def test_renewed_client_certificate_is_shown_after_sighup(https, authority, simulator, marker, way):
    def shown(number):
        assert ask(https, f"{way}rotating", f"{marker}-{number}-").status == 200
        return simulator.request(f"{marker}-{number}-")["X-Client-Serial"]

    def reloads():
        return [line for line in https.event_lines() if line["event"].endswith("s_reloaded")]

    before, count = shown("old"), len(reloads())
    authority.sign("rotating-client", "DNS:gateway.test")
    https.signal(signal.SIGHUP)
    processes.wait_until(lambda: len(reloads()) == count + 2)
    changed = reloads()[-1].get("changed") or reloads()[-2]["changed"]
    assert f"file:{FOLDER}/rotating-client.key" in changed
    assert shown("new") != before


@pytest.fixture
def manual(request, https):
    server = manual_server(*getattr(request, "param", ["-tls1_3"]))
    yield server
    server.stop()


def answer(text, length):
    return f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{text}"


@both_ways
def test_keys_may_be_updated_in_the_middle_of_an_answer(https, manual, marker, way):
    with https.connect() as connection:
        for number in range(3):
            body = bodies.chat_bytes(f"{way}manual-model", f"{marker}-{number}-")
            connection.send(bodies.request(bodies.CHAT, body))
            manual.wait_for(f"{marker}-{number}-")
            manual.type(answer('{"first":', 20))
            response = connection.head()
            # `K` wants an update of the other side as well, which goes out with its next bytes.
            manual.type("K\n" if number else "k\n")
            manual.type('"and last"}')
            connection.read_body(response)
            assert response.complete and response.json == {"first": "and last"}
    # All on one connection.
    assert manual.output.count(b"BEGIN SSL SESSION PARAMETERS") == 1


@pytest.mark.parametrize("manual", [["-tls1_2"]], indirect=True)
def test_server_that_wants_to_begin_anew_is_refused(https, manual, marker):
    with https.connect() as connection:
        body = bodies.chat_bytes("manual-model", marker)
        connection.send(bodies.request(bodies.CHAT, body))
        manual.wait_for(marker)
        manual.type(answer('{"first":', 20))
        response = connection.head()
        manual.type("r\n")
        manual.wait_for("no renegotiation")
        connection.read_body(response)
        assert not response.complete


def typing_client(gateway, version):
    host, port = gateway.address
    return Typed("s_client", "-connect", f"{host}:{port}", version, "-crlf")


REQUEST = "GET /healthz HTTP/1.1\nHost: localhost\n\n"


def test_client_may_update_its_keys(secured):
    client = typing_client(secured, "-tls1_3")
    try:
        client.wait_for("Verify return code")
        for number in range(1, 4):
            client.type("K\n")
            client.type(REQUEST)
            processes.wait_until(lambda: client.output.count(b"HTTP/1.1 200") == number)
    finally:
        client.stop()


def test_client_that_wants_to_begin_anew_is_refused(secured):
    client = typing_client(secured, "-tls1_2")
    try:
        client.wait_for("Verify return code")
        client.type("R\n")
        client.wait_for("no renegotiation")
    finally:
        client.stop()
    with secured.connect() as connection:
        connection.send(wire.build("GET", "/healthz"))
        assert connection.response("GET").status == 200


def test_large_bodies_pass_in_both_directions(https, simulator, marker):
    content = "".join(chr(97 + number % 23) for number in range(3_000_000))
    assert ask(https, "good", marker, content).status == 200
    request = simulator.request(marker)
    assert request.entry["body_bytes"] > len(content)


def test_streams_come_as_they_are_sent(https, marker):
    response = ask(https, "good", marker, stream=True)
    assert response.events[-1] == "[DONE]" and response.complete
    assert response.arrivals[-1] > response.arrivals[0]


def test_only_gateways_that_need_openssl_have_it(https, binary):
    mark = b"CRYPTOGAMS by <appro@openssl.org>"
    assert mark in https.binary.read_bytes()
    assert mark not in pathlib.Path(binary).read_bytes()


def test_faults_of_certificates_stop_the_start_together(https, authority):
    environment = {"SSL_CERT_FILE": os.fspath(authority.file), "TLS_CLIENT_KEY": "no key"}
    result = subprocess.run(
        [https.binary, "--check"], env=environment, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "the certificate's key is not in PEM (endpoint 'mutual')" in result.stderr
    assert "no key" not in result.stderr


class SecuredGateway(processes.Gateway):
    """One that clients reach over TLS."""

    def is_ready(self):
        assert self.process.poll() is None, f"the gateway has ended: {self.text(self.errors)}"
        return any(line["event"] == "listening" for line in self.event_lines())

    def connect(self, authority=FOLDER / "ca.pem", **options):
        context = ssl.create_default_context(cafile=authority)
        context.set_alpn_protocols(["http/1.1"])
        connection = wire.Connection(self.address, **options)
        connection.socket = context.wrap_socket(connection.socket, server_hostname="localhost")
        return connection


@pytest.fixture(scope="session")
def secured_binary():
    """Built before the first test, whose time it would take."""
    return processes.build(secure.SECURED)


@pytest.fixture
def secured(secured_binary, authority, simulator):
    running = SecuredGateway(secure.SECURED)
    yield running
    running.stop()


def test_clients_are_served_over_tls(secured, simulator, marker):
    body = bodies.chat_bytes("gpt-4o")
    target = f"/olla/openai{bodies.CHAT}"
    with secured.connect() as connection:
        assert connection.socket.version() == "TLSv1.3"
        assert connection.socket.selected_alpn_protocol() == "http/1.1"
        for number in range(3):
            connection.send(
                wire.build("POST", f"{target}?{marker}-{number}-", JSON, body)
            )
            assert connection.response().status == 200
            assert simulator.request(f"{marker}-{number}-")["X-Forwarded-Proto"] == "https"


def test_its_own_client_speaks_tls_as_well(secured):
    """With a certificate for another name, of an authority that nobody trusts."""
    call = [secured.binary, "--health", "--port", str(secured.port)]
    result = subprocess.run(call, env={}, capture_output=True, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, "ok\n", "")


def test_plain_http_is_turned_away_with_one_line(secured):
    for _ in range(3):
        with wire.Connection(secured.address) as connection:
            connection.send(wire.build("GET", "/healthz"))
            assert connection.is_closed()
    told = [line for line in secured.event_lines() if line["event"] == "client_tls_failed"]
    assert len(told) >= 1 and told[0]["detail"] == "http request"


def test_a_renewed_certificate_is_shown_after_sighup(secured, authority):
    def shown():
        with secured.connect() as connection:
            return connection.socket.getpeercert()["serialNumber"]

    before = shown()
    authority.sign("gateway", "DNS:localhost,IP:127.0.0.1")
    secured.signal(signal.SIGHUP)
    processes.wait_until(
        lambda: any(line["event"] == "certificates_reloaded" for line in secured.event_lines())
    )
    after = shown()
    assert after != before
    (FOLDER / "gateway.key").write_text("nonsense")
    secured.signal(signal.SIGHUP)
    processes.wait_until(
        lambda: any(line["event"] == "secrets_kept" for line in secured.event_lines())
    )
    assert shown() == after
    authority.sign("gateway", "DNS:localhost,IP:127.0.0.1")
