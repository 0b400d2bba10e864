"""How requests are spread over endpoints of unequal speed, each way with two workers."""

import json

import pytest

import fleets

pytestmark = pytest.mark.limit(1200)


def body(model, *messages):
    turns = [
        {"role": "assistant" if number % 2 else "user", "content": text}
        for number, text in enumerate(messages or ["hello"])
    ]
    return json.dumps({"model": model, "messages": turns}).encode()


def test_round_robin_gives_each_the_same(start):
    gateway = start(fleets.yaml("round_robin"))
    counts = fleets.spread(gateway, body("chat"), 120, clients=6)
    # Each worker's turns are exact.
    assert max(counts.values()) - min(counts.values()) <= 2, counts
    assert len(counts) == 3


def test_what_a_dead_endpoint_refuses_is_spread_over_the_others(start):
    gateway = start(fleets.yaml("round_robin"))
    counts = fleets.spread(gateway, body("half"), 600, clients=4)
    assert set(counts) == {"fast", "middle", "slow"}
    # A neighbour of the dead one would have 300.
    assert all(150 <= count <= 250 for count in counts.values()), counts


def test_weights_are_met(start):
    gateway = start(fleets.yaml("weighted", (3, 2, 1)))
    counts = fleets.spread(gateway, body("quick"), 300, clients=6)
    assert abs(counts["fast"] - 150) <= 6, counts
    assert abs(counts["middle"] - 100) <= 6, counts


def test_the_fewest_requests_under_way_make_the_quick_serve_more(start):
    gateway = start(fleets.yaml("least_requests"))
    counts = fleets.spread(gateway, body("chat"), 300, clients=12)
    assert counts["fast"] > counts["middle"] > counts["slow"], counts
    assert counts["fast"] > 2 * counts["slow"], counts
    status = gateway.own("/internal/status").json
    assert [endpoint["in_flight"] for endpoint in status["endpoints"]] == [0, 0, 0, 0]


def test_latency_leaves_the_slow_alone(start):
    gateway = start(fleets.yaml("latency"))
    fleets.spread(gateway, body("chat"), 20, clients=2)
    counts = fleets.spread(gateway, body("chat"), 200, clients=2)
    assert counts["slow"] < 20, counts


def test_sticky_requests_come_back(start):
    text = fleets.yaml("{by: sticky, header: X-Session-ID}")
    gateways = [start(text), start(text)]

    def home(gateway, request, *fields):
        with gateway.connect() as connection:
            return fleets.ask(connection, request, fields)

    for gateway in gateways:
        found = {}
        for session in range(24):
            field = ("x-session-id", f"session {session}")
            turns = [home(gateway, body("quick", f"turn {turn}"), field) for turn in range(4)]
            assert len(set(turns)) == 1, (session, turns)
            found[session] = turns[0]
        assert len(set(found.values())) == 3
        # Every gateway of this YAML agrees.
        assert found == {
            session: home(gateways[0], body("quick"), ("X-Session-ID", f"session {session}"))
            for session in found
        }


def test_a_conversation_is_known_by_its_beginning(start):
    gateway = start(fleets.yaml("{by: sticky, header: X-Session-ID}"))
    homes = set()
    for number in range(16):
        messages = [f"conversation {number}"]
        turns = set()
        with gateway.connect() as connection:
            for turn in range(4):
                turns.add(fleets.ask(connection, body("quick", *messages)))
                messages += [f"answer {turn}", f"question {turn}"]
        assert len(turns) == 1, number
        homes |= turns
    assert len(homes) == 3
