"""What the tests share: simulators and gateways that run for the whole session.

The environment names the tools: INGOT and SIMULATOR, by default the release builds of this
checkout, and GATEWAYS, the folder that keeps built gateways, by default `.build-gateways`.
"""

import os
import pathlib
import signal
import uuid

import openai
import pytest

import configurations
import processes

pytest_plugins = ["secure_servers"]


@pytest.fixture(autouse=True)
def limit(request):
    """Ends a test that takes longer than it may; builds and starts are not counted."""
    mark = request.node.get_closest_marker("limit")
    seconds = mark.args[0] if mark else 20

    def expire(*_):
        raise TimeoutError(f"the test took longer than {seconds} s")

    signal.signal(signal.SIGALRM, expire)
    signal.alarm(seconds)
    yield
    signal.alarm(0)


@pytest.fixture(scope="session")
def folder():
    path = pathlib.Path(configurations.FOLDER)
    path.mkdir(parents=True, exist_ok=True)
    pathlib.Path(configurations.SECRET_FILE).write_text(configurations.SECRET_TEXT + "\n")
    return path


@pytest.fixture(scope="session")
def simulator(folder):
    """Behind `primary`: every model that the tests name, nothing asked for."""
    running = processes.Simulator(
        *(configurations.ADDRESS, configurations.PRIMARY_PORT, "--models", "*"),
        *("--name", "primary", "--pace", "5"),
    )
    yield running
    running.stop()


@pytest.fixture(scope="session")
def secondary(folder):
    """Behind `secondary`: a socket file."""
    port = processes.free_port()
    running = processes.Simulator(
        "127.0.0.1", port, "--unix", configurations.SOCKET, "--models", "*", "--name", "secondary"
    )
    yield running
    running.stop()


@pytest.fixture(scope="session")
def keyed(folder):
    """Behind `keyed`: answers those who have the key."""
    key = configurations.ENVIRONMENT["GATEWAY_TESTS_KEY"]
    running = processes.Simulator(
        *(configurations.ADDRESS, configurations.KEYED_PORT, "--models", "*"),
        *("--name", "keyed", "--api-key", key),
    )
    yield running
    running.stop()


@pytest.fixture(scope="session")
def echo(folder):
    """Behind `six` and `named`: answers at both addresses of this machine."""
    running = [processes.Echo(host, configurations.ECHO_PORT) for host in ("::1", "127.0.0.1")]
    yield
    for server in running:
        server.stop()


def session_gateway(yaml):
    @pytest.fixture(scope="session")
    def gateway(simulator, secondary, keyed):
        running = processes.Gateway(yaml)
        yield running
        running.stop()

    return gateway


gateway = session_gateway(configurations.MAIN)
small_gateway = session_gateway(configurations.SMALL)
names_gateway = session_gateway(configurations.NAMES)
single_gateway = session_gateway(configurations.SINGLE)
network_gateway = session_gateway(configurations.NETWORK)


@pytest.fixture
def start(simulator, secondary, keyed):
    """Starts gateways that end with the test."""
    running = []

    def run(yaml):
        running.append(processes.Gateway(yaml))
        return running[-1]

    yield run
    for gateway in running:
        gateway.stop()


@pytest.fixture
def marker():
    """A word that no other test uses."""
    return f"mark-{uuid.uuid4().hex}"


@pytest.fixture(scope="session")
def direct(simulator):
    """The official client, at the endpoint itself."""
    return openai.OpenAI(base_url=simulator.url, api_key="sk-client", max_retries=0, timeout=15)


@pytest.fixture(scope="session", params=["openai", "openai-compatible"])
def client(request, gateway):
    """The official client, at the gateway, under each prefix."""
    url = gateway.url(request.param)
    return openai.OpenAI(base_url=url, api_key="sk-client", max_retries=0, timeout=15)


@pytest.fixture(scope="session")
def binary(gateway):
    """The binary of the main gateway."""
    return os.fspath(processes.build(configurations.MAIN))
