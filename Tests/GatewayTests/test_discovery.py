"""Models that endpoints tell of at run time: they come, change, stay through failures, and go."""

import concurrent.futures
import pathlib

import pytest

import bodies
import configurations
import lists
import processes

FOUND = (configurations.ADDRESS, configurations.FOUND_PORT)
OTHER = (configurations.ADDRESS, configurations.OTHER_PORT)


class Early(processes.Gateway):
    """A gateway that need not be ready."""

    def is_ready(self):
        try:
            return self.own("/healthz").status == 200
        except ConnectionRefusedError:
            assert self.process.poll() is None
            return False


@pytest.fixture(scope="session")
def built():
    """Outside the time of any test."""
    return processes.build(configurations.DISCOVERY)


@pytest.fixture
def endpoint():
    """Makes endpoints that end with the test."""
    running = []

    def make(address, *names):
        running.append(lists.ListEndpoint(address, names))
        return running[-1]

    yield make
    for endpoint in running:
        endpoint.stop()


@pytest.fixture
def found(endpoint):
    return endpoint(FOUND, "shared", "new-a")


@pytest.fixture
def other(endpoint):
    return endpoint(OTHER, "shared", "caf\u00e9 \"8b\"", "wild-b")


@pytest.fixture
def run(built, simulator):
    running = []

    def start(kind=processes.Gateway):
        running.append(kind(configurations.DISCOVERY))
        return running[-1]

    yield start
    for gateway in running:
        gateway.stop()


def listed(gateway):
    return [model["id"] for model in gateway.call("GET", "/v1/models").json["data"]]


def ask(gateway, model):
    return gateway.call("POST", bodies.CHAT, bodies.chat(model))


def served(gateway, model):
    """The status, and the endpoint's name."""
    response = ask(gateway, model)
    return response.status, response["X-Olla-Endpoint"]


def everywhere(condition):
    """Waits until it holds for forty connections in a row, which meet every worker."""
    processes.wait_until(lambda: all(condition() for _ in range(40)), 15)


def events(gateway, name):
    return [line for line in gateway.event_lines() if line["event"] == name]


def test_lists_are_there_when_the_gateway_is_ready(run, found, other):
    gateway = run()
    everywhere(
        lambda: listed(gateway)
        == ["gpt-4o", "shared", "new-a", "caf\u00e9 \"8b\"", "wild-b", "fast"]
    )
    assert served(gateway, "shared") == (200, "found")
    assert served(gateway, "caf\u00e9 \"8b\"") == (200, "other")
    assert served(gateway, "wild-b") == (200, "other")
    assert served(gateway, "wild-c") == (200, "listed")
    assert served(gateway, "fast") == (200, "found")
    assert served(gateway, "late") == (404, None)
    assert served(gateway, "nothing") == (404, None)
    assert {line["endpoint"]: line["added"] for line in events(gateway, "models_changed")} == {
        "found": 2,
        "other": 3,
    }


def test_question_has_the_path_and_the_credentials_of_its_endpoint(run, found, other):
    run()
    path, fields = found.asked[0]
    assert path == "/v1/models"
    assert fields["Authorization"] == f"Bearer {configurations.ENVIRONMENT['GATEWAY_TESTS_KEY']}"
    assert fields["Host"] == f"{FOUND[0]}:{FOUND[1]}"
    path, fields = other.asked[0]
    assert path == "/base/v1/models"
    assert "Authorization" not in fields


def test_one_model_is_shown(run, found, other):
    gateway = run()
    everywhere(lambda: "new-a" in listed(gateway))
    model = gateway.call("GET", "/v1/models/caf%C3%A9%20%228b%22").json
    assert model["id"] == model["root"] == "caf\u00e9 \"8b\""
    assert (model["object"], model["owned_by"], model["created"]) == ("model", "openai", 0)
    alias = gateway.call("GET", "/v1/models/fast").json
    assert (alias["id"], alias["root"]) == ("fast", "new-a")
    assert gateway.call("GET", "/v1/models/late").status == 404


@pytest.mark.limit(40)
def test_list_that_changes_is_followed(run, found, other):
    gateway = run()
    everywhere(lambda: served(gateway, "new-a") == (200, "found"))
    found.set("new-b", "shared", "bad\u0000name", "new-b")
    everywhere(lambda: served(gateway, "new-b") == (200, "found"))
    assert served(gateway, "new-a") == (404, None)
    assert served(gateway, "late") == (200, "found")
    assert served(gateway, "fast") == (200, "listed")
    line = events(gateway, "models_changed")[-1]
    counts = {name: line[name] for name in ("models", "added", "removed", "skipped")}
    assert counts == {"models": 2, "added": 1, "removed": 1, "skipped": 1}
    found.set()
    everywhere(lambda: served(gateway, "shared") == (200, "other"))
    assert listed(gateway) == ["gpt-4o", "shared", "caf\u00e9 \"8b\"", "wild-b", "fast"]


