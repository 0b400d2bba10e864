"""Header fields on the way to the endpoint and back."""

import re

import pytest

import bodies
import configurations
import wire

CLIENT_KEY = ("Authorization", "Bearer sk-client")


@pytest.fixture
def forwarded(gateway, simulator, marker):
    """Sends a request with the given fields and returns it as the endpoint saw it."""

    def send(*fields):
        body = bodies.chat_bytes("gpt-4o", marker)
        fields = [bodies.JSON_TYPE, *fields]
        response = gateway.call("POST", bodies.CHAT, fields=fields, body=body)
        assert response.status == 200
        return simulator.request(marker), response

    return send


def test_credentials_of_the_client_are_forwarded(forwarded):
    request, _ = forwarded(CLIENT_KEY, ("X-Api-Key", "k1"), ("api-key", "k2"))
    assert request["Authorization"] == "Bearer sk-client"
    assert request["X-Api-Key"] == "k1"
    assert request["api-key"] == "k2"


def test_credentials_of_the_endpoint_replace_them(gateway, keyed, marker):
    fields = [CLIENT_KEY, ("X-Api-Key", "k1"), ("api-key", "k2"), ("X-Team", "spies")]
    body = bodies.chat("keyed-chat", marker)
    assert gateway.call("POST", bodies.CHAT, body, fields).status == 200
    request = keyed.request(marker)
    assert request["Authorization"] == "Bearer sk-canary-endpoint-key"
    assert request["X-Api-Key"] is None
    assert request["api-key"] is None
    assert request["OpenAI-Project"] == "canary-project"
    assert request["OpenAI-Organization"] == configurations.SECRET_TEXT
    assert request["X-Team"] == "castings"


def test_host_is_the_endpoints(forwarded):
    request, _ = forwarded()
    assert request["Host"] == f"{configurations.ADDRESS}:{configurations.PRIMARY_PORT}"


def test_other_fields_are_forwarded_as_they_are(forwarded):
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    request, _ = forwarded(
        ("User-Agent", "tester/1"),
        ("traceparent", trace),
        ("OpenAI-Beta", "assistants=v2"),
        ("X-Custom", "a, b;  c"),
        ("Accept", "text/event-stream"),
    )
    assert request["Content-Type"] == "application/json"
    assert request["User-Agent"] == "tester/1"
    assert request["traceparent"] == trace
    assert request["OpenAI-Beta"] == "assistants=v2"
    assert request["X-Custom"] == "a, b;  c"
    assert request["Accept"] == "text/event-stream"


@pytest.mark.parametrize(
    "name",
    [
        "Cookie",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Upgrade",
        "X-Olla-Endpoint",
        "X-Olla-Anything",
        "x-olla-request-id",
    ],
)
def test_field_that_never_reaches_the_endpoint(forwarded, name):
    request, response = forwarded((name, "canary-field"))
    assert request[name] is None
    assert all("canary-field" not in value for _, value in response.fields)


def test_fields_that_connection_names_are_dropped(forwarded):
    request, _ = forwarded(
        ("Connection", "keep-alive, X-Private"), ("x-private", "1"), ("X-Public", "2")
    )
    assert request["X-Private"] is None
    assert request["X-Public"] == "2"
    assert "private" not in (request["Connection"] or "").lower()


def test_connection_cannot_name_what_the_request_needs(forwarded):
    request, _ = forwarded(("Connection", "Content-Length, Host, Authorization"), CLIENT_KEY)
    assert request["Content-Length"]
    assert request["Host"]


def test_forwarded_fields_are_the_gateways_own(forwarded):
    request, _ = forwarded(
        ("X-Forwarded-For", "6.6.6.6"),
        ("X-Forwarded-Proto", "gopher"),
        ("X-Forwarded-Host", "evil.test"),
    )
    assert request["X-Forwarded-For"] == "127.0.0.1"
    assert request["X-Forwarded-Proto"] == "http"
    assert request["X-Forwarded-Host"] == "gateway.test"
    assert request["Via"] == "1.1 ingot"


