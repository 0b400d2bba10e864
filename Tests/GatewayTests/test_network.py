"""Addresses, names, proxies, credentials and threads."""

import base64
import threading
import time

import pytest

import bodies
import configurations
import wire

KEY = configurations.ENVIRONMENT["GATEWAY_TESTS_KEY"]


def exchange(gateway, method, target, fields=(), body=b"", host="127.0.0.1", source=None):
    """One exchange with the gateway at an address of its own and from an address of the test's."""
    with wire.Connection((host, gateway.port), source=source) as connection:
        connection.send(wire.build(method, target, fields, body))
        return connection.response(method)


def ask(gateway, model, content="Hello", fields=(), **options):
    fields = [bodies.JSON_TYPE, *fields]
    target = f"/olla/openai{bodies.CHAT}"
    return exchange(
        gateway, "POST", target, fields, bodies.chat_bytes(model, content), **options
    )


@pytest.mark.parametrize("host", ["::1", "127.0.0.1"])
def test_both_families_are_listened_to(network_gateway, simulator, marker, host):
    response = ask(network_gateway, "with-key", marker, host=host)
    assert response.status == 200
    assert simulator.request(marker)["X-Forwarded-For"] == host
    lines = network_gateway.access_lines
    wanted = response["X-Olla-Request-ID"]
    end = time.monotonic() + 2
    while not lines(wanted):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert lines(wanted)[0]["client"] == host


def test_endpoint_at_an_ipv6_address(network_gateway, echo):
    for _ in range(3):
        response = ask(network_gateway, "by-address")
        assert response.json == {"host": f"[::1]:{configurations.ECHO_PORT}", "at": "::1"}
        assert response["X-Olla-Endpoint"] == "six"


def test_endpoint_with_a_host_name(network_gateway, echo):
    for _ in range(3):
        response = ask(network_gateway, "by-name")
        assert response.json["host"] == f"localhost:{configurations.ECHO_PORT}"
        assert response.json["at"] in ("127.0.0.1", "::1")


def test_host_name_that_does_not_exist_is_told_in_time(network_gateway):
    started = time.monotonic()
    response = ask(network_gateway, "by-no-name")
    assert response.status == 502
    assert response.json["error"]["code"] == "endpoint_unreachable"
    assert response["X-Olla-Endpoint"] == "nowhere"
    assert b"nothing.invalid" not in response.body
    assert time.monotonic() - started < 3


def test_host_name_that_does_not_exist_is_passed_over(network_gateway):
    response = ask(network_gateway, "by-another-name")
    assert (response.status, response["X-Olla-Endpoint"]) == (200, "spare")


SAID = [
    ("X-Forwarded-For", "6.6.6.6"),
    ("X-Forwarded-For", "2001:db8::9"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Host", "api.example"),
]


@pytest.mark.parametrize("source", ["127.9.0.1", "127.9.255.255"])
def test_proxy_that_is_trusted_is_believed_and_added(network_gateway, simulator, marker, source):
    ask(network_gateway, "with-key", marker, SAID, source=source)
    request = simulator.request(marker)
    assert request["X-Forwarded-For"] == f"6.6.6.6, 2001:db8::9, {source}"
    assert request["X-Forwarded-Proto"] == "https"
    assert request["X-Forwarded-Host"] == "api.example"


@pytest.mark.parametrize("source", ["127.8.0.1", "127.10.0.0", None])
def test_proxy_that_is_not_trusted_is_not_believed(network_gateway, simulator, marker, source):
    ask(network_gateway, "with-key", marker, SAID, source=source)
    request = simulator.request(marker)
    assert request["X-Forwarded-For"] == (source or "127.0.0.1")
    assert request["X-Forwarded-Proto"] == "http"
    assert request["X-Forwarded-Host"] == "gateway.test"


def test_trusted_proxy_that_says_nothing(network_gateway, simulator, marker):
    ask(network_gateway, "with-key", marker, source="127.9.0.1")
    request = simulator.request(marker)
    assert request["X-Forwarded-For"] == "127.9.0.1"
    assert request["X-Forwarded-Proto"] == "http"


@pytest.mark.parametrize("path", ["/internal/status", "/internal/manifest", "/version"])
def test_own_routes_answer_those_who_are_allowed(network_gateway, path):
    def status(host="127.0.0.1", source=None):
        return exchange(network_gateway, "GET", path, host=host, source=source).status

    assert status(source="127.8.0.1") == 200
    assert status() == status(source="127.9.0.1") == status(host="::1") == 404
    assert exchange(network_gateway, "GET", "/healthz").status == 200


BASIC = base64.b64encode(f"gateway:{KEY}".encode()).decode()


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        ("with-token", "Authorization", f"Bearer {KEY}"),
        ("with-token-file", "Authorization", f"Bearer {configurations.SECRET_TEXT}"),
        ("with-password", "Authorization", f"Basic {BASIC}"),
        ("with-key", "X-Api-Key", KEY),
        ("with-key-file", "api-key", configurations.SECRET_TEXT),
    ],
)
def test_credentials_of_each_type(network_gateway, simulator, marker, model, name, value):
    client = [("Authorization", "Bearer sk-client"), ("X-Api-Key", "k1"), ("api-key", "k2")]
    response = ask(network_gateway, model, marker, client)
    assert response.status == 200
    assert KEY.encode() not in response.body
    request = simulator.request(marker)
    found = {name: request[name] for name, _ in client}
    assert found == {**dict.fromkeys(found), name: value}


