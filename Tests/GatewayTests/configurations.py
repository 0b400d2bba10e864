"""The YAMLs that gateways are cast from: few, since each is a build.

The endpoints' addresses are compiled in, so they are fixed: ports of a loopback address that
nothing else uses, and one socket file. Another address is taken from GATEWAY_TESTS_ADDRESS.
"""

import hashlib
import os

ADDRESS = os.environ.get("GATEWAY_TESTS_ADDRESS", "127.71.0.1")
PRIMARY_PORT, KEYED_PORT, ABSENT_PORT = 18101, 18102, 18109
FOUND_PORT, OTHER_PORT = 18103, 18104
# One port at two addresses of loopback, where only one run of the tests can be.
ECHO_PORT = 18300 + int(ADDRESS.split(".")[1])
# What the endpoints of `RESOLVED` listen at, at several addresses.
NAMED_PORT = 18600 + int(ADDRESS.split(".")[1])
# The name servers that `RESOLVED` asks, in their order; nobody answers at the first.
SILENT_NAMES_PORT, NAMES_PORT = 18120, 18121
FOLDER = f"/tmp/ingot-gateway-tests-{ADDRESS}"
SOCKET = f"{FOLDER}/secondary.sock"
SECRET_FILE = f"{FOLDER}/organisation"

MODELS = [
    "gpt-4o",
    "gpt-3.5-turbo",
    "gpt-3.5-turbo-instruct",
    "text-embedding-3-small",
    "dall-e-3",
    "whisper-1",
    "omni-moderation-latest",
]

# What the gateways are started with; the canaries must turn up nowhere but at the endpoint.
ENVIRONMENT = {
    "GATEWAY_TESTS_KEY": "sk-canary-endpoint-key",
    "GATEWAY_TESTS_PROJECT": "canary-project",
}
SECRET_TEXT = "canary-organisation"

# Tests ask more often than endpoints are asked by default.
UNLIMITED = "rate_limits: {per_endpoint: off}"

MAIN = f"""\
# One of every kind of endpoint.
server: {{{UNLIMITED}}}
timeouts:
  connect: 2s
drain:
  timeout: 1s
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
    type: openai
    models: [{", ".join(MODELS)}, "sim-*"]
  - name: secondary
    url: unix:{SOCKET}
    type: vllm
    models:
      - local-small
      - {{name: failover, upstream: gpt-4o}}
      - {{name: flaky, upstream: gpt-4o}}
      - {{name: fragile, upstream: gpt-4o}}
      - {{name: sluggish, upstream: gpt-4o}}
  - name: keyed
    url: http://{ADDRESS}:{KEYED_PORT}
    models: [keyed-chat]
    headers:
      Authorization: "Bearer ${{GATEWAY_TESTS_KEY}}"
      OpenAI-Project: "${{GATEWAY_TESTS_PROJECT}}"
      OpenAI-Organization: "${{file:{SECRET_FILE}}}"
      X-Team: "${{GATEWAY_TESTS_TEAM:-castings}}"
  - name: absent
    url: http://{ADDRESS}:{ABSENT_PORT}
    priority: 200
    models: [absent-only, failover]
  - name: hurried
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 200
    timeouts: {{response_header: 1s, stream_idle: 1s}}
    models:
      - "sim-slow-*"
      - "sim-stall-*"
      - {{name: flaky, upstream: sim-status-503}}
      - {{name: fragile, upstream: sim-early-close}}
      - {{name: sluggish, upstream: sim-slow-5000}}
"""

SMALL = f"""\
# Every limit within reach, and the gateway within everybody's.
server:
  host: 0.0.0.0
  {UNLIMITED}
limits:
  head: 4KiB
  fields: 16
  target: 1KiB
  body: 64KiB
  repeatable_body: 16KiB
  held_body: 32KiB
timeouts:
  client_header: 1s
  client_body: 1s
  keep_alive: 1s
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [gpt-4o]
"""

