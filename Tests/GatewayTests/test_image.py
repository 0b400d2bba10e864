"""The binary as the only file of an image: as the first process, without rights, asked by itself."""

import os
import pathlib
import shutil
import socket
import subprocess
import threading

import pytest

import configurations
import processes

# What a container engine does: namespaces of its own, and a root that cannot be written to. A
# process is left behind by then, as by somebody who has looked around in the container.
CONTAINER = """\
mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && (sleep 0.5 &)
exec chroot --userspec=65532:65532 "$0" /gateway --port "$1"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with a static gateway and nothing else."""
    folder = tmp_path_factory.mktemp("root")
    shutil.copy(processes.build(configurations.SINGLE, "--static"), folder / "gateway")
    folder.chmod(0o755)
    return folder


def children(process):
    text = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(word) for word in text.split()]


class Container:
    """A gateway in namespaces of its own; `first` is its first process as it is seen here."""

    def __init__(self, root):
        self.port = processes.free_port()
        self.engine = subprocess.Popen(
            ["unshare", "--pid", "--mount", "--fork", "--kill-child"]
            + ["sh", "-c", CONTAINER, root, str(self.port)],
            env={},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert '"event":"listening"' in self.engine.stderr.readline()
        self.first = children(self.engine.pid)[0]

    def stop(self):
        self.engine.kill()
        self.engine.communicate()


@pytest.fixture
def container(root):
    running = Container(root)
    yield running
    running.stop()


def ask(command, *options, environment=None):
    """The gateway's own client: its exit status and what it said."""
    result = subprocess.run(
        [*command, *options], env=environment or {}, capture_output=True, text=True, timeout=60
    )
    return result.returncode, result.stdout + result.stderr


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may make namespaces")


@needs_root
@pytest.mark.limit(180)
def test_first_process_of_a_container_has_no_rights_and_serves(root, container):
    status = pathlib.Path(f"/proc/{container.first}/status").read_text().splitlines()
    fields = dict(line.split(":\t", 1) for line in status if ":\t" in line)
    assert fields["NSpid"].split()[-1] == "1"
    assert set(fields["Uid"].split()) == {"65532"}
    assert int(fields["CapEff"], 16) == 0
    inside = pathlib.Path(f"/proc/{container.first}/root")
    assert os.listdir(inside) == ["gateway"]
    with pytest.raises(OSError, match="Read-only"):
        (inside / "file").write_text("")
    client = ["chroot", "--userspec=65532:65532", root, "/gateway", "--port", str(container.port)]
    assert ask(client, "--health") == (0, "ok\n")
    assert ask(client, "--ready") == (0, "ok\n")


@needs_root
@pytest.mark.limit(180)
def test_first_process_of_a_container_leaves_no_zombies(container):
    processes.wait_until(lambda: not children(container.first), 60)


@needs_root
@pytest.mark.limit(180)
def test_first_process_of_a_container_drains_on_sigterm(root, container):
    client = [root / "gateway", "--port", str(container.port)]
    os.kill(container.first, 15)
    processes.wait_until(lambda: ask(client, "--ready")[0] == 1, 60)
    assert container.engine.wait(60) == 0
    assert '"event":"stopped"' in container.engine.stderr.read().splitlines()[-1]
    status, words = ask(client, "--health")
    assert status == 1 and "Connection refused" in words


def test_health_is_asked_at_the_port_of_the_environment(gateway):
    environment = {"INGOT_PORT": str(gateway.port)}
    assert ask([gateway.binary], "--health", environment=environment) == (0, "ok\n")


@pytest.mark.limit(180)
def test_health_is_asked_at_a_socket(simulator):
    binary = processes.build(configurations.LISTENING_SOCKET)
    path = pathlib.Path(configurations.CLIENTS_SOCKET)
    path.unlink(missing_ok=True)
    status, words = ask([binary], "--health")
    assert status == 1 and words.startswith(f"gateway: error: unix:{path}: No such file")
    running = subprocess.Popen([binary], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert b"listening" in running.stderr.readline()
        assert ask([binary], "--health") == (0, "ok\n")
        assert ask([binary], "--ready") == (0, "ok\n")
    finally:
        running.kill()
        running.communicate()


class Stranger:
    """Something else that listens where the gateway should; `words` are all that it says."""

    def __init__(self, words):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        if words is not None:
            threading.Thread(target=self.answer, args=[words], daemon=True).start()

    def answer(self, words):
        connection, _ = self.socket.accept()
        connection.recv(1024)
        connection.sendall(words)
        connection.close()


@pytest.mark.parametrize(
    "words, said",
    [
        (b"", "it closes the connection"),
        (b"HTTP/1.", "it closes the connection"),
        (b"220 mail.test ESMTP\r\n", "what answers there is no gateway"),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "it answers /healthz with 404"),
        (None, "it does not answer in time"),
    ],
)
@pytest.mark.limit(120)
def test_health_of_something_else_is_bad(gateway, words, said):
    stranger = Stranger(words)
    place = f"127.0.0.1:{stranger.port}"
    answer = ask([gateway.binary], "--health", "--port", str(stranger.port))
    assert answer == (1, f"gateway: error: {place}: {said}\n")
    stranger.socket.close()


def test_health_takes_no_other_question(gateway):
    assert ask([gateway.binary], "--health", "--check")[0] == 2