def test_query_is_passed_on_as_it_came(gateway, simulator, marker):
    target = f"{bodies.CHAT}?a=1&b=%2F..%2f&c=%C3%BC&{marker}&d=?&&=+"
    gateway.call("POST", target, bodies.chat("gpt-4o"))
    assert simulator.request(marker).entry["query"] == target.split("?", 1)[1]


def test_request_id_of_the_client_is_kept(forwarded):
    request, response = forwarded(("X-Request-ID", "req_" + "a" * 124))
    assert request["X-Request-ID"] == "req_" + "a" * 124
    assert response["X-Olla-Request-ID"] == "req_" + "a" * 124


@pytest.mark.parametrize("value", ["a" * 129, "a b", "caf\xe9", ""])
def test_request_id_that_is_not_fit_is_replaced(forwarded, value):
    request, response = forwarded(("X-Request-ID", value))
    identifier = response["X-Olla-Request-ID"]
    assert identifier != value
    assert re.fullmatch(r"[!-~]{1,128}", identifier)
    assert request["X-Request-ID"] == identifier


def test_request_ids_differ(gateway):
    found = {gateway.own("/healthz")["X-Olla-Request-ID"] for _ in range(50)}
    assert len(found) == 50


ROUTES = [
    (bodies.CHAT, bodies.chat("gpt-4o")),
    ("/v1/completions", {"model": "gpt-3.5-turbo-instruct", "prompt": "a"}),
    ("/v1/embeddings", {"model": "text-embedding-3-small", "input": "a"}),
    ("/v1/images/generations", {"model": "dall-e-3", "prompt": "a"}),
    ("/v1/moderations", {"model": "omni-moderation-latest", "input": "a"}),
]


@pytest.mark.parametrize(("path", "body"), ROUTES, ids=[path for path, _ in ROUTES])
def test_response_fields(gateway, simulator, path, body):
    response = gateway.call("POST", path, body)
    assert response["X-Olla-Endpoint"] == "primary"
    assert response["X-Olla-Model"] == body["model"]
    assert response["X-Olla-Backend-Type"] == "openai"
    assert re.fullmatch(r"[!-~]{1,128}", response["X-Olla-Request-ID"])
    assert re.fullmatch(r"\d+\.\d{3}ms", response["X-Olla-Response-Time"])
    assert response["X-Simulator"] == "primary"
    assert response["X-Ratelimit-Remaining-Requests"] == "199"
    plain = simulator.call("POST", path, body)
    assert response.body == plain.body
    assert response["Content-Type"] == plain["Content-Type"]
    assert response["Content-Length"] == plain["Content-Length"]


def test_response_fields_of_a_form(gateway):
    body, kind = bodies.form([("model", None, b"whisper-1"), ("file", "a.wav", b"RIFF")])
    response = gateway.call("POST", "/v1/audio/translations", fields=[kind], body=body)
    assert response["X-Olla-Endpoint"] == "primary"
    assert response["X-Olla-Model"] == "whisper-1"


def test_response_fields_of_an_endpoint_behind_a_socket_file(gateway, secondary, marker):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("local-small", marker))
    assert response["X-Olla-Endpoint"] == "secondary"
    assert response["X-Olla-Backend-Type"] == "openai"
    assert secondary.request(marker)["Host"]


def test_fields_of_the_endpoint_that_are_not_its_to_send_are_dropped(gateway):
    body = bodies.chat_bytes("sim-olla-headers")
    with gateway.connect() as connection:
        connection.send(bodies.request(bodies.CHAT, body))
        response = connection.response()
        assert response["X-Olla-Endpoint"] == "primary"
        assert response["X-Olla-Model"] == "sim-olla-headers"
        assert response["X-Olla-Backend-Type"] == "openai"
        assert "forged" not in response["X-Olla-Request-ID"]
        assert len(response.all("X-Olla-Response-Time")) == 1
        assert response["X-Hop"] is None
        assert "max=100" not in (response["Keep-Alive"] or "")
        assert response["Set-Cookie"] == "session=canary"
        connection.send(wire.build("GET", "/olla/openai/v1/models"))
        assert connection.response("GET").status == 200
