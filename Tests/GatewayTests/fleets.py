"""Gateways with several endpoints for a model, and who of them gets what."""

import collections
import concurrent.futures

import wire
from configurations import ABSENT_PORT, ADDRESS, PRIMARY_PORT, UNLIMITED

# How long each takes, in milliseconds; all are the one simulator by different names.
PACES = {"fast": 10, "middle": 40, "slow": 160}


def yaml(balance, weights=(1, 1, 1)):
    """Three endpoints of unequal speed with `chat`; the same three and a dead one with `half`."""
    text = f"""\
# Endpoints of unequal speed.
server:
  workers: 2
  {UNLIMITED}
balance: {balance}
endpoints:
  - name: dead
    url: http://{ADDRESS}:{ABSENT_PORT}
    models: [half]
"""
    for (name, pace), weight in zip(PACES.items(), weights):
        text += f"""\
  - name: {name}
    url: http://{ADDRESS}:{PRIMARY_PORT}
    weight: {weight}
    models:
      - {{name: chat, upstream: sim-slow-{pace}}}
      - {{name: half, upstream: gpt-4o}}
      - quick
"""
    return text


def ask(connection, body, fields=()):
    """One request on a connection that stays open: the endpoint that answered it."""
    fields = [*fields, ("Content-Type", "application/json")]
    connection.send(wire.build("POST", "/olla/openai/v1/chat/completions", fields, body))
    response = connection.response()
    assert response.status == 200, response.body
    return response["X-Olla-Endpoint"]


def spread(gateway, body, count, clients):
    """How many of `count` requests each endpoint got, with so many clients at once."""

    def run(number):
        with gateway.connect() as connection:
            return [ask(connection, body) for _ in range(number, count, clients)]

    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        names = [name for part in pool.map(run, range(clients)) for name in part]
    return collections.Counter(names)
