"""Clients and their keys: who is let in, to what, how often, and that keys go nowhere."""

import pathlib

import openai
import pytest

import bodies
import configurations
import processes
import wire

KEYS = configurations.CLIENT_KEYS
ALL, FEW, SLOW = KEYS["all"][0], KEYS["few"][0], KEYS["slow"][0]


@pytest.fixture(scope="session")
def guarded(simulator, keyed):
    running = processes.Gateway(configurations.GUARDED)
    yield running
    running.stop()


def bearer(key):
    return ("Authorization", f"Bearer {key}")


def chat(gateway, key, model="gpt-4o", marker="Hello", fields=()):
    fields = [*fields, bearer(key)]
    return gateway.call("POST", bodies.CHAT, bodies.chat(model, marker), fields)


def show(gateway, *fields):
    """What fields of a request for the list of models come to."""
    return gateway.call("GET", "/v1/models", fields=fields)


def test_nobody_comes_in_without_a_key(guarded):
    response = show(guarded)
    assert response.status == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response["X-Olla-Request-ID"]
    error = response.json["error"]
    assert (error["type"], error["code"]) == ("invalid_request_error", "invalid_api_key")
    assert "API key" in error["message"]
    assert guarded.call("POST", bodies.CHAT, bodies.chat("gpt-4o")).status == 401
    assert guarded.call("GET", "/v1/nothing-at-all").status == 401


@pytest.mark.parametrize(
    "value",
    ["Bearer wrong-canary", f"Basic {ALL}", ALL, "Bearer", "Bearer ", f"Bearer {ALL}x"]
    + [f"Bearer {ALL[:-1]}", f"Bearer {ALL} {ALL}", f"Bearer {ALL.upper()}", f"Bearer{ALL}"],
)
def test_what_is_no_key_lets_nobody_in(guarded, value):
    response = show(guarded, ("Authorization", value))
    assert response.status == 401
    assert response.json["error"]["code"] == "invalid_api_key"
    assert b"canary" not in response.body


@pytest.mark.parametrize(
    "field",
    [bearer(ALL), ("authorization", f"bEARER {ALL}"), ("Authorization", f"Bearer \t  {ALL}")]
    + [("X-Api-Key", ALL), ("api-key", ALL), bearer(KEYS["all"][1])],
)
def test_a_key_may_come_in_three_fields(guarded, field):
    assert show(guarded, field).status == 200


@pytest.mark.parametrize("key", KEYS["lengths"], ids=len)
def test_keys_of_every_length_are_found(guarded, key):
    assert show(guarded, bearer(key)).status == 200
    assert show(guarded, bearer(key + "x")).status == 401
    assert show(guarded, bearer(key[:-1])).status == 401


def test_keys_of_two_clients_leave_open_who_it_is(guarded):
    response = show(guarded, bearer(ALL), ("X-Api-Key", FEW))
    assert response.status == 401
    assert "more than one client" in response.json["error"]["message"]
    assert show(guarded, bearer(ALL), ("X-Api-Key", KEYS["all"][1])).status == 200


def test_a_key_that_is_nobodys_counts_for_nothing_beside_one_that_is(guarded):
    assert show(guarded, bearer("anything"), ("X-Api-Key", ALL)).status == 200
    assert show(guarded, ("Authorization", "Basic Zm9v"), ("api-key", ALL)).status == 200
    many = [("X-Api-Key", f"wrong-{number}") for number in range(40)]
    assert show(guarded, *many, bearer(ALL)).status == 401


def test_the_key_reaches_no_endpoint(guarded, simulator, keyed, marker):
    extra = [("X-Api-Key", ALL), ("api-key", ALL)]
    assert chat(guarded, ALL, "gpt-4o", marker, extra).status == 200
    request = simulator.request(marker)
    for name in ("Authorization", "X-Api-Key", "api-key"):
        assert request[name] is None
    assert "canary" not in str(request.entry)
    assert chat(guarded, ALL, "keyed-chat", marker, extra).status == 200
    request = keyed.request(marker)
    assert request["Authorization"] == "Bearer sk-canary-endpoint-key"
    assert request["X-Api-Key"] is None


def test_a_model_that_the_client_may_not_name_is_refused(guarded, simulator, marker):
    for model in ("whisper-1", "keyed-chat", "fast", "no-such-model"):
        response = chat(guarded, FEW, model, marker)
        assert response.status == 403
        error = response.json["error"]
        assert (error["code"], error["param"]) == ("model_not_found", "model")
        assert model in error["message"]
        assert response["X-Olla-Endpoint"] is None
    assert simulator.requests(marker) == []
    assert chat(guarded, FEW, "gpt-4o").status == 200
    assert chat(guarded, FEW, "sim-anything").status == 200
    assert chat(guarded, ALL, "fast").status == 200
    assert chat(guarded, ALL, "no-such-model").status == 404


def test_a_request_that_names_no_model_names_the_default(guarded, simulator, marker):
    # FEW may name it; the simulator itself knows no such path.
    path = f"/v1/files/{marker}"
    assert guarded.call("GET", path, fields=[bearer(FEW)])["X-Olla-Endpoint"] == "primary"
    fields = [bearer(FEW), ("Content-Type", "text/plain")]
    body = f"{marker} no JSON".encode()
    response = guarded.call("POST", "/v1/files", fields=fields, body=body)
    assert response["X-Olla-Model"] == "gpt-4o"
    assert len(simulator.requests(marker)) == 2


