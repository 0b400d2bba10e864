"""Random faults under load, and what is left of them."""

import contextlib
import random
import socket
import threading
import time

import wire

MODES = ["ok", "ok", "ok", 500, 503, 429, "hang", "close", "reset", "garbage", "cut", "drip"]
ROUTE = "/olla/openai/v1/chat/completions"


class Storm:
    """Clients that ask and leave as they like, while endpoints fail and recover."""

    def __init__(self, gateway, endpoints, seed, clients=8):
        self.gateway = gateway
        self.endpoints = endpoints
        self.ends = 0
        self.statuses = {}
        self.wrong = []
        self.guard = threading.Lock()
        self.threads = [
            threading.Thread(target=self.ask, args=(random.Random(seed + number),))
            for number in range(clients)
        ]
        self.threads.append(threading.Thread(target=self.fail, args=(random.Random(seed - 1),)))

    def run(self, seconds):
        self.ends = time.monotonic() + seconds
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join()
        for endpoint in self.endpoints:
            endpoint.mode = "ok"
            endpoint.release()
            if endpoint.listener is None:
                endpoint.listen()

    def fail(self, choose):
        """Has an endpoint fail in another way, twenty times a second."""
        while time.monotonic() < self.ends:
            endpoint = choose.choice(self.endpoints)
            endpoint.mode = choose.choice(MODES)
            action = choose.random()
            if action < 0.1:
                endpoint.drop()
            elif action < 0.15 and endpoint.listener:
                endpoint.refuse()
            elif endpoint.listener is None:
                with contextlib.suppress(OSError):
                    endpoint.listen()
            if action > 0.8:
                endpoint.release()
            time.sleep(0.05)

    def ask(self, choose):
        while time.monotonic() < self.ends:
            with contextlib.suppress(wire.Closed), self.gateway.connect(timeout=30) as client:
                for _ in range(choose.randrange(1, 20)):
                    if not self.exchange(choose, client) or time.monotonic() > self.ends:
                        break

    def exchange(self, choose, client):
        """One request, or a part of one; False where the connection ends with it."""
        stream = choose.choice(["true", "false"])
        text = "x" * choose.choice([1, 100, 20_000])
        body = f'{{"model":"{choose.choice(["pair", "lone"])}","stream":{stream},"a":"{text}"}}'
        data = wire.build("POST", ROUTE, [("Content-Type", "application/json")], body.encode())
        way = choose.random()
        if way < 0.05:
            client.send(data[: choose.randrange(1, len(data))])
            return False
        client.send(data)
        if way < 0.15:
            client.socket.settimeout(choose.random() / 10)
            with contextlib.suppress(socket.timeout):
                client.fill(100)
            return False
        response = client.response()
        self.count(response)
        return response.complete and response["Connection"] != "close"

    def count(self, response):
        with self.guard:
            self.statuses[response.status] = self.statuses.get(response.status, 0) + 1
            if response.status not in (200, 429, 500, 502, 503, 504):
                self.wrong.append(response)
            elif response.status != 200 and (
                not response.complete or "olla_context" not in response.json
            ):
                self.wrong.append(response)
            elif response["X-Olla-Request-ID"] is None:
                self.wrong.append(response)


def settled(gateway):
    """What of the gateway has to come back to where it was."""
    status = gateway.own("/internal/status").json
    return status["connections"], status["in_flight"], gateway.descriptor_count()
