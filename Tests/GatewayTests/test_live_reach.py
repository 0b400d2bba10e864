"""`ingot check --live` over TLS and through proxies: what is wrong is told in words."""

import contextlib
import socket
import ssl
import threading

import certificates
import configurations
import pytest
import ways
from test_live import KEY, Run, models, reply, server

HOSTS = "DNS:localhost,IP:127.0.0.1"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    authority = certificates.Authority(tmp_path_factory.mktemp("authority"))
    authority.sign("good", HOSTS)
    authority.sign("soon", HOSTS, days=5)
    authority.sign("past", HOSTS, days=-1)
    authority.sign("other", "DNS:api.test")
    authority.sign("client", "DNS:gateway.test")
    authority.sign_itself("alone", HOSTS)
    return authority


@contextlib.contextmanager
def secure(authority, name, answer=None, settle=lambda context: None):
    """An endpoint with the certificate `name`; `settle` changes what it speaks."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.folder / f"{name}.pem", authority.folder / f"{name}.key")
    settle(context)
    with server(answer or reply(models("m")), context) as port:
        yield port


def ask(tmp_path, port, *lines, host="127.0.0.1", environment=None):
    yaml = ["endpoints:", "  - name: a", f"    url: https://{host}:{port}", *lines, ""]
    environment = {"LIVE_KEY": KEY, **(environment or {})}
    return Run(tmp_path, "\n".join(yaml), "--format", "json", environment=environment)


def trusted(authority, *more):
    return "    tls: {" + ", ".join([f"ca: {authority.file}", *more]) + "}"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_private_authority_is_trusted_where_the_yaml_names_it(tmp_path, authority, host):
    with secure(authority, "good") as port:
        run = ask(tmp_path, port, trusted(authority), "    models: [m]", host=host)
    assert run.status == 0, run.output
    entry = run.endpoint()
    assert entry["url"] == f"https://{host}:{port}/v1/models"
    assert entry["tls"] == "TLSv1.3"
    assert entry["certificate_days"] in (29, 30)
    assert entry["remarks"] == []


def test_a_certificate_near_its_end_is_warned_of(tmp_path, authority):
    with secure(authority, "soon") as port:
        run = ask(tmp_path, port, trusted(authority))
    assert run.status == 0
    (remark,) = run.endpoint()["remarks"]
    assert remark["severity"] == "warning"
    assert remark["message"] in (f"the certificate expires in {days} days" for days in (4, 5))


BAD = {
    "past": "the certificate is not valid: it has expired",
    "other": "the certificate is not valid: it is for another name",
    "alone": "the certificate is not valid: it is signed by itself alone",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_certificate_is_told_by_what_is_wrong(tmp_path, authority, name):
    heads = []

    def answer(_, head):
        heads.append(head)

    with secure(authority, name, answer) as port:
        run = ask(tmp_path, port, trusted(authority))
    assert run.status == 1
    assert run.message().startswith(BAD[name])
    assert run.endpoint()["status"] is None
    assert heads == [], "credentials were sent to whom they are not for"


def test_an_authority_that_the_machine_does_not_know_is_refused(tmp_path, authority):
    with secure(authority, "good") as port:
        run = ask(tmp_path, port)
        named = ask(tmp_path, port, environment={"SSL_CERT_FILE": str(authority.file)})
    assert run.status == 1
    assert run.message() == (
        "the certificate is not valid: its issuer is unknown, or the chain is not complete"
    )
    assert named.status == 0


def test_a_pinned_authority_is_the_only_one(tmp_path, authority):
    """What the machine trusts besides does not count where the YAML names its authorities."""
    other = certificates.Authority(tmp_path)
    with secure(authority, "good") as port:
        run = ask(
            tmp_path, port, trusted(other), environment={"SSL_CERT_FILE": str(authority.file)}
        )
    assert run.status == 1
    assert "issuer is unknown" in run.message()


def test_another_name_is_asked_for_and_checked(tmp_path, authority):
    names = []

    def settle(context):
        context.sni_callback = lambda _, name, __: names.append(name)

    with secure(authority, "other", settle=settle) as port:
        run = ask(tmp_path, port, trusted(authority, "server_name: api.test"))
    assert run.status == 0, run.output
    assert names == ["api.test"]
    assert run.endpoint()["address"] == f"127.0.0.1:{port}"


def test_without_verification_the_facts_are_still_told(tmp_path, authority):
    with secure(authority, "past") as port:
        run = ask(tmp_path, port, "    tls: {verify: false}")
    assert run.status == 0
    assert run.endpoint()["certificate_days"] == -1 or run.endpoint()["certificate_days"] == -2
    assert run.message() == "the certificate has expired"


def test_versions_that_do_not_meet(tmp_path, authority):
    def settle(context):
        context.maximum_version = ssl.TLSVersion.TLSv1_2

    with secure(authority, "good", settle=settle) as port:
        run = ask(tmp_path, port, trusted(authority, 'min_version: "1.3"'))
        older = ask(tmp_path, port, trusted(authority))
    assert run.status == 1
    assert run.message().startswith("TLS is not agreed on: ")
    assert older.endpoint()["tls"] == "TLSv1.2"


def test_a_server_without_tls(tmp_path, authority):
    with socket.create_server(("127.0.0.1", 0)) as silent, plain_server() as port:
        plain = ask(tmp_path, port)
        yaml = f"endpoints: [{{name: a, url: 'https://127.0.0.1:{silent.getsockname()[1]}'}}]"
        run = Run(tmp_path, yaml, "--format", "json", "--timeout", "1s")
    assert plain.message().startswith("TLS is not agreed on: ")
    assert run.message() == "TLS is not agreed on within 1s"


@contextlib.contextmanager
def plain_server():
    """One that answers the first bytes of anything with an error in HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


