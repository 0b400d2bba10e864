"""The ways to one and the same endpoint: by the gateway itself and by libcurl, and what lies on
them: an egress proxy that wants a password, and a server of HTTP/2 before the endpoint."""

import pathlib
import shutil
import socket
import subprocess

import pytest

import configurations
import processes

ADDRESS = configurations.ADDRESS
PRIMARY_PORT = configurations.PRIMARY_PORT
CLEAR_PORT, SECURE_PORT, PROXY_PORT, LIST_PORT = 18111, 18112, 18113, 18114
# For a server of HTTP/2 that `check --live` asks.
LIVE_PORT = 18115
FOLDER = pathlib.Path(configurations.FOLDER)
CERTIFICATE, KEY = FOLDER / "ways.pem", FOLDER / "ways.key"
PASSWORD = "canary-proxy.password"

PROXY = f'"http://gateway:${{GATEWAY_TESTS_PROXY_PASSWORD}}@{ADDRESS}:{PROXY_PORT}"'
# What each way's endpoint has besides its name and models.
WAYS = {
    "native": f"url: http://{ADDRESS}:{PRIMARY_PORT}",
    "direct": f"url: http://{ADDRESS}:{PRIMARY_PORT}\n    proxy: environment",
    "clear": f'url: http://{ADDRESS}:{CLEAR_PORT}\n    http_version: "2"',
    "secure": f'url: https://{ADDRESS}:{SECURE_PORT}\n    http_version: "2"',
    "proxied": f"url: http://{ADDRESS}:{PRIMARY_PORT}\n    proxy: {PROXY}",
    "tunnelled": f"url: https://{ADDRESS}:{SECURE_PORT}\n    proxy: {PROXY}",
}
# On these the endpoint's own bytes arrive, as on the native one.
PLAIN_WAYS = ["native", "direct"]

MODELS = [
    *("gpt-4o", "whisper-1", "sim-pace-2", "sim-pace-40", "sim-pace-300", "sim-slow-4000"),
    *("sim-slow-20000", "sim-stall-3", "sim-break-3", "sim-reset-3", "sim-early-close"),
    *("sim-garbage", "sim-garbage-head", "sim-close-after", "sim-status-400", "sim-status-429"),
    *("sim-status-503", "sim-html-500", "sim-big-12000", "sim-100", "sim-trailers", "sim-204"),
    *("sim-until-close", "sim-olla-headers", "sim-break-1", "sim-bad-chunk-3"),
]


def endpoint(way):
    names = "".join(f"\n      - {{name: {way}.{m}, upstream: {m}}}" for m in MODELS)
    return f"  - name: {way}\n    {WAYS[way]}\n    models:{names}\n"


def lone(name, model, *lines):
    rows = "".join(f"\n    {line}" for line in lines)
    return f"  - name: {name}\n    models: [{{name: {model}, upstream: gpt-4o}}]{rows}\n"


SECURE_URL = f"url: https://{ADDRESS}:{SECURE_PORT}"
YAML = (
    f"server:\n  workers: 1\n  {configurations.UNLIMITED}\n"
    "timeouts: {connect: 3s, response_header: 10s, stream_idle: 3s}\n"
    "retry: {on_status: [503]}\n"
    "endpoints:\n"
    + "".join(endpoint(way) for way in WAYS)
    + lone("renamed", "renamed", SECURE_URL, 'http_version: "2"', "tls: {server_name: models.test}")
    + lone("misnamed", "misnamed", SECURE_URL, 'http_version: "2"', "tls: {server_name: no.test}")
    + lone(
        "unlocked",
        "unlocked",
        SECURE_URL,
        f'proxy: "http://gateway:${{GATEWAY_TESTS_KEY}}@{ADDRESS}:{PROXY_PORT}"',
    )
    + lone("lost", "lost", 'url: http://nothing.invalid:8000\n    http_version: "2"')
    + f"  - name: told\n    url: http://{ADDRESS}:{LIST_PORT}\n    proxy: environment\n"
    + "    models: discover\n"
    + lone(
        "shut",
        "spared",
        "priority: 200",
        f"url: http://{ADDRESS}:{configurations.ABSENT_PORT}",
        'http_version: "2"',
    )
    + lone(
        "rude",
        "spared",
        "priority: 150",
        f"url: http://{ADDRESS}:{PRIMARY_PORT}",
        f"proxy: http://{ADDRESS}:{configurations.ABSENT_PORT}",
    )
    + lone("spare", "spared", f"url: http://{ADDRESS}:{PRIMARY_PORT}")
)

ENVIRONMENT = {
    **configurations.ENVIRONMENT,
    "GATEWAY_TESTS_PROXY_PASSWORD": PASSWORD,
    "SSL_CERT_FILE": str(CERTIFICATE),
    # Who asked this proxy would get nothing.
    "HTTP_PROXY": f"http://{ADDRESS}:{configurations.ABSENT_PORT}",
    "NO_PROXY": f"localhost,{ADDRESS}",
}


def make_certificate():
    """A certificate that vouches for itself: of this address, and of a name."""
    names = f"subjectAltName=IP:{ADDRESS},DNS:models.test"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-keyout", KEY, "-out", CERTIFICATE, "-subj", "/CN=ways", "-addext", names]
    subprocess.run(command, check=True, capture_output=True)


class Relay:
    """A process of another project that listens at the tests' address."""

    def __init__(self, port, command):
        if not shutil.which(command[0]):
            pytest.exit(f"there is no {command[0]}: make test installs it", 2)
        self.port = port
        self.log = open(FOLDER / f"{command[0]}-{port}.log", "wb")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT)
        processes.wait_until(self.is_ready)

    def is_ready(self):
        assert self.process.poll() is None, f"see {self.log.name}"
        with socket.socket() as probe:
            return probe.connect_ex((ADDRESS, self.port)) == 0

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def http2_server(port, *files):
    """nghttpx before the endpoint; without TLS where it gets no key and certificate."""
    options = "" if files else ";no-tls"
    return Relay(
        port,
        [
            *("nghttpx", "--conf=/dev/null", "--workers=1", "--no-server-rewrite", "-LWARN"),
            f"--frontend={ADDRESS},{port}{options}",
            f"--backend={ADDRESS},{PRIMARY_PORT}",
            *files,
        ],
    )


def egress_proxy():
    """tinyproxy with a user and password."""
    path = FOLDER / "tinyproxy.conf"
    lines = [f"Port {PROXY_PORT}", f"Listen {ADDRESS}", "Timeout 60", "MaxClients 500"]
    lines += [f"BasicAuth gateway {PASSWORD}", "DisableViaHeader Yes", "LogLevel Info"]
    path.write_text("\n".join(lines) + "\n")
    return Relay(PROXY_PORT, ["tinyproxy", "-d", "-c", str(path)])