@pytest.mark.limit(60)
def test_endpoint_that_fails_keeps_its_list(run, found, other):
    gateway = run()
    everywhere(lambda: served(gateway, "new-a") == (200, "found"))
    found.set_answer(500, b"{}")
    processes.wait_until(lambda: events(gateway, "discovery_failed"))
    found.wait_for_questions(2)
    found.set_answer(200, b'{"data": [{"id": "half')
    found.wait_for_questions(2)
    assert served(gateway, "new-a") == (200, "found")
    lines = events(gateway, "discovery_failed")
    assert [(line["endpoint"], line["reason"], line["models_kept"]) for line in lines] == [
        ("found", "status_500", 2)
    ]
    found.set("new-a", "shared", "new-c")
    everywhere(lambda: served(gateway, "new-c") == (200, "found"))
    assert len(events(gateway, "discovery_recovered")) == 1


@pytest.mark.limit(40)
def test_endpoint_that_comes_up_later_is_found(run, found, endpoint):
    gateway = run()
    everywhere(lambda: listed(gateway) == ["gpt-4o", "shared", "new-a", "fast"])
    assert events(gateway, "discovery_failed")[0]["reason"] == "connect_failed"
    endpoint(OTHER, "new-d")
    everywhere(lambda: served(gateway, "new-d") == (200, "other"))


def test_answer_has_a_bound(run, found, other):
    found.set_answer(200, b'{"data": [' + b" " * (4 << 20) + b"]}")
    gateway = run()
    line = processes.wait_until(lambda: events(gateway, "discovery_failed"))[0]
    assert (line["endpoint"], line["reason"]) == ("found", "answer_too_large")


def test_until_all_were_asked_an_unknown_model_is_to_be_asked_for_again(run, found, other):
    found.gate.clear()
    gateway = run(Early)
    everywhere(lambda: served(gateway, "wild-b") == (200, "other"))
    assert gateway.own("/readyz").status == 503
    response = ask(gateway, "new-a")
    assert (response.status, response["Retry-After"]) == (503, "1")
    assert response.json["error"]["code"] == "models_not_known_yet"
    assert served(gateway, "gpt-4o") == (200, "listed")
    found.gate.set()
    everywhere(lambda: served(gateway, "new-a") == (200, "found"))
    assert gateway.own("/readyz").status == 200


def test_endpoint_that_never_answers_is_given_up(run, found, other):
    found.gate.clear()
    gateway = run(Early)
    everywhere(lambda: gateway.own("/readyz").status == 200)
    assert served(gateway, "new-a") == (404, None)
    assert events(gateway, "discovery_failed")[0]["reason"] == "header_timeout"


@pytest.mark.limit(60)
def test_requests_do_not_notice_lists_that_change(run, found, other):
    gateway = run()
    everywhere(lambda: served(gateway, "shared") == (200, "found"))
    rounds = 5

    def hammer():
        count = 0
        with gateway.connect() as connection:
            while len(events(gateway, "models_changed")) < 2 + rounds:
                connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes("shared")))
                assert connection.response().status == 200
                count += 1
        return count

    with concurrent.futures.ThreadPoolExecutor(4) as clients:
        running = [clients.submit(hammer) for _ in range(4)]
        for number in range(rounds):
            found.set("shared", *(f"model-{number}-{index}" for index in range(100)))
            found.wait_for_questions(2)
        assert all(client.result() > 0 for client in running)


@pytest.mark.limit(120)
def test_many_rounds_leave_nothing_behind(run, found, other):
    """Every list is another one, and of two thousand models."""
    gateway = run()
    before = 0
    for number in range(24):
        found.set(*(f"model-{number}-{index}" for index in range(2000)))
        name = f"model-{number}-1999"
        everywhere(lambda name=name: served(gateway, name) == (200, "found"))
        if number == 7:
            before = gateway.resident_bytes(), gateway.descriptor_count()
    assert gateway.resident_bytes() - before[0] < 2 << 20
    assert gateway.descriptor_count() <= before[1] + 8


def test_code_of_discovery_is_only_where_it_is_needed(built, small_gateway):
    words = [b"models_changed", b"discovery_recovered", b"not_a_model_list", b"answer_too_large"]
    plain = pathlib.Path(small_gateway.binary).read_bytes()
    assert all(word in built.read_bytes() for word in words)
    assert not any(word in plain for word in words)
