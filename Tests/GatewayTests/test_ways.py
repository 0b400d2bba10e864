"""One suite over every way to an endpoint: what clients see does not tell which one it was."""

import json
import signal
import subprocess
import time

import pytest

import bodies
import configurations
import processes
import ways
import wire


def relay(start):
    @pytest.fixture(scope="module")
    def running(simulator):
        process = start()
        yield process
        process.stop()

    return running


def start_secure():
    ways.make_certificate()
    return ways.http2_server(ways.SECURE_PORT, str(ways.KEY), str(ways.CERTIFICATE))


clear_server = relay(lambda: ways.http2_server(ways.CLEAR_PORT))
secure_server = relay(start_secure)
proxy = relay(ways.egress_proxy)


@pytest.fixture(scope="module")
def relays(clear_server, secure_server, proxy):
    """All that lies on the ways."""


@pytest.fixture(scope="module")
def gateway(relays):
    running = processes.Gateway(ways.YAML, ways.ENVIRONMENT)
    yield running
    running.stop()


every_way = pytest.mark.parametrize("way", ways.WAYS)
plain_way = pytest.mark.parametrize("way", ways.PLAIN_WAYS)


def ask(gateway, way, model="gpt-4o", fields=(), **more):
    body = bodies.chat_bytes(f"{way}.{model}", **more)
    return gateway.call("POST", bodies.CHAT, fields=[bodies.JSON_TYPE, *fields], body=body)


def plain(simulator, model="gpt-4o", **more):
    return simulator.call("POST", bodies.CHAT, bodies.chat(model, **more))


@every_way
def test_answer_is_the_same(gateway, simulator, way):
    for _ in range(3):
        through = ask(gateway, way)
        assert through.status == 200
        assert through.body == plain(simulator).body
        assert through["Content-Length"] == str(len(through.body))
        assert through["X-Olla-Endpoint"] == way
        assert through["X-Olla-Model"] == f"{way}.gpt-4o"
        assert through["X-Olla-Backend-Type"] == "openai"
        assert through["X-Simulator"] == "primary"
        assert through["X-Ratelimit-Remaining-Requests"] == "199"


@every_way
def test_stream_is_the_same_and_comes_as_it_is_sent(gateway, simulator, way):
    expected = plain(simulator, "sim-pace-40", stream=True)
    through = ask(gateway, way, "sim-pace-40", stream=True)
    assert through.complete
    assert through.body == expected.body
    assert through["Content-Type"] == expected["Content-Type"]
    assert through["X-Accel-Buffering"] == "no"
    assert through.trailer("X-Olla-Response-Time")
    assert through.arrivals[-1] - through.arrivals[0] > 0.5 * (
        expected.arrivals[-1] - expected.arrivals[0]
    )


@every_way
@pytest.mark.parametrize("model", ["sim-100", "sim-trailers", "sim-until-close", "sim-204"])
def test_odd_answers_pass(gateway, simulator, way, model):
    through = ask(gateway, way, model)
    expected = plain(simulator, model)
    assert (through.status, through.body) == (expected.status, expected.body)
    assert through.complete and not through.interim


@every_way
def test_fields_for_one_connection_and_of_the_gateway_do_not_pass(gateway, way):
    through = ask(gateway, way, "sim-olla-headers")
    assert through.status == 200
    assert through["X-Olla-Endpoint"] == way
    assert through["Keep-Alive"] is None


@pytest.mark.parametrize("way", ["native", "direct", "proxied"])
def test_endpoint_that_closes_behind_its_answer_does_not_harm_the_next(gateway, way):
    for _ in range(4):
        assert ask(gateway, way, "sim-close-after").status == 200


def received(gateway, simulator, marker, way, method="POST"):
    """A request with odd fields, as the endpoint gets it."""
    fields = [("X-Empty", ""), ("X-Twice", "1"), ("X-Twice", "2"), ("User-Agent", "tests")]
    body = bodies.chat_bytes(f"{way}.gpt-4o", marker)
    request = wire.build(method, f"/olla/openai{bodies.CHAT}?q=%20{marker}", fields, body)
    with gateway.connect() as connection:
        connection.send(request)
        assert connection.response().status == 200
    return simulator.request(marker)


def test_request_at_the_endpoint_is_the_same(gateway, simulator, marker):
    native = received(gateway, simulator, f"{marker}-n", "native").entry
    direct = received(gateway, simulator, f"{marker}-d", "direct").entry
    changing = {"x-request-id", "content-length"}

    def kept(entry):
        fields = [[name.lower(), value] for name, value in entry["fields"]]
        return sorted(field for field in fields if field[0] not in changing)

    assert kept(direct) == kept(native)
    assert direct["path"].replace("-d", "") == native["path"].replace("-n", "")


