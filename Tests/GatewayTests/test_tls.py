"""TLS towards endpoints, which nginx stands for, and towards clients."""

import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess

import pytest

import bodies
import certificates
import configurations
import processes
import wire

JSON = [("Content-Type", "application/json")]
FOLDER = pathlib.Path(configurations.TLS_FOLDER)
PORTS = configurations.TLS_PORTS

SERVER = """
server {{
    listen {address}:{port} ssl;
    ssl_certificate {name}.pem;
    ssl_certificate_key {name}.key;
    {more}
    location / {{
        proxy_pass http://{address}:{simulator};
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header X-Protocol $ssl_protocol;
        proxy_set_header X-Resumed $ssl_session_reused;
        proxy_set_header X-Name $ssl_server_name;
        proxy_set_header X-Client $ssl_client_s_dn;
        proxy_set_header X-Connection $connection;
        proxy_buffering off;
    }}
}}
"""


@pytest.fixture(scope="session")
def authority(folder):
    FOLDER.mkdir(exist_ok=True)
    authority = certificates.Authority(FOLDER)
    for name in ("good", "mutual", "old"):
        authority.sign(name, "DNS:endpoint.test")
    authority.sign("expired", "DNS:endpoint.test", days=-1)
    authority.sign("misnamed", "DNS:other.test")
    authority.sign("client", "DNS:gateway.test")
    authority.sign("gateway", "DNS:localhost,IP:127.0.0.1")
    authority.sign_itself("alone", "DNS:endpoint.test")
    return authority


@pytest.fixture(scope="session")
def servers(authority, simulator):
    """nginx with one server a kind of certificate; its `plain` speaks no TLS."""
    more = {
        "good": "keepalive_requests 3;",
        "mutual": "ssl_verify_client on; ssl_client_certificate ca.pem;",
        "old": "ssl_protocols TLSv1.2;",
    }
    texts = [
        SERVER.format(
            name=name, port=port, more=more.get(name, ""), address=configurations.ADDRESS,
            simulator=configurations.PRIMARY_PORT,
        )
        for name, port in PORTS.items() if name != "plain"
    ]
    texts.append(f"server {{ listen {configurations.ADDRESS}:{PORTS['plain']}; return 200; }}")
    (FOLDER / "nginx.conf").write_text(
        "daemon off; worker_processes 1; pid nginx.pid; error_log stderr;\n"
        "events {}\nhttp { access_log off; client_max_body_size 0; "
        "ssl_protocols TLSv1.2 TLSv1.3;\n" + "".join(texts) + "}\n"
    )
    log = (FOLDER / "nginx.log").open("w")
    process = subprocess.Popen(
        ["nginx", "-p", FOLDER, "-c", "nginx.conf", "-e", "stderr"], stderr=log
    )
    processes.wait_until(lambda: process.poll() is not None or is_open(PORTS["good"]))
    assert process.poll() is None, (FOLDER / "nginx.log").read_text()
    yield
    process.terminate()
    process.wait()
    log.close()


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex((configurations.ADDRESS, port)) == 0


@pytest.fixture(scope="session")
def https(servers, authority, simulator):
    environment = {
        **configurations.ENVIRONMENT,
        "SSL_CERT_FILE": os.fspath(authority.file),
        "TLS_CLIENT_KEY": (FOLDER / "client.key").read_text(),
    }
    running = processes.Gateway(configurations.HTTPS, environment)
    yield running
    running.stop()


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


@pytest.mark.parametrize(("kind", "protocol"), [("old", "TLSv1.2"), ("mutual", "TLSv1.3")])
def test_other_good_servers_are_reached(https, simulator, marker, kind, protocol):
    assert ask(https, kind, marker).status == 200
    request = simulator.request(marker)
    assert request["X-Protocol"] == protocol
    assert request["X-Client"] == ("CN=client" if kind == "mutual" else None)


@pytest.mark.parametrize(
    ("kind", "words", "detail"),
    [
        ("expired", "certificate has expired", "certificate has expired"),
        ("misnamed", "certificate is for another name", "hostname mismatch"),
        ("alone", "not from an authority that is trusted", "self-signed certificate"),
        ("plain", "does not speak TLS", "wrong version number"),
    ],
)
def test_bad_servers_are_told_apart(https, marker, kind, words, detail):
    response = ask(https, kind, marker)
    assert response.status == 502
    error = response.json["error"]
    assert error["code"] == "endpoint_tls" and words in error["message"]
    assert error["message"].endswith(f": {kind}.")
    assert configurations.ADDRESS not in response.body.decode()
    told = [line for line in https.event_lines() if line.get("endpoint") == kind]
    assert told and told[0]["event"] == "tls_failed" and detail in told[0]["detail"]


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


@pytest.fixture
def secured(authority, simulator):
    running = SecuredGateway(configurations.SECURED)
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
