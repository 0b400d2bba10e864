"""What is measured: gateways of ours, nginx and the relay, each started and watched alike."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
UPSTREAM_PORT = 18480  # compiled into the gateways: their YAMLs name it as well
SECURE_UPSTREAM_PORT = 18484  # https.yaml names it
SERVER_NAME = "bench.test"
START_LIMIT_SECONDS = 60  # under valgrind; by itself each needs milliseconds
STOP_LIMIT_SECONDS = 10

_BODY = b'{"model":"gpt-3.5-turbo","messages":[{"role":"user","content":"Ready?"}]}'
_PROBE = (
    b"POST /olla/openai/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
) % (len(_BODY), _BODY)


class BenchmarkError(Exception):
    """Something that has to work before anything can be measured does not."""


@contextlib.contextmanager
def pinned(core: int):
    """Starts what is started inside on one core.

    A child takes the affinity over from its parent, which costs it nothing of the start-up that
    is measured, as `taskset` or a function run between fork and exec would.
    """
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def raise_file_limit(wanted: int) -> int:
    """Allows this process and its children `wanted` descriptors, or as many as there may be."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed


def answers(
    port: int, patience: float = START_LIMIT_SECONDS, authority: pathlib.Path | None = None
) -> bool:
    """Whether one chat completion by a connection of its own is answered with 200.

    With an `authority` it is asked over TLS, and its certificate has to be for `SERVER_NAME`.
    """
    try:
        with contextlib.ExitStack() as open_now:
            plain = socket.create_connection(("127.0.0.1", port), patience)
            connection = open_now.enter_context(plain)
            if authority:
                context = ssl.create_default_context(cafile=authority)
                secured = context.wrap_socket(connection, server_hostname=SERVER_NAME)
                connection = open_now.enter_context(secured)
            connection.sendall(_PROBE)
            received = b""
            while piece := connection.recv(65536):
                received += piece
    except OSError:
        return False
    return received.startswith(b"HTTP/1.1 200 ")


def occupied(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def cpu_nanoseconds(process: int) -> int:
    """The CPU time of a process, all its threads, in user and kernel.

    A process's clock has a number made of its id: inverted, three bits up, and 2 for what the
    scheduler accounts (clock_getcpuclockid(3)).
    """
    try:
        return time.clock_gettime_ns((~process << 3) | 2)
    except OSError:
        return 0


def descendants(process: int) -> list[int]:
    """The process and all that came from it, itself first."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
    found = [process]
    for parent in found:
        found += [child for child, its in parents.items() if its == parent]
    return found


class Subject:
    """A program between the load and the upstream."""

    def __init__(self, name: str, port: int, core: int, folder: pathlib.Path):
        self.name, self.port, self.core = name, port, core
        self.folder = folder / f"run-{name}"
        self.log = self.folder / "log"
        self.authority: pathlib.Path | None = None  # of its certificate, where clients use TLS
        self._process: subprocess.Popen | None = None

    def command(self, connections: int, alone: bool) -> list[str]:
        """What starts it, for so many connections; `alone`: in one process, for a tracer."""
        raise NotImplementedError

    def start(
        self, connections: int = 4096, under: tuple[str, ...] = (), alone: bool = False
    ) -> float:
        """Starts it, behind the words of `under`; milliseconds to the first proxied 200."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        command = [*under, *self.command(connections, alone)]
        with self.log.open("wb") as log, pinned(self.core):
            begin = time.monotonic()
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        while not answers(self.port, authority=self.authority):
            over = time.monotonic() - begin > START_LIMIT_SECONDS
            if over or self._process.poll() is not None:
                self.stop()
                tail = self.log.read_text(errors="replace")[-800:]
                raise BenchmarkError(f"{self.name} does not answer: {tail}")
            time.sleep(0.0003)
        return (time.monotonic() - begin) * 1000

    def stop(self, past_tracer: bool = False) -> None:
        """Ends it and waits; `past_tracer`: the tracer is not told, it ends with what it traces."""
        process, self._process = self._process, None
        if process is None:
            return
        told = descendants(process.pid)[1 if past_tracer else 0 :]
        for one in told[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its session's group: started by start()
            process.wait()

    @property
    def processes(self) -> list[int]:
        return descendants(self._process.pid) if self._process else []

    @property
    def resident_kilobytes(self) -> int:
        """The resident memory of all its processes; a page that two share counts twice."""
        statuses = (pathlib.Path(f"/proc/{one}/status").read_text() for one in self.processes)
        return sum(int(re.search(r"VmRSS:\s+(\d+)", status)[1]) for status in statuses)


class Ingot(Subject):
    def __init__(self, port: int, core: int, folder: pathlib.Path, binary: pathlib.Path):
        super().__init__("ingot", port, core, folder)
        self._binary = binary

    def command(self, connections: int, alone: bool) -> list[str]:
        return [str(self._binary), "--port", str(self.port)]


class Nginx(Subject):
    """`endpoint` is the scheme and port of its upstream, `more` fills holes of nginx.conf."""

    def __init__(
        self,
        port: int,
        core: int,
        folder: pathlib.Path,
        endpoint: tuple[str, int] = ("http", UPSTREAM_PORT),
        more: dict[str, str] | None = None,
    ):
        super().__init__("nginx", port, core, folder)
        self._scheme, self._upstream = endpoint
        self._more = {"HTTP": "", "LISTEN": "", "SERVER": "", **(more or {})}

    def command(self, connections: int, alone: bool) -> list[str]:
        words = {
            "MASTER": "off" if alone else "on",
            "FILES": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
            "FOLDER": self.folder,
            "CONNECTIONS": connections,
            "SCHEME": self._scheme,
            "UPSTREAM": self._upstream,
            "PORT": self.port,
            **self._more,
        }
        text = (HERE / "nginx.conf").read_text()
        for word, value in words.items():
            text = text.replace(f"@{word}@", str(value))
        configuration = self.folder / "nginx.conf"
        configuration.write_text(text)
        program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin") or "nginx"
        return [program, "-e", "stderr", "-c", str(configuration)]


class Relay(Subject):
    def __init__(self, port: int, core: int, folder: pathlib.Path, binary: pathlib.Path):
        super().__init__("relay", port, core, folder)
        self._binary = binary

    def command(self, connections: int, alone: bool) -> list[str]:
        return [str(self._binary), str(self.port), str(UPSTREAM_PORT)]