def test_the_gateways_own_certificate_is_shown(tmp_path, authority):
    def settle(context):
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(authority.file)

    folder = authority.folder
    identity = (
        f'client_certificate: "${{file:{folder}/client.pem}}"',
        'client_key: "${CLIENT_KEY}"',
    )
    key = (folder / "client.key").read_text()
    with secure(authority, "good", settle=settle) as port:
        run = ask(
            tmp_path, port, trusted(authority, *identity), environment={"CLIENT_KEY": key}
        )
        unknown = ask(tmp_path, port, trusted(authority))
        unfit = ask(
            tmp_path, port, trusted(authority, *identity), environment={"CLIENT_KEY": KEY}
        )
        absent = ask(tmp_path, port, trusted(authority, *identity))
    assert run.status == 0, run.output
    assert unknown.status == 1
    assert unfit.message() == "the client certificate or its key is not usable"
    assert "environment variable CLIENT_KEY is not set (endpoint 'a')" in absent.errors
    assert key.splitlines()[1] not in run.output + run.errors + unfit.output


@contextlib.contextmanager
def proxy(status=200):
    """An HTTP proxy that connects to whatever CONNECT names, and the heads that it was sent."""
    heads = []

    def answer(connection, head):
        heads.append(head.decode())
        if status != 200:
            connection.sendall(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())
            return
        host, port = head.split(b" ")[1].rsplit(b":", 1)
        with socket.create_connection((host.decode(), int(port))) as endpoint:
            connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=copy, args=(endpoint, connection))
            back.start()
            copy(connection, endpoint)
            back.join()

    with server(answer) as port:
        yield port, heads


def copy(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


PROXY = '    proxy: "http://me:${PROXY_PASSWORD}@127.0.0.1:%d"'
PASSWORD = {"PROXY_PASSWORD": "canary-password"}


def test_a_proxy_is_gone_through_with_its_own_credentials(tmp_path, authority):
    heads = []

    def answer(connection, head):
        heads.append(head.decode())
        reply(models("m"))(connection, head)

    token = '    auth: {type: bearer, token: "${LIVE_KEY}"}'
    with secure(authority, "good", answer) as port, proxy() as (way, asked):
        lines = (trusted(authority), PROXY % way, token)
        run = ask(tmp_path, port, *lines, environment=PASSWORD)
        direct = ask(tmp_path, port, trusted(authority), token)
        named = {"https_proxy": f"http://127.0.0.1:{way}"}
        lines = (trusted(authority), "    proxy: environment", token)
        by_name = ask(tmp_path, port, *lines, environment=named)
        around = ask(tmp_path, port, *lines, environment={**named, "NO_PROXY": "127.0.0.1"})
    assert [run.status, direct.status, by_name.status, around.status] == [0, 0, 0, 0]
    assert len(asked) == 2
    assert asked[0].startswith(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic " in asked[0]
    assert KEY not in asked[0]
    assert len(heads) == 4
    assert all(f"Authorization: Bearer {KEY}\r\n" in head for head in heads)
    assert "Proxy-Authorization" not in heads[0]


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (407, "the proxy wants other credentials"),
        (403, "the proxy refuses to connect: status 403"),
    ],
)
def test_a_proxy_that_refuses(tmp_path, status, message):
    with proxy(status) as (way, _):
        run = ask(tmp_path, 1, PROXY % way, environment=PASSWORD)
    assert run.status == 1
    assert run.message() == message


def test_a_proxy_out_of_reach(tmp_path):
    run = ask(tmp_path, 1, PROXY % 1, environment=PASSWORD)
    assert run.message() == "no connection: Connection refused"
    yaml = "    proxy: http://nothing.invalid:3128"
    assert ask(tmp_path, 1, yaml).message() == "the name of the proxy is not found"


@pytest.mark.parametrize("is_secure", [False, True], ids=["clear", "secure"])
def test_an_endpoint_of_http2_is_asked_in_http2(tmp_path, authority, simulator, marker, is_secure):
    files = [str(authority.folder / f"good.{end}") for end in ("key", "pem")] if is_secure else []
    relay = ways.http2_server(ways.LIVE_PORT, *files)
    try:
        port, host = ways.LIVE_PORT, configurations.ADDRESS
        lines = ['    http_version: "2"', f"    headers: {{X-Mark: {marker}}}"]
        lines += ["    models: [gpt-4o, gpt-4oo]"]
        if is_secure:
            lines.append(trusted(authority, "server_name: localhost"))
        scheme = "https" if is_secure else "http"
        yaml = "\n".join(["endpoints:", "  - name: a", f"    url: {scheme}://{host}:{port}", *lines])
        run = Run(tmp_path, yaml + "\n", "--format", "json")
    finally:
        relay.stop()
    request = simulator.request(marker)
    # What nghttpx writes of the version that it was asked in.
    assert request["Via"] == "2 nghttpx"
    assert (run.status, run.endpoint()["status"]) == (1, 200)
    assert "gpt-4oo" in run.output


def test_discovered_models_are_listed_and_none_is_demanded(tmp_path):
    with server(reply(models("m", "n"))) as port:
        yaml = f"endpoints: [{{name: a, url: 'http://127.0.0.1:{port}', models: discover}}]"
        run = Run(tmp_path, yaml)
    assert run.status == 0
    assert "  models    2, none is configured\n" in run.output