@pytest.mark.parametrize("path", ["/v1/responses", "/v1/rerank"])
def test_further_routes_are_forwarded(network_gateway, simulator, marker, path):
    body = bodies.chat_bytes("with-key", marker)
    response = network_gateway.call("POST", path, fields=[bodies.JSON_TYPE], body=body)
    assert response["X-Olla-Endpoint"] == "key"
    assert simulator.request(marker).entry["path"] == path
    assert network_gateway.call("POST", f"{path}/x", body=body).status == 404


def test_paths_that_are_not_routes_are_refused(network_gateway):
    for path in ("/v1/files", "/v1/response", "/v1", "/v2/responses"):
        assert network_gateway.call("POST", path, bodies.chat("with-key")).status == 404


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_passthrough_forwards_every_path_and_method(single_gateway, simulator, marker, method):
    body = b"" if method in ("GET", "DELETE") else b"no JSON, " + marker.encode()
    path = f"/v1/files/abc?{marker}"
    response = single_gateway.call(method, path, body=body)
    assert response["X-Olla-Endpoint"] == "rest"
    request = simulator.request(marker)
    assert request.entry["method"] == method
    assert request.entry["path"] == "/v1/files/abc"
    assert request.body == body.decode()


def test_passthrough_follows_the_model_of_a_body(single_gateway, simulator, marker):
    body = bodies.chat_bytes("gpt-4o", marker)
    response = single_gateway.call("POST", "/v1/other", fields=[bodies.JSON_TYPE], body=body)
    assert response["X-Olla-Endpoint"] == "primary"
    assert response["X-Olla-Model"] == "gpt-4o"
    assert simulator.request(marker).body == body.decode()


@pytest.mark.parametrize(
    ("model", "status", "endpoint"),
    [("refused-once", 200, "second"), ("refused-twice", 503, "second"), ("failed", 500, "first")],
)
def test_statuses_to_retry_on(network_gateway, simulator, marker, model, status, endpoint):
    response = ask(network_gateway, model, marker)
    assert (response.status, response["X-Olla-Endpoint"]) == (status, endpoint)
    assert len(simulator.requests(marker)) == (1 if model == "failed" else 2)


def test_two_workers_share_the_clients(network_gateway):
    statuses = []

    def serve():
        with wire.Connection(("127.0.0.1", network_gateway.port)) as connection:
            for _ in range(5):
                body = bodies.chat_bytes("with-key")
                connection.send(bodies.request(bodies.CHAT, body))
                statuses.append(connection.response().status)

    threads = [threading.Thread(target=serve) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 160
    status = exchange(network_gateway, "GET", "/internal/status", source="127.8.0.1").json
    assert status["workers"] == 2
    assert status["requests"] >= 160
