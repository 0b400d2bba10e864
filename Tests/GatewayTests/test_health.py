"""Endpoints that are checked, ejected, put behind breakers, and that come back."""

import itertools
import pathlib
import ssl
import threading

import pytest

import certificates
import configurations
import faulty
import processes
import wire
from faulty import chat, count

HOST, PORTS = configurations.ADDRESS, configurations.FAULTY_PORTS
FOLDER = pathlib.Path(configurations.HEALTH_FOLDER)


@pytest.fixture(scope="module")
def context(folder):
    """What the https endpoint shows."""
    FOLDER.mkdir(exist_ok=True)
    authority = certificates.Authority(FOLDER)
    authority.sign("endpoint", "DNS:endpoint.test")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "endpoint.pem", FOLDER / "endpoint.key")
    return context


@pytest.fixture(scope="module")
def fleet(context):
    """All endpoints: `fleet[2]` speaks TLS."""
    endpoints = [
        faulty.Faulty(HOST, port, context if number == 2 else None)
        for number, port in enumerate(PORTS)
    ]
    yield endpoints
    for endpoint in endpoints:
        endpoint.stop()


@pytest.fixture
def endpoints(fleet):
    """The endpoints, as they should be and with nothing behind them."""
    for endpoint in fleet:
        endpoint.release()
        endpoint.mode, endpoint.check = "ok", "ok"
        if endpoint.listener is None:
            endpoint.listen()
        endpoint.requests.clear()
        endpoint.checks.clear()
    fleet[1].check = 204
    return fleet


def module_gateway(yaml):
    @pytest.fixture(scope="module")
    def gateway(fleet, folder):
        running = processes.Gateway(yaml)
        yield running
        running.stop()

    return gateway


healthy = module_gateway(configurations.HEALTHY)
breaking = module_gateway(configurations.BREAKING)


def standing(gateway, name):
    endpoints = gateway.own("/internal/status").json["endpoints"]
    return next(endpoint for endpoint in endpoints if endpoint["name"] == name)


def await_standing(gateway, name, word):
    return processes.wait_until(
        lambda: (found := standing(gateway, name))["standing"] == word and found, 60)


def events(gateway, name, since=0):
    """What was told of an endpoint, oldest first."""
    return [line for line in gateway.event_lines()[since:] if line.get("endpoint") == name]


def words(gateway, name, since=0):
    return [line["event"] for line in events(gateway, name, since)]


@pytest.fixture
def checked(healthy, endpoints):
    """A gateway whose endpoints are all fit, and the number of its events so far."""
    for name in ("first", "second", "guarded", "wide", "twin"):
        await_standing(healthy, name, "serving")
    healthy.since = len(healthy.event_lines())
    return healthy