def test_clients_see_the_models_that_they_may_name(guarded):
    listed = [model["id"] for model in show(guarded, bearer(ALL)).json["data"]]
    assert listed == ["gpt-4o", "whisper-1", "keyed-chat", "browsed", "fast"]
    response = show(guarded, bearer(FEW))
    assert response.json["object"] == "list"
    assert [model["id"] for model in response.json["data"]] == ["gpt-4o", "browsed"]
    whole = {model["id"]: model for model in show(guarded, bearer(ALL)).json["data"]}
    assert response.json["data"] == [whole["gpt-4o"], whole["browsed"]]
    for name, status in (("gpt-4o", 200), ("whisper-1", 404), ("fast", 404)):
        fields = [bearer(FEW)]
        assert guarded.call("GET", f"/v1/models/{name}", fields=fields).status == status
        assert guarded.call("GET", f"/v1/models/{name}", fields=[bearer(ALL)]).status == 200


def test_a_route_that_the_client_may_not_call_is_refused(guarded):
    for path in ("/v1/embeddings", "/v1/nothing", "/v1/chat/completions/"):
        response = guarded.call("POST", path, bodies.chat("gpt-4o"), [bearer(FEW)])
        assert response.status == 403
        assert response.json["error"]["code"] == "insufficient_permissions"
    body = {"model": "gpt-4o", "input": "Hello"}
    assert guarded.call("POST", "/v1/embeddings", body, [bearer(ALL)]).status == 200


def test_a_client_past_its_limit_is_refused_and_no_other(guarded):
    keys = (KEYS["slow"] * 3)[:6]
    responses = [show(guarded, bearer(key)) for key in keys]
    assert [response.status for response in responses] == [200] * 3 + [429] * 3
    refused = responses[-1]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert (refused["X-RateLimit-Limit"], refused["X-RateLimit-Remaining"]) == ("3", "0")
    assert refused.json["error"]["code"] == "rate_limit_exceeded"
    assert show(guarded, bearer(ALL)).status == 200


def test_own_routes_ask_for_no_key(guarded):
    for path in ("/healthz", "/readyz", "/internal/status", "/internal/metrics", "/version"):
        assert guarded.own(path).status == 200


@pytest.mark.limit(60)
def test_keys_are_tried_no_more_often_than_an_address_may_ask(guarded):
    request = wire.build("GET", "/olla/openai/v1/models", [bearer("guess")])
    statuses = []
    with wire.Connection(guarded.address, source="127.5.0.9") as connection:
        for _ in range(11):
            connection.send(request * 100)
            statuses += [connection.response("GET").status for _ in range(100)]
        assert set(statuses) == {401, 429}
        assert statuses.count(401) >= 1000
        # Now the right key does not help either, from that address.
        connection.send(wire.build("GET", "/olla/openai/v1/models", [bearer(ALL)]))
    assert show(guarded, bearer(ALL)).status == 200


def test_a_body_without_a_key_is_not_waited_for(guarded):
    fields = [("Content-Length", "50000"), ("Expect", "100-continue"), bodies.JSON_TYPE]
    with guarded.connect() as connection:
        connection.send(wire.build("POST", f"/olla/openai{bodies.CHAT}", fields))
        response = connection.response()
        assert (response.status, response.interim) == (401, [])
        assert response["Connection"] == "close"


def test_the_official_client_works_with_its_key(guarded):
    client = openai.OpenAI(base_url=guarded.url(), api_key=FEW, max_retries=0, timeout=15)
    assert [model.id for model in client.models.list()] == ["gpt-4o", "browsed"]
    messages = [{"role": "user", "content": "Hello"}]
    stream = client.chat.completions.create(model="gpt-4o", messages=messages, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        client.chat.completions.create(model="whisper-1", messages=messages)
    assert caught.value.code == "model_not_found"
    stranger = client.with_options(api_key="sk-stranger")
    with pytest.raises(openai.AuthenticationError) as caught:
        stranger.models.list()
    assert caught.value.code == "invalid_api_key"


def test_log_and_metrics_name_the_client_and_never_its_key(guarded, marker):
    assert chat(guarded, FEW, fields=[("X-Request-ID", marker)]).status == 200
    line = processes.wait_until(lambda: guarded.access_lines(marker))[0]
    assert (line["client"], line["client_name"]) == ("127.0.0.1", "few")
    fields = [("X-Request-ID", f"{marker}-stranger"), bearer("canary-of-nobody")]
    assert show(guarded, *fields).status == 401
    line = processes.wait_until(lambda: guarded.access_lines(f"{marker}-stranger"))[0]
    assert "client_name" not in line
    assert (line["status"], line["outcome"], line["route"]) == (401, "own", "/v1/models")
    metrics = guarded.own("/internal/metrics").body.decode()
    counts = dict(line.rsplit(" ", 1) for line in metrics.splitlines() if line[0] != "#")
    assert int(counts['ingot_client_requests_total{client="few"}']) > 0
    assert int(counts["ingot_unauthorized_total"]) > 0
    manifest = guarded.own("/internal/manifest")
    clients = {client["name"]: client for client in manifest.json["clients"]}
    assert (clients["all"]["keys"], clients["all"]["models"]) == (2, None)
    assert clients["few"]["routes"][0] == "/v1/chat/completions"
    texts = [metrics, manifest.body.decode(), guarded.own("/internal/status").body.decode()]
    texts += [guarded.text(guarded.output), guarded.text(guarded.errors)]
    binary = pathlib.Path(guarded.binary).read_bytes()
    for key in [*(key for keys in KEYS.values() for key in keys), "canary-of-nobody"]:
        assert not any(key in text for text in texts)
        assert key.encode() not in binary


def test_gateways_without_clients_have_no_code_for_them(guarded, small_gateway):
    words = (b"invalid_api_key", b"Access-Control-Allow-Origin", b"origin_not_allowed")
    plain = pathlib.Path(small_gateway.binary).read_bytes()
    for word in words:
        assert word in pathlib.Path(guarded.binary).read_bytes()
        assert word not in plain
