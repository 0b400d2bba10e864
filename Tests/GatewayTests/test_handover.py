"""A new binary takes the port of the old one under load, and nobody notices."""

import asyncio
import json
import os
import signal
import subprocess
import tempfile

import pytest

import bodies
import configurations
import processes

REPLACEMENTS = 20
STREAMS = 200
MODEL = "sim-pace-60"


class Generation:
    """One of the binaries that follow each other at a port."""

    def __init__(self, binary, port):
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [binary],
            env={"INGOT_PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=self.output,
        )

    def events(self):
        size = os.fstat(self.output.fileno()).st_size
        text = os.pread(self.output.fileno(), size, 0).decode()
        return [json.loads(line) for line in text.splitlines()]

    def is_listening(self):
        assert self.process.poll() is None
        return bool(self.events())

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.output.close()


class Stream:
    """A connection of a client that streams again and again, and compares every byte."""

    def __init__(self, port, expected, keeps):
        self.port, self.expected, self.keeps = port, expected, keeps
        self.reader = self.writer = None

    async def run(self, is_over, tally):
        while not is_over():
            try:
                await asyncio.wait_for(self.once(), 60)
                tally["whole"] += 1
            except Exception as error:
                tally["lost"].append(repr(error))
                await self.close()
        await self.close()

    async def once(self):
        if not self.writer:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = bodies.chat_bytes(MODEL, stream=True)
        fields = [] if self.keeps else [("Connection", "close")]
        self.writer.write(bodies.request(bodies.CHAT, body, fields))
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200"), head
        received = b""
        while size := int(await self.reader.readline(), 16):
            received += (await self.reader.readexactly(size + 2))[:-2]
        while await self.reader.readline() != b"\r\n":
            pass
        assert received == self.expected, received
        if "connection: close" in head:
            await self.close()

    async def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


async def replace(binary, port, generations, tally):
    """Starts the next binary, ends the one before it when the next one listens."""
    for _ in range(REPLACEMENTS):
        generations.append(Generation(binary, port))
        while not generations[-1].is_listening():
            await asyncio.sleep(0.01)
        generations[-2].process.send_signal(signal.SIGTERM)
        before = tally["whole"]
        # The next replacement comes under load, and while the last ones still drain.
        while tally["whole"] < before + STREAMS // 4 and not tally["lost"]:
            await asyncio.sleep(0.01)


async def streams_under_replacement(binary, port, generations, expected):
    tally = {"whole": 0, "lost": []}
    ended = asyncio.Event()
    clients = [Stream(port, expected, keeps=number % 2 == 0) for number in range(STREAMS)]
    running = [asyncio.create_task(client.run(ended.is_set, tally)) for client in clients]
    try:
        await replace(binary, port, generations, tally)
    finally:
        ended.set()
        await asyncio.gather(*running)
    return tally


@pytest.mark.limit(400)
def test_20_replacements_under_200_streams_lose_nothing(simulator):
    binary = processes.build(configurations.HANDOVER)
    port = processes.free_port()
    expected = simulator.call(
        "POST", bodies.CHAT, body=bodies.chat_bytes(MODEL, stream=True)
    ).body
    generations = [Generation(binary, port)]
    try:
        processes.wait_until(generations[0].is_listening, 60)
        tally = asyncio.run(streams_under_replacement(binary, port, generations, expected))
        assert tally["lost"] == []
        assert tally["whole"] >= REPLACEMENTS * STREAMS // 4
        for generation in generations[:-1]:
            assert generation.process.wait(60) == 0
            last = generation.events()[-1]
            assert (last["event"], last["streams_cut"]) == ("stopped", 0)
    finally:
        for generation in generations:
            generation.stop()