@pytest.mark.limit(120)
class TestChecks:
    def test_checks_are_gets_with_the_endpoints_credentials(self, checked, endpoints):
        processes.wait_until(lambda: len(endpoints[0].checks) > 5 and endpoints[1].checks, 60)
        target, fields = next(seen for seen in endpoints[0].checks if seen[0] == "/health")
        assert fields["authorization"] == "Bearer sk-canary-endpoint-key"
        assert endpoints[1].checks[0][0] == "/base/ready?deep=1"
        # Its own check and that of the twin at the same url.
        assert {seen[0] for seen in endpoints[0].checks} == {"/health", "/v1/models"}
        assert not endpoints[3].checks

    @pytest.mark.parametrize("way", [503, 404, "hang", "close", "reset", "garbage", "refuse"])
    def test_an_endpoint_that_fails_its_checks_is_out_until_they_go_well(
        self, checked, endpoints, way
    ):
        reasons = {
            503: "status_503", 404: "status_404", "hang": "header_timeout",
            "close": "closed_early", "reset": "closed_early", "garbage": "malformed_answer",
            "refuse": "connect_failed",
        }
        assert count(checked, "pair", 10) == {(200, "first"): 10}
        if way == "refuse":
            endpoints[0].refuse()
        else:
            endpoints[0].check = way
        out = await_standing(checked, "first", "out")
        assert [reason["reason"] for reason in out["reasons"]] == ["unhealthy"]
        assert out["reasons"][0]["detail"] == reasons[way]
        assert count(checked, "pair", 20) == {(200, "second"): 20}
        endpoints[0].check = "ok"
        endpoints[0].release()
        if way == "refuse":
            endpoints[0].listen()
        assert "reasons" not in await_standing(checked, "first", "serving")
        assert count(checked, "pair", 10) == {(200, "first"): 10}
        told = events(checked, "first", checked.since)
        assert [line["event"] for line in told] == ["endpoint_unhealthy", "endpoint_healthy"]
        assert told[0]["reason"] == reasons[way]
        assert checked.own("/readyz").status == 200

    def test_a_check_that_is_refused_is_told_and_takes_nothing_out(self, checked, endpoints):
        endpoints[0].check = 401
        processes.wait_until(lambda: standing(checked, "first")["check"] == "status_401", 60)
        seen = len(endpoints[0].checks)
        processes.wait_until(lambda: len(endpoints[0].checks) > seen + 12, 60)
        assert standing(checked, "first")["standing"] == "serving"
        assert count(checked, "pair", 10) == {(200, "first"): 10}
        told = events(checked, "first", checked.since)
        assert [(line["event"], line["reason"]) for line in told] == [
            ("health_check_refused", "status_401")]

    def test_an_endpoint_that_fails_now_and_then_stays(self, checked, endpoints):
        endpoints[1].check = itertools.cycle([503, 503, 204])
        processes.wait_until(lambda: len(endpoints[1].checks) > 20, 60)
        endpoints[1].check = 204
        assert words(checked, "second", checked.since) == []

    def test_only_what_is_expected_is_good(self, checked, endpoints):
        endpoints[1].check = 200
        out = await_standing(checked, "second", "out")
        assert out["reasons"][0]["detail"] == "status_200"
        endpoints[1].check = 204
        await_standing(checked, "second", "serving")

    @pytest.mark.parametrize("name", ["guarded", "wide"])
    def test_checks_go_over_every_carrier(self, checked, endpoints, name):
        assert chat(checked, "guarded").status == 200
        endpoints[2].check = 500
        assert await_standing(checked, name, "out")["reasons"][0]["detail"] == "status_500"
        endpoints[2].check = "ok"
        await_standing(checked, name, "serving")

    def test_all_are_asked_in_their_order_when_all_are_out(self, checked, endpoints):
        endpoints[0].check = endpoints[1].check = 503
        await_standing(checked, "first", "out")
        await_standing(checked, "second", "out")
        assert count(checked, "pair", 10) == {(200, "first"): 10}
        endpoints[0].refuse()
        assert count(checked, "pair", 10) == {(200, "second"): 10}
        endpoints[1].refuse()
        assert chat(checked, "pair").json["error"]["code"] == "endpoint_unreachable"

    def test_checks_leave_nothing_behind(self, checked, endpoints):
        def settled():
            return checked.descriptor_count()

        before = settled()
        for way in (503, "hang", "reset", "garbage", "ok"):
            endpoints[0].check = way
            seen = len(endpoints[0].checks)
            processes.wait_until(lambda: len(endpoints[0].checks) > seen + 8, 60)
        await_standing(checked, "first", "serving")
        processes.wait_until(lambda: settled() <= before + 3, 60)


def fail(gateway, endpoint, model, number, mode=500):
    endpoint.mode = mode
    answers = [chat(gateway, model, stream=mode == "cut") for _ in range(number)]
    endpoint.mode = "ok"
    return answers


FATES = [500, 503, "close", "reset", "garbage", "cut", "hang", 400, 404, 429, 408, 501]


@pytest.fixture(scope="module")
def ejected(folder):
    """Endpoints of which each test has its own."""
    endpoints = [faulty.Faulty(HOST, port) for port in configurations.EJECTED_PORTS]
    yield endpoints
    for endpoint in endpoints:
        endpoint.stop()