NAMES = f"""\
# Models by other names, by pattern, and for want of a name.
server: {{{UNLIMITED}}}
default_model: gpt-4o
aliases:
  fast: gpt-4o
  quick: [house-blend, gpt-4o]
  ear: whisper-1
endpoints:
  - name: exact
    url: http://{ADDRESS}:{PRIMARY_PORT}/v1
    models:
      - gpt-4o
      - {{name: house-blend, upstream: gpt-3.5-turbo, created: 1705334400, owned_by: foundry}}
  - name: wide
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: ["gpt-4*", whisper-1]
  - name: narrow
    url: http://{ADDRESS}:{PRIMARY_PORT}/
    models: ["gpt-4-turbo*"]
  - name: rest
    url: http://{ADDRESS}:{PRIMARY_PORT}/base
"""

SINGLE = f"""\
# One thread and every path for all.
server:
  workers: 1
  {UNLIMITED}
passthrough: true
drain:
  lag: 2s
  timeout: 10s
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [gpt-4o, "sim-*"]
  - name: rest
    url: http://{ADDRESS}:{PRIMARY_PORT}
"""

# Where `LISTENING_SOCKET` listens.
CLIENTS_SOCKET = f"{FOLDER}/clients.sock"

LISTENING_SOCKET = f"""\
# Clients come over a socket of this machine.
server: {{host: "unix:{CLIENTS_SOCKET}", {UNLIMITED}}}
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
"""

NETWORK = f"""\
# Addresses of both families, host names, credentials of each type, and proxies that are believed.
server:
  host: "::"
  workers: 2
  trusted_proxies: [127.9.0.0/16]
  {UNLIMITED}
admin:
  allow: [127.8.0.0/16]
routes: [/v1/responses, /v1/rerank]
timeouts:
  connect: 1s
retry:
  attempts: 2
  on_status: [418, 503]
endpoints:
  - name: six
    url: http://[::1]:{ECHO_PORT}
    models: [by-address]
  - name: named
    url: http://localhost:{ECHO_PORT}
    models: [by-name]
  - name: nowhere
    url: http://nothing.invalid:{ECHO_PORT}
    priority: 200
    models: [by-no-name, by-another-name]
  - name: spare
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [by-another-name]
  - name: bearer
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [with-token]
    auth: {{type: bearer, token: "${{GATEWAY_TESTS_KEY}}"}}
  - name: bearer-file
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [with-token-file]
    auth: {{type: bearer, token_file: {SECRET_FILE}}}
  - name: basic
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [with-password]
    auth: {{type: basic, username: gateway, password: "${{GATEWAY_TESTS_KEY}}"}}
  - name: key
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [with-key]
    auth: {{type: api_key, key: "${{GATEWAY_TESTS_KEY}}"}}
  - name: key-file
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [with-key-file]
    auth: {{type: api_key, key_file: {SECRET_FILE}, header: api-key}}
  - name: first
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 300
    models:
      - {{name: refused-twice, upstream: sim-status-418}}
      - {{name: refused-once, upstream: sim-status-503}}
      - {{name: failed, upstream: sim-status-500}}
  - name: second
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 200
    models:
      - {{name: refused-twice, upstream: sim-status-503}}
      - {{name: refused-once, upstream: gpt-4o}}
      - {{name: failed, upstream: gpt-4o}}
  - name: third
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 100
    models:
      - {{name: refused-twice, upstream: gpt-4o}}
"""

RESOLVED = f"""\
# Endpoints by names that come, go, move and have many addresses.
server:
  workers: 2
  {UNLIMITED}
  name_servers: ["{ADDRESS}:{SILENT_NAMES_PORT}", "{ADDRESS}:{NAMES_PORT}"]
endpoints:
  - name: moving
    url: http://moving.ingot.test:{NAMED_PORT}
    models: [moving]
  - name: chained
    url: http://chain.ingot.test:{NAMED_PORT}
    models: [chained]
  - name: many
    url: http://many.ingot.test:{NAMED_PORT}
    models: [many]
  - name: dual
    url: http://dual.ingot.test:{NAMED_PORT}
    models: [dual]
  - name: short
    url: http://short:{NAMED_PORT}
    models: [short]
  - name: dotted
    url: http://service.team:{NAMED_PORT}
    models: [dotted]
  - name: refused
    url: http://elsewhere.example:{NAMED_PORT}
    models: [refused]
  - name: listed
    url: http://localhost:{NAMED_PORT}
    models: [listed]
  - name: secured
    url: https://secured.ingot.test:{NAMED_PORT}
    models: [secured]
"""
ROTATING = [f"{FOLDER}/rotating-{name}" for name in ("one", "two")]