@every_way
@pytest.mark.parametrize("status", [400, 429])
def test_error_gains_its_context(gateway, simulator, way, status):
    through = ask(gateway, way, f"sim-status-{status}")
    expected = plain(simulator, f"sim-status-{status}")
    assert through.status == status
    context = through.json["olla_context"]
    assert context["endpoint"] == way
    assert {**expected.json, "olla_context": context} == through.json
    assert through["Retry-After"] == expected["Retry-After"]


@every_way
def test_page_of_an_error_passes_unchanged(gateway, simulator, way):
    assert ask(gateway, way, "sim-html-500").body == plain(simulator, "sim-html-500").body


def check_own_error(response, status, endpoint):
    assert response.status == status, response.body
    assert response.json["olla_context"]["endpoint"] == endpoint
    assert configurations.ADDRESS.encode() not in response.body
    assert ways.PASSWORD.encode() not in response.body


@plain_way
@pytest.mark.parametrize("model", ["sim-garbage", "sim-garbage-head", "sim-early-close"])
def test_answer_that_is_none(gateway, way, model):
    check_own_error(ask(gateway, way, model), 502, way)


@every_way
@pytest.mark.parametrize("model", ["sim-break-3", "sim-reset-3", "sim-stall-3", "sim-bad-chunk-3"])
def test_stream_that_breaks_ends_with_an_error_event(gateway, way, model):
    response = ask(gateway, way, model, stream=True)
    assert response.status == 200
    assert not response.complete
    assert "[DONE]" not in response.events
    assert json.loads(response.events[-1])["olla_context"]["endpoint"] == way


@every_way
def test_plain_answer_that_breaks_does_not_look_complete(gateway, way):
    response = ask(gateway, way, "sim-break-1")
    assert response.status == 502 or not response.complete


@pytest.mark.limit(40)
@every_way
def test_head_that_does_not_come_in_time(gateway, way):
    started = time.monotonic()
    check_own_error(ask(gateway, way, "sim-slow-20000"), 504, way)
    assert 9 < time.monotonic() - started < 18


# While tinyproxy waits for an answer's head, it does not look at who asked for it.
LEAVING = [(way, "sim-pace-300") for way in ways.WAYS]
LEAVING += [(way, "sim-slow-4000") for way in ways.WAYS if way != "proxied"]


@pytest.mark.parametrize(("way", "model"), LEAVING)
def test_client_that_leaves_is_noticed_at_the_endpoint(gateway, simulator, marker, way, model):
    body = bodies.chat_bytes(f"{way}.{model}", marker, stream=True)
    with gateway.connect() as connection:
        connection.send(bodies.request(bodies.CHAT, body))
        processes.wait_until(lambda: simulator.requests(marker))
        if model == "sim-pace-300":
            connection.read_chunk(connection.head())
        left = time.time() * 1000
    entry = processes.wait_until(
        lambda: next((e for e in simulator.requests(marker) if e["client_closed"]), None)
    )
    assert entry["closed_at"] - left < 1500


@pytest.mark.limit(60)
@every_way
def test_slow_reader_costs_no_memory_and_holds_up_nobody(gateway, simulator, way):
    expected = plain(simulator, "sim-big-12000").body
    ask(gateway, way)
    before = gateway.resident_bytes()
    with gateway.connect(receive_bytes=65536, timeout=40) as connection:
        connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes(f"{way}.sim-big-12000")))
        response = connection.head()
        for _ in range(10):
            connection.fill(16384)
            assert ask(gateway, way, "sim-pace-2", stream=True).complete
        assert gateway.resident_bytes() - before < 6 << 20
        connection.read_body(response)
    assert response.complete
    assert response.body == expected


@pytest.mark.limit(60)
@every_way
@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_upload_of_3_megabytes(gateway, simulator, way, framing):
    name = f"{way}.whisper-1".encode()
    file = ("file", "a.wav", bytes(range(256)) * 12288)
    body, kind = bodies.form([("model", None, name), file])
    path, fields, sent = "/v1/audio/transcriptions", [kind], body
    if framing == "chunked":
        fields, sent = [kind, ("Transfer-Encoding", "chunked")], wire.chunked(body, 60_000)
    through = gateway.call("POST", path, fields=fields, body=sent)
    assert through.status == 200
    body, kind = bodies.form([("model", None, b"whisper-1"), file])
    assert through.body == simulator.call("POST", path, fields=[kind], body=body).body


@every_way
@pytest.mark.parametrize("size", [1, 60_000, 70_000, 900_000])
def test_body_arrives_whole(gateway, simulator, marker, way, size):
    body = bodies.chat_bytes(f"{way}.gpt-4o", marker + "x" * size)
    response = gateway.call("POST", bodies.CHAT, fields=[bodies.JSON_TYPE], body=body)
    assert response.status == 200
    plain_body = body.replace(f"{way}.".encode(), b"")
    assert simulator.request(marker).entry["body_bytes"] == len(plain_body)