@pytest.mark.limit(120)
class TestEjection:
    @pytest.mark.parametrize("number", range(7), ids=lambda number: str(FATES[number]))
    def test_failures_in_a_row_eject_an_endpoint(self, checked, endpoints, ejected, number):
        pair, lone, name = f"pair-{number}", f"lone-{number}", f"first-{number}"
        assert count(checked, pair, 3) == {(200, name): 3}
        fail(checked, ejected[number], lone, 3, FATES[number])
        assert standing(checked, name)["standing"] == "serving"
        fail(checked, ejected[number], lone, 1, FATES[number])
        out = standing(checked, name)
        assert [reason["reason"] for reason in out["reasons"]] == ["ejected"]
        assert count(checked, pair, 5) == {(200, "second"): 5}
        # A model's only endpoint is never passed over for it.
        ejected[number].release()
        assert count(checked, lone, 3) == {(200, name): 3}
        told = events(checked, name)[0]
        assert told["event"] == "endpoint_ejected" and told["for_ms"] == 10_000
        assert told["reason"] == "consecutive_failures"

    @pytest.mark.parametrize("number", range(7, 12), ids=lambda number: str(FATES[number]))
    def test_what_is_the_clients_own_ejects_nobody(self, checked, endpoints, ejected, number):
        fail(checked, ejected[number], f"lone-{number}", 12, FATES[number])
        assert standing(checked, f"first-{number}")["standing"] == "serving"

    def test_clients_that_leave_eject_nobody(self, checked, endpoints, ejected):
        endpoint = ejected[12]
        endpoint.mode = "hang"
        body = b'{"model":"lone-12"}'
        head = b"POST /olla/openai/v1/chat/completions HTTP/1.1\r\nHost: a\r\n"
        for number in range(12):
            seen = len(endpoint.requests)
            with checked.connect() as client:
                if number % 2:
                    # Less of the body than was promised.
                    client.send(head + b"Content-Length: 99\r\n\r\n" + body)
                    continue
                client.send(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
                processes.wait_until(lambda: len(endpoint.requests) > seen, 60)
        endpoint.mode = "ok"
        endpoint.release()
        assert standing(checked, "first-12")["standing"] == "serving"
        assert count(checked, "lone-12", 3) == {(200, "first-12"): 3}

    def test_no_more_than_the_share_is_passed_over(self, checked, endpoints, ejected):
        for number in (14, 15):
            fail(checked, ejected[number], f"lone-{number}", 4)
            assert standing(checked, f"first-{number}")["standing"] == "out"
        answered = count(checked, "both", 10)
        assert sum(answered.values()) == 10 and all(status == 200 for status, _ in answered)

    def test_it_comes_back_by_itself_and_goes_for_longer_the_next_time(
        self, checked, endpoints, ejected
    ):
        fail(checked, ejected[13], "lone-13", 4)
        processes.wait_until(
            lambda: chat(checked, "pair-13")["X-Olla-Endpoint"] == "first-13", 60)
        await_standing(checked, "first-13", "serving")
        fail(checked, ejected[13], "lone-13", 4)
        told = events(checked, "first-13")
        assert [line["event"] for line in told] == [
            "endpoint_ejected", "endpoint_returned", "endpoint_ejected"]
        assert [line.get("for_ms") for line in told] == [10_000, None, 20_000]


@pytest.mark.limit(120)
class TestBreaker:
    @pytest.fixture
    def gateway(self, breaking, endpoints):
        def is_closed():
            return chat(breaking, "lone").status == 200 and all(
                standing(breaking, name)["standing"] == "serving" for name in ("first", "second"))

        processes.wait_until(is_closed, 60, 0.1)
        breaking.since = len(breaking.event_lines())
        return breaking

    def test_an_open_breaker_means_the_next_endpoint_and_503_where_there_is_none(
        self, gateway, endpoints
    ):
        fail(gateway, endpoints[0], "lone", 4)
        endpoints[0].requests.clear()
        assert count(gateway, "pair", 10) == {(200, "second"): 10}
        answer = chat(gateway, "lone")
        assert answer.status == 503 and answer["Retry-After"] == "5"
        assert answer.json["error"]["code"] == "no_healthy_endpoint"
        assert answer["X-Olla-Endpoint"] is None and not endpoints[0].requests
        out = standing(gateway, "first")
        assert [reason["reason"] for reason in out["reasons"]] == ["breaker_open"]

    def test_so_many_try_it_at_once_and_it_closes(self, gateway, endpoints):
        fail(gateway, endpoints[0], "lone", 4)
        endpoints[0].mode = "hang"
        endpoints[0].requests.clear()
        answers = []
        threads = []

        def ask():
            answers.append(chat(gateway, "lone").status)

        def is_full():
            threads.append(threading.Thread(target=ask))
            threads[-1].start()
            return len(endpoints[0].requests) >= 2

        processes.wait_until(is_full, 60, 0.1)
        for _ in range(10):
            assert chat(gateway, "lone").status == 503
        assert len(endpoints[0].requests) == 2
        endpoints[0].mode = "ok"
        endpoints[0].release()
        for thread in threads:
            thread.join()
        assert answers.count(200) == 2
        assert standing(gateway, "first")["standing"] == "serving"
        assert words(gateway, "first", gateway.since) == [
            "breaker_open", "breaker_half_open", "breaker_closed"]

    def test_a_trial_that_fails_opens_it_again(self, gateway, endpoints):
        fail(gateway, endpoints[0], "lone", 4)
        endpoints[0].mode = 500
        processes.wait_until(lambda: chat(gateway, "lone").status == 500, 60, 0.05)
        assert chat(gateway, "lone").status == 503
        told = events(gateway, "first", gateway.since)
        assert [line["event"] for line in told] == [
            "breaker_open", "breaker_half_open", "breaker_open"]
        assert told[2]["reason"] == "trial_failed"

    def test_clients_that_leave_give_their_trials_back(self, gateway, endpoints):
        fail(gateway, endpoints[0], "lone", 4)
        endpoints[0].mode = "hang"
        endpoints[0].requests.clear()

        def leave():
            with gateway.connect() as client:
                body = b'{"model":"lone"}'
                client.send(
                    wire.build("POST", "/olla/openai/v1/chat/completions", [], body))
                client.socket.settimeout(0.2)
                try:
                    client.fill()
                except TimeoutError:
                    pass
            return len(endpoints[0].requests) >= 6

        processes.wait_until(leave, 60, 0.05)
        endpoints[0].mode = "ok"
        endpoints[0].release()
        processes.wait_until(lambda: standing(gateway, "first")["standing"] == "serving"
                             or not chat(gateway, "lone"), 60, 0.05)