ROTATION = f"""\
# Secrets in files that change, two of them in one request.
server:
  workers: 4
  {UNLIMITED}
drain:
  lag: 1s
endpoints:
  - name: pair
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [gpt-4o, "sim-*"]
    headers:
      X-One: "${{file:{ROTATING[0]}}}"
      X-Two: "before ${{file:{ROTATING[1]}}} behind"
  - name: basic
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [whisper-1]
    auth: {{type: basic, username: gateway, password_file: {ROTATING[0]}}}
"""

DISCOVERY = f"""\
# Models that endpoints tell of, between those of the YAML.
server:
  workers: 4
  {UNLIMITED}
discovery:
  interval: 1s
  timeout: 2s
aliases:
  fast: [new-a, gpt-4o]
  late: new-b
endpoints:
  - name: listed
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [gpt-4o, "wild-*"]
  - name: found
    url: http://{ADDRESS}:{FOUND_PORT}
    priority: 200
    models: discover
    auth: {{type: bearer, token: "${{GATEWAY_TESTS_KEY}}"}}
  - name: other
    url: http://{ADDRESS}:{OTHER_PORT}/base
    priority: 50
    models: discover
"""

# Endpoints that fail and come back; the tests stand them up at these ports.
FAULTY_PORTS = [18150 + number for number in range(4)]
HEALTH_FOLDER = f"{FOLDER}/health"
# Each is ejected once in a run, so that none is out for longer than the first time.
EJECTED_PORTS = [18160 + number for number in range(16)]


def ejected_endpoint(number):
    both = ", both" if number in (14, 15) else ""
    return f"""\
  - name: first-{number}
    url: http://{ADDRESS}:{EJECTED_PORTS[number]}
    priority: 200
    timeouts: {{response_header: 2s}}
    models: [pair-{number}, lone-{number}{both}]
    health_check: off
"""


HEALTHY = f"""\
# Endpoints that are asked whether they work, in all the ways to ask, and others that are left alone
# when their requests fail.
server:
  workers: 2
  {UNLIMITED}
health_check:
  interval: 100ms
  timeout: 2s
  healthy_after: 2
  unhealthy_after: 3
outlier_detection:
  consecutive_failures: 4
  failure_rate: 0
  eject_for: 10s
  max_ejected: 50
slow_start: 500ms
panic: any
retry: {{on_status: []}}
endpoints:
  - name: first
    url: http://{ADDRESS}:{FAULTY_PORTS[0]}/v1
    type: vllm
    priority: 200
    models: [pair, lone]
    auth: {{type: bearer, token: "${{GATEWAY_TESTS_KEY}}"}}
  - name: second
    url: http://{ADDRESS}:{FAULTY_PORTS[1]}/base
    models: [pair, {", ".join(f"pair-{number}" for number in range(16))}]
    health_check: {{path: "/ready?deep=1", expect: [204]}}
  - name: guarded
    url: https://{ADDRESS}:{FAULTY_PORTS[2]}
    models: [guarded]
    tls: {{verify: false}}
  - name: wide
    url: https://{ADDRESS}:{FAULTY_PORTS[2]}
    models: [wide]
    http_version: 2
    tls: {{verify: false}}
  - name: twin
    url: http://{ADDRESS}:{FAULTY_PORTS[0]}
    models: [twin]
    health_check: {{interval: 200ms}}
  - name: unchecked
    url: http://{ADDRESS}:{FAULTY_PORTS[3]}
    models: [unchecked]
    health_check: off
""" + "".join(ejected_endpoint(number) for number in range(16))

BREAKING = f"""\
# Endpoints that get trials only while their breaker is open.
server:
  workers: 2
  {UNLIMITED}
retry: {{on_status: []}}
breaker: {{failures: 4, open_for: 5s, probes: 2}}
endpoints:
  - name: first
    url: http://{ADDRESS}:{FAULTY_PORTS[0]}
    priority: 200
    models: [pair, lone]
  - name: second
    url: http://{ADDRESS}:{FAULTY_PORTS[1]}
    models: [pair]
"""