@every_way
def test_64_exchanges_at_once(gateway, simulator, way):
    expected = plain(simulator, "sim-pace-2", stream=True).body
    request = bodies.request(bodies.CHAT, bodies.chat_bytes(f"{way}.sim-pace-2", stream=True))
    connections = [gateway.connect() for _ in range(64)]
    for connection in connections:
        connection.send(request)
    for connection in connections:
        assert connection.response().body == expected
        connection.close()


@every_way
def test_descriptors_do_not_grow(gateway, way):
    for _ in range(3):
        ask(gateway, way)
    before = gateway.descriptor_count()
    for _ in range(30):
        assert ask(gateway, way).status == 200
        ask(gateway, way, "sim-break-3", stream=True)
    processes.wait_until(lambda: gateway.descriptor_count() <= before + 4)


def test_endpoints_that_cannot_be_reached_are_passed_over(gateway):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("spared"))
    assert (response.status, response["X-Olla-Endpoint"]) == (200, "spare")


@pytest.mark.parametrize("way", [way for way in ways.WAYS if way != "native"])
def test_status_to_be_tried_again_is_passed_on_where_nobody_is_left(gateway, way):
    assert ask(gateway, way, "sim-status-503").status == 503


def test_certificate_has_to_have_the_name_that_is_asked_for(gateway):
    assert gateway.call("POST", bodies.CHAT, bodies.chat("renamed")).status == 200
    response = gateway.call("POST", bodies.CHAT, bodies.chat("misnamed"))
    check_own_error(response, 502, "misnamed")
    assert response.json["error"]["code"] == "endpoint_tls"
    lines = processes.wait_until(
        lambda: [line for line in gateway.event_lines() if line["event"] == "tls_failed"]
    )
    assert {line["endpoint"] for line in lines} == {"misnamed"}


def test_proxy_that_refuses_is_told(gateway):
    response = gateway.call("POST", bodies.CHAT, bodies.chat("unlocked"))
    check_own_error(response, 502, "unlocked")
    assert response.json["error"]["code"] == "proxy_refused"


def test_name_that_is_unknown_is_told(gateway, marker):
    fields = [("X-Request-ID", marker)]
    response = gateway.call("POST", bodies.CHAT, bodies.chat("lost"), fields)
    check_own_error(response, 502, "lost")
    line = processes.wait_until(lambda: gateway.access_lines(marker))[0]
    assert line["failure"] == "unknown_name"


@every_way
def test_exchange_is_one_line(gateway, way, marker):
    ask(gateway, way, fields=[("X-Request-ID", marker)])
    lines = processes.wait_until(lambda: gateway.access_lines(marker))
    assert len(lines) == 1
    assert (lines[0]["endpoint"], lines[0]["outcome"]) == (way, "complete")
    assert "failure" not in lines[0]


def test_the_password_of_the_proxy_is_written_nowhere(gateway):
    ask(gateway, "tunnelled")
    gateway.call("POST", bodies.CHAT, bodies.chat("unlocked"))
    manifest = gateway.own("/internal/manifest").body
    told = gateway.text(gateway.output) + gateway.text(gateway.errors) + manifest.decode()
    told += gateway.own("/internal/status").body.decode()
    assert "tunnelled" in told
    for secret in (ways.PASSWORD, ways.ENVIRONMENT["GATEWAY_TESTS_KEY"], "canary"):
        assert secret not in told
    assert b"canary" not in gateway.binary.read_bytes()


def test_models_are_discovered_on_these_ways_as_well(gateway, simulator):
    listed = {entry["id"] for entry in simulator.call("GET", "/v1/models").json["data"]}
    processes.wait_until(
        lambda: listed <= {m["id"] for m in gateway.call("GET", "/v1/models").json["data"]}
    )
    response = gateway.call("POST", bodies.CHAT, bodies.chat(sorted(listed)[0]))
    assert response["X-Olla-Endpoint"] == "told"


def libraries(binary):
    return subprocess.run(["ldd", binary], capture_output=True, text=True, check=True).stdout


def test_only_a_gateway_that_needs_it_links_libcurl(gateway):
    assert "libcurl" in libraries(gateway.binary)
    main = processes.build(configurations.MAIN)
    assert "libcurl" not in libraries(main)
    assert b"curl_multi" not in main.read_bytes()


def test_drain_lets_streams_on_every_way_run_on(relays):
    gateway = processes.Gateway(ways.YAML, ways.ENVIRONMENT)
    connections = {way: gateway.connect() for way in ways.WAYS}
    answers = {}
    for way, connection in connections.items():
        body = bodies.chat_bytes(f"{way}.sim-pace-40", stream=True)
        connection.send(bodies.request(bodies.CHAT, body))
        answers[way] = connection.head()
    gateway.signal(signal.SIGTERM)
    for way, connection in connections.items():
        connection.read_body(answers[way])
        assert answers[way].complete, way
        connection.close()
    assert gateway.process.wait(10) == 0
    gateway.stop()
