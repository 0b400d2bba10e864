"""Streams: the same chunks, each as soon as it is there; clients that leave or dawdle."""

import asyncio
import itertools
import json
import statistics
import time

import openai
import pytest

import bodies
import processes
import wire

MESSAGES = [{"role": "user", "content": "What is the weather in London?"}]


def collect(stream):
    """All chunks as values, and when each came, in seconds after the first."""
    chunks, times = [], []
    for chunk in stream:
        chunks.append(chunk.model_dump())
        times.append(time.monotonic())
    return chunks, [moment - times[0] for moment in times]


@pytest.mark.parametrize(
    "more",
    [
        {"stream_options": {"include_usage": True}},
        {"n": 2},
        {"tools": [{"type": "function", "function": bodies.WEATHER}]},
        {"functions": [bodies.WEATHER]},
        {"response_format": {"type": "json_object"}},
    ],
    ids=["usage", "choices", "tools", "functions", "json"],
)
def test_streamed_chat_is_the_same(client, direct, more):
    def ask(api):
        return collect(
            api.chat.completions.create(model="sim-pace-2", messages=MESSAGES, stream=True, **more)
        )[0]

    through = ask(client)
    assert through == ask(direct)
    assert len(through) > 3


def test_streamed_completion_is_the_same(client, direct):
    def ask(api):
        return collect(
            api.completions.create(model="gpt-3.5-turbo-instruct", prompt="A haiku", stream=True)
        )[0]

    assert ask(client) == ask(direct)


def test_chunks_arrive_as_they_are_sent(client):
    started = time.monotonic()
    stream = client.chat.completions.create(model="sim-pace-40", messages=MESSAGES, stream=True)
    chunks, times = collect(stream)
    assert time.monotonic() - started - times[-1] < 0.5
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert 0.03 < statistics.median(gaps) < 0.12
    assert sum(gap < 0.01 for gap in gaps) <= len(gaps) // 4


def test_stream_bytes_are_the_same(gateway, simulator):
    body = bodies.chat("sim-pace-2", stream=True)
    through = gateway.call("POST", bodies.CHAT, body)
    plain = simulator.call("POST", bodies.CHAT, body)
    assert through.complete
    assert through.body == plain.body
    assert through["Content-Type"] == plain["Content-Type"]
    assert through["X-Accel-Buffering"] == "no"
    assert through.events[-1] == "[DONE]"


async def stream_text(api, number):
    """The text of one stream of the asynchronous client."""
    messages = [{"role": "user", "content": f"stream {number}"}]
    stream = await api.chat.completions.create(model="sim-pace-30", messages=messages, stream=True)
    return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])


async def stream_texts(url):
    async with openai.AsyncOpenAI(base_url=url, api_key="sk-client", max_retries=0) as api:
        return await asyncio.gather(*(stream_text(api, number) for number in range(64)))


@pytest.mark.limit(30)
def test_64_streams_at_once(gateway, simulator):
    texts = asyncio.run(stream_texts(gateway.url()))
    assert texts == asyncio.run(stream_texts(simulator.url))
    assert len(set(texts)) == 64


@pytest.mark.parametrize("chunks_before", [1, 3])
def test_client_that_leaves_is_noticed_at_the_endpoint(gateway, simulator, marker, chunks_before):
    body = bodies.chat_bytes("sim-pace-300", marker, stream=True)
    with gateway.connect() as connection:
        connection.send(wire.build("POST", f"/olla/openai{bodies.CHAT}", body=body))
        response = connection.head()
        for _ in range(chunks_before):
            connection.read_chunk(response)
        left = time.time() * 1000
    entry = processes.wait_until(
        lambda: next((e for e in simulator.requests(marker) if e["client_closed"]), None)
    )
    assert entry["closed_at"] - left < 100


def test_client_that_leaves_before_the_answer_is_noticed_at_the_endpoint(
    single_gateway, simulator, marker
):
    body = bodies.chat_bytes("sim-slow-4000", marker)
    with single_gateway.connect() as connection:
        connection.send(wire.build("POST", f"/olla/openai{bodies.CHAT}", body=body))
        processes.wait_until(lambda: simulator.requests(marker))
        left = time.time() * 1000
    entry = processes.wait_until(
        lambda: next((e for e in simulator.requests(marker) if e["client_closed"]), None)
    )
    assert entry["closed_at"] - left < 100


@pytest.mark.limit(40)
def test_slow_reader_of_a_big_answer_costs_no_memory(single_gateway, simulator):
    body = bodies.chat_bytes("sim-big-32000")
    expected = simulator.call("POST", bodies.CHAT, body=body)
    before = single_gateway.resident_bytes()
    with single_gateway.connect(receive_bytes=65536) as connection:
        connection.send(wire.build("POST", f"/olla/openai{bodies.CHAT}", body=body))
        response = connection.head()
        highest = before
        for _ in range(20):
            connection.fill(16384)
            time.sleep(0.05)
            highest = max(highest, single_gateway.resident_bytes())
        connection.read_body(response)
    assert response.complete
    assert response.body == expected.body
    assert highest - before < 4 << 20


@pytest.mark.limit(30)
def test_slow_reader_of_a_stream_gets_all_of_it(single_gateway, simulator):
    body = bodies.chat_bytes("sim-big-24000", stream=True)
    expected = simulator.call("POST", bodies.CHAT, body=body)
    before = single_gateway.resident_bytes()
    with single_gateway.connect(receive_bytes=65536) as connection:
        connection.send(wire.build("POST", f"/olla/openai{bodies.CHAT}", body=body))
        response = connection.head()
        time.sleep(1)
        highest = single_gateway.resident_bytes()
        connection.read_body(response)
    assert response.complete
    assert response.body == expected.body
    assert highest - before < 4 << 20


def test_error_event_of_the_endpoint_passes_unchanged(gateway, simulator):
    body = bodies.chat("sim-sse-error-2", stream=True)
    through = gateway.call("POST", bodies.CHAT, body)
    assert through.complete and through.status == 200
    assert through.body == simulator.call("POST", bodies.CHAT, body).body
    assert "error" in json.loads(through.events[-1])