FAULTS = f"""\
# Two endpoints that have every fault, and clocks that end within a test.
server:
  workers: 2
  {UNLIMITED}
timeouts: {{connect: 1s, response_header: 1s, stream_idle: 1s}}
endpoints:
  - name: first
    url: http://{ADDRESS}:{FAULTY_PORTS[0]}
    priority: 200
    models: [pair, lone]
  - name: second
    url: http://{ADDRESS}:{FAULTY_PORTS[1]}
    models: [pair]
"""

# Every place that a credential can come from, each with a canary of its own.
CANARY_FILE, CANARY_TOKEN_FILE, CANARY_KEY_FILE = (
    f"{FOLDER}/canary-{name}" for name in ("file", "token", "key")
)
CANARY_PLACES = {
    "variable": 'headers: {X-Secret: "${CANARY_VARIABLE}"}',
    "defaulted": 'headers: {X-Secret: "${CANARY_DEFAULTED:-castings}"}',
    "default": 'headers: {X-Secret: "${CANARY_ABSENT:-canary-of-the-default}"}',
    "file": f'headers: {{X-Secret: "${{file:{CANARY_FILE}}}"}}',
    "bearer": 'auth: {type: bearer, token: "${CANARY_TOKEN}"}',
    "bearer-file": f"auth: {{type: bearer, token_file: {CANARY_TOKEN_FILE}}}",
    "basic": 'auth: {type: basic, username: "${CANARY_USER}", password: "${CANARY_PASSWORD}"}',
    "key": 'auth: {type: api_key, key: "${CANARY_KEY}"}',
    "key-file": f"auth: {{type: api_key, key_file: {CANARY_KEY_FILE}, header: api-key}}",
    "client": "priority: 100",
}
CANARY_ENVIRONMENT = {
    "CANARY_VARIABLE": "canary-of-the-variable",
    "CANARY_DEFAULTED": "canary-instead-of-a-default",
    "CANARY_TOKEN": "canary-of-the-token",
    "CANARY_USER": "canary-of-the-user",
    "CANARY_PASSWORD": "canary-of-the-password",
    "CANARY_KEY": "canary-of-the-key",
}
# What models of an endpoint do, by the end of their names.
CANARY_FATES = {
    "good": "gpt-4o",
    "fails": "sim-status-500",
    "limits": "sim-status-429",
    "breaks": "sim-break-2",
    "garbles": "sim-garbage",
    "closes": "sim-early-close",
    "paces": "sim-pace-500",
}


def canary_endpoint(name, credentials):
    models = ", ".join(
        f"{{name: {name}-{fate}, upstream: {upstream}}}" for fate, upstream in CANARY_FATES.items()
    )
    return f"""\
  - name: {name}
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [{models}]
    {credentials}
  - name: {name}-absent
    url: http://{ADDRESS}:{ABSENT_PORT}
    models: [{name}-refused]
    {credentials}
"""


CANARIES = f"server: {{{UNLIMITED}}}\ndrain: {{timeout: 1s}}\nendpoints:\n" + "".join(
    canary_endpoint(name, credentials) for name, credentials in CANARY_PLACES.items()
)

LIMITS = f"""\
# Endpoints with limits that a test reaches. Where `burst` is all of a minute's requests, the next
# one has room a whole minute after the first.
server:
  workers: 4
endpoints:
  - name: counted
    url: http://{ADDRESS}:{PRIMARY_PORT}
    rate_limit: {{requests_per_minute: 1000, burst: 1000}}
    models: [{{name: counted, upstream: gpt-4o}}]
  - name: first
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 200
    rate_limit: {{requests_per_minute: 3, burst: 3}}
    models: [{{name: spilling, upstream: gpt-4o}}, {{name: lonely, upstream: gpt-4o}}]
  - name: second
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 100
    rate_limit: off
    models: [{{name: spilling, upstream: gpt-4o}}]
  - name: paced
    url: http://{ADDRESS}:{PRIMARY_PORT}
    rate_limit: {{requests_per_minute: 20, burst: 1}}
    models: [{{name: paced, upstream: gpt-4o}}]
  - name: refusing
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 200
    rate_limit: off
    models: [{{name: hopeful, upstream: sim-status-503}}]
  - name: once
    url: http://{ADDRESS}:{PRIMARY_PORT}
    rate_limit: {{requests_per_minute: 1}}
    models: [{{name: hopeful, upstream: gpt-4o}}]
  - name: absent
    url: http://{ADDRESS}:{ABSENT_PORT}
    rate_limit: {{requests_per_minute: 2, burst: 2}}
    models: [absent-only]
  - name: usual
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [{{name: usual, upstream: gpt-4o}}, sim-status-429]
"""

