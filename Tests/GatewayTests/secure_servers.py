"""Servers of https with every kind of certificate: nginx, and some that it cannot be."""

import array
import contextlib
import fcntl
import pathlib
import socket
import ssl
import subprocess
import termios
import threading

import pytest

import certificates
import configurations
import https
import processes

FOLDER = pathlib.Path(https.TLS_FOLDER)
PORTS = https.TLS_PORTS
NAME = "DNS:endpoint.test"

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
        proxy_set_header X-Client-Serial $ssl_client_serial;
        proxy_set_header X-Connection $connection;
        proxy_buffering off;
    }}
}}
"""
ASKING = "ssl_verify_client on; ssl_client_certificate ca.pem;"
MORE = {
    "good": "keepalive_requests 3;",
    "mutual": ASKING,
    "rotating": f"{ASKING} keepalive_requests 1;",
    "old": "ssl_protocols TLSv1.2;",
    "ancient": "ssl_protocols TLSv1; ssl_ciphers ALL:@SECLEVEL=0;",
}


@pytest.fixture(scope="session")
def authority(folder):
    FOLDER.mkdir(exist_ok=True)
    authority = certificates.Authority(FOLDER)
    for name in ("good", "mutual", "rotating", "old", "ancient", "demanding", "strict"):
        authority.sign(name, NAME)
    authority.sign("expired", NAME, days=-1)
    authority.sign("misnamed", "DNS:other.test")
    authority.sign("client", "DNS:gateway.test")
    authority.sign("rotating-client", "DNS:gateway.test")
    authority.sign("gateway", "DNS:localhost,IP:127.0.0.1")
    authority.sign("proxy", f"IP:{configurations.ADDRESS}")
    authority.sign_by_intermediate("truncated", NAME)
    authority.sign_itself("alone", NAME)
    other = FOLDER / "other"
    other.mkdir(exist_ok=True)
    certificate = certificates.Authority(other).sign("unknown", NAME)
    for end in (".pem", ".key"):
        (FOLDER / f"unknown{end}").write_bytes(certificate.with_suffix(end).read_bytes())
    return authority


class Doorkeeper:
    """Speaks TLS with clients that have a certificate, and says nothing to them."""

    def __init__(self, port, context):
        self.context = context
        self.listener = socket.create_server((configurations.ADDRESS, port))
        self.kept = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.kept.append(connection)
            if self.context:
                threading.Thread(target=self.greet, args=(connection,), daemon=True).start()

    def greet(self, connection):
        """Reads to the end what a client sends that is turned away: a reset could overtake why."""
        raw = connection.dup()
        self.kept.append(raw)
        with contextlib.suppress(OSError):
            self.context.wrap_socket(connection, server_side=True).recv(1)
        with contextlib.suppress(OSError):
            while raw.recv(65536):
                pass

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.kept:
            connection.close()


def demanding(authority, kind):
    """Of TLS 1.3, or `strict`: of TLS 1.2, where the handshake itself fails."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / f"{kind}.pem", FOLDER / f"{kind}.key")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.file)
    if kind == "strict":
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


class Typed:
    """`openssl s_server` or `s_client`, which does what a test types."""

    def __init__(self, *words):
        self.process = subprocess.Popen(
            ["openssl", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
        )
        self.output = b""
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while data := self.process.stdout.read(65536):
            self.output += data

    def type(self, text):
        """Sends bytes, or a command of one letter, and waits until they are read as one piece."""
        self.process.stdin.write(text.encode())
        processes.wait_until(lambda: not self.unread())

    def unread(self):
        count = array.array("i", [0])
        fcntl.ioctl(self.process.stdin, termios.FIONREAD, count)
        return count[0]

    def wait_for(self, text):
        processes.wait_until(lambda: text.encode() in self.output, 15)

    def stop(self):
        self.process.kill()
        self.process.wait()


def manual_server(*options):
    """The server of the kind `manual`."""
    place = f"{configurations.ADDRESS}:{PORTS['manual']}"
    files = ("-cert", FOLDER / "good.pem", "-key", FOLDER / "good.key")
    server = Typed("s_server", "-accept", place, *files, *options)
    server.wait_for("ACCEPT")
    return server


@pytest.fixture(scope="session")
def servers(authority, simulator):
    """One server a kind; `plain` speaks no TLS, and `mute` nothing at all."""
    texts = [
        SERVER.format(
            name=name, port=PORTS[name], more=MORE.get(name, ""), address=configurations.ADDRESS,
            simulator=configurations.PRIMARY_PORT,
        )
        for name in https.NGINX_KINDS if name != "plain"
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
    keepers = [
        Doorkeeper(PORTS[kind], demanding(authority, kind)) for kind in ("demanding", "strict")
    ]
    keepers.append(Doorkeeper(PORTS["mute"], None))
    yield
    for keeper in keepers:
        keeper.stop()
    process.terminate()
    process.wait()
    log.close()


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex((configurations.ADDRESS, port)) == 0
