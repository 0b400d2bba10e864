"""What browsers are told about pages of other origins."""

import pytest

import bodies
import browser
import configurations
import processes
import wire

KEY = ("Authorization", f"Bearer {configurations.CLIENT_KEYS['all'][0]}")
APP = ("Origin", "https://app.example.com")
CHAT = f"/olla/openai{bodies.CHAT}"


@pytest.fixture(scope="session")
def guarded(simulator, keyed):
    browsed = browser.Browsed((configurations.ADDRESS, configurations.BROWSED_PORT))
    running = processes.Gateway(configurations.GUARDED)
    yield running
    running.stop()
    browsed.stop()


@pytest.fixture(scope="session")
def open_gateway(simulator):
    running = processes.Gateway(configurations.ANYONE)
    yield running
    running.stop()


def preflight(gateway, origin, method="POST", path=CHAT, headers="authorization,content-type"):
    fields = [("Origin", origin), ("Access-Control-Request-Method", method)]
    if headers:
        fields.append(("Access-Control-Request-Headers", headers))
    return wire.call(gateway.address, "OPTIONS", path, fields=fields)


def fields_of(response):
    """The fields that are for browsers, with what caches have to know."""
    names = ("access-control-", "vary")
    return sorted(field for field in response.fields if field[0].lower().startswith(names))


@pytest.mark.parametrize("origin", ["https://app.example.com", "https://a.b.apps.test"])
def test_a_preflight_needs_no_key(guarded, origin):
    response = preflight(guarded, origin)
    assert (response.status, response.body) == (200, b"")
    assert fields_of(response) == [
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Headers", "authorization,content-type"),
        ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Max-Age", "3600"),
        ("Vary", "Access-Control-Request-Headers"),
        ("Vary", "Origin"),
    ]


@pytest.mark.parametrize(
    "origin",
    ["https://app.example.com.evil.test", "http://app.example.com", "https://apps.test", "null"]
    + ["https://APP.example.com", "https://evil.test/.apps.test", ""],
)
def test_pages_of_other_origins_are_told_nothing(guarded, origin):
    response = preflight(guarded, origin)
    assert response.status == 403
    assert fields_of(response) == [("Vary", "Origin")]
    assert response.json["error"]["code"] == "origin_not_allowed"
    response = guarded.call("GET", "/v1/models", fields=[KEY, ("Origin", origin)])
    assert response.status == 200
    assert fields_of(response) == [("Vary", "Origin")]


def test_a_method_that_is_not_allowed_is_refused(guarded):
    response = preflight(guarded, APP[1], method="DELETE")
    assert response.status == 403
    assert response.json["error"]["code"] == "method_not_allowed"


def test_a_preflight_ends_no_connection_and_other_options_are_no_preflight(guarded):
    request = wire.build("OPTIONS", CHAT, [APP, ("Access-Control-Request-Method", "POST")])
    with guarded.connect() as connection:
        for _ in range(3):
            connection.send(request)
            assert connection.response("OPTIONS").status == 200
        connection.send(wire.build("OPTIONS", CHAT, [APP, KEY]))
        response = connection.response("OPTIONS")
        assert (response.status, response["Allow"]) == (405, "POST")
        connection.send(wire.build("OPTIONS", CHAT, [APP]))
        assert connection.response("OPTIONS").status == 401


KNOWN = [
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Allow-Origin", "https://app.example.com"),
    (
        "Access-Control-Expose-Headers",
        "X-Olla-Request-ID, X-Olla-Response-Time, X-Olla-Endpoint, X-Olla-Model, "
        "X-Olla-Backend-Type, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, "
        "X-RateLimit-Reset",
    ),
    ("Vary", "Origin"),
]


@pytest.mark.parametrize(
    "model, status",
    [("gpt-4o", 200), ("no-such-model", 404), ("sim-status-500", 500), ("sim-garbage", 502)],
)
def test_every_answer_to_a_known_origin_says_so(guarded, model, status):
    for stream in (False, True):
        body = bodies.chat(model, stream=stream)
        response = guarded.call("POST", bodies.CHAT, body, [APP, KEY])
        assert response.status == status
        assert fields_of(response) == KNOWN


def test_refusals_of_clients_say_so_too(guarded):
    response = guarded.call("POST", bodies.CHAT, bodies.chat("gpt-4o"), [APP])
    assert response.status == 401
    assert fields_of(response) == KNOWN
    assert fields_of(guarded.call("GET", "/v1/models", fields=[APP, KEY])) == KNOWN


def test_what_the_endpoint_tells_browsers_is_replaced(guarded):
    response = guarded.call("POST", bodies.CHAT, bodies.chat("browsed"), [APP, KEY])
    assert response.status == 200
    assert fields_of(response) == sorted([*KNOWN, ("Vary", "Accept-Encoding")])
    response = guarded.call("POST", bodies.CHAT, bodies.chat("browsed"), [KEY])
    assert fields_of(response) == [("Vary", "Accept-Encoding"), ("Vary", "Origin")]


def test_the_model_is_still_told_and_logged(guarded, marker):
    fields = [APP, KEY, ("X-Request-ID", marker)]
    response = guarded.call("POST", bodies.CHAT, bodies.chat("fast"), fields)
    assert (response["X-Olla-Model"], response["X-Olla-Request-ID"]) == ("fast", marker)
    line = processes.wait_until(lambda: guarded.access_lines(marker))[0]
    assert (line["model"], line["request_id"]) == ("fast", marker)


def test_everybody_is_told_the_same(open_gateway):
    exposed = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "X-Olla-Model"),
    ]
    for fields in ([APP], [("Origin", "null")], []):
        response = open_gateway.call("POST", bodies.CHAT, bodies.chat("gpt-4o"), fields)
        assert response.status == 200
        assert fields_of(response) == exposed
    response = preflight(open_gateway, "https://anywhere.test")
    assert response.status == 200
    assert fields_of(response) == [
        ("Access-Control-Allow-Headers", "Authorization, X-Team"),
        ("Access-Control-Allow-Methods", "GET, POST"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Max-Age", "300"),
    ]


def test_own_routes_are_for_no_page(open_gateway):
    for path in ("/healthz", "/internal/status"):
        response = wire.call(open_gateway.address, "GET", path, fields=[APP])
        assert response.status == 200
        assert fields_of(response) == []
    assert preflight(open_gateway, APP[1], path="/internal/status").status == 405


def test_without_cors_what_the_endpoint_says_passes(gateway):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("gpt-4o"), [APP])
    assert fields_of(response) == []
    assert preflight(gateway, APP[1]).status == 405