ENTRY_LIMITS = f"""\
# Limits of clients and of the gateway.
server:
  workers: 2
  trusted_proxies: [127.9.0.0/16]
  rate_limits:
    global: {{requests_per_minute: 300, burst: 300}}
    per_client: {{requests_per_minute: 20, burst: 20}}
    per_endpoint: off
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [gpt-4o]
"""

BROWSED_PORT = 18105
# Keys of clients by their names. Those of `lengths` end before, at and behind SHA-256's blocks.
CLIENT_KEYS = {
    "all": ["ingot_canary-key-of-all", "ingot_canary-second-key-of-all"],
    "few": ["ingot_canary-key-of-few"],
    "slow": ["ingot_canary-key-of-slow", "ingot_canary-second-key-of-slow"],
    "lengths": [
        f"canary{length:_>5}".ljust(length, "x")
        for length in (11, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 512)
    ],
}


def key_digests(name):
    digests = [hashlib.sha256(key.encode()).hexdigest() for key in CLIENT_KEYS[name]]
    return "[" + ", ".join(f'"{digest}"' for digest in digests) + "]"


GUARDED = f"""\
# Clients with keys, and pages of two origins.
server:
  workers: 2
  rate_limits:
    per_client: {{requests_per_minute: 2000, burst: 1000}}
    per_endpoint: off
passthrough: true
default_model: gpt-4o
aliases: {{fast: gpt-4o}}
cors:
  allowed_origins: ["https://app.example.com", "https://*.apps.test"]
  allow_credentials: true
  max_age: 1h
clients:
  - name: all
    key_sha256: {key_digests("all")}
  - name: few
    key_sha256: {key_digests("few")}
    models: [gpt-4o, "sim-*", browsed]
    routes: [/v1/chat/completions, "/v1/models*", "/v1/files*"]
  - name: slow
    key_sha256: {key_digests("slow")}
    rate_limit: {{requests_per_minute: 3, burst: 3}}
  - name: lengths
    key_sha256: {key_digests("lengths")}
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [gpt-4o, whisper-1, "sim-*"]
  - name: keyed
    url: http://{ADDRESS}:{KEYED_PORT}
    models: [keyed-chat]
    headers: {{Authorization: "Bearer ${{GATEWAY_TESTS_KEY}}"}}
  - name: browsed
    url: http://{ADDRESS}:{BROWSED_PORT}
    models: [browsed]
"""

ANYONE = f"""\
# Pages of every origin, for whoever comes.
server: {{{UNLIMITED}}}
cors:
  allowed_origins: ["*"]
  allowed_methods: [GET, POST]
  allowed_headers: [Authorization, X-Team]
  exposed_headers: [X-Olla-Model]
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: [gpt-4o]
"""

HANDOVER = f"""\
# A gateway that follows itself at its port.
server:
  workers: 2
  {UNLIMITED}
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models: ["sim-*"]
"""

RETRIES = f"""\
# Endpoints that refuse, begin badly or take too long, and how often others are asked then.
server:
  workers: 2
  {UNLIMITED}
retry: {{budget: 10%}}
endpoints:
  - name: first
    url: http://{ADDRESS}:{PRIMARY_PORT}
    priority: 200
    models:
      - {{name: stormy, upstream: sim-status-503}}
      - {{name: begins-badly, upstream: sim-sse-error-0}}
      - {{name: only-refused, upstream: sim-status-429}}
  - name: second
    url: http://{ADDRESS}:{PRIMARY_PORT}
    models:
      - {{name: stormy, upstream: gpt-4o}}
      - {{name: begins-badly, upstream: gpt-4o}}
  - name: absent
    url: http://{ADDRESS}:{ABSENT_PORT}
    priority: 50
    models: [only-refused]
  - name: hasty
    url: http://{ADDRESS}:{PRIMARY_PORT}
    timeouts: {{total: 1s}}
    models: [sim-pace-200, sim-slow-5000]
"""
