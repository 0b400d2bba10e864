"""The timed measures: CPU time, latency, memory and start-up, in rounds that take turns."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from subjects import (
    SECURE_UPSTREAM_PORT,
    UPSTREAM_PORT,
    BenchmarkError,
    Subject,
    answers,
    cpu_nanoseconds,
    pinned,
)

LOAD_LIMIT_SECONDS = 90  # the load itself gives up after 60
STREAMS, EVENTS, INTERVAL_MILLISECONDS = 500, 50, 20
HELD = (2000, 10000)
CONNECTIONS = (64, 1)
SESSIONS = 16  # clients that begin sessions at the same time
RESUMED = 0.9  # of all sessions; those of clients that begin anew cannot be


@dataclass
class Extent:
    """How long a run measures."""

    rounds: int
    milliseconds: int
    stream_rounds: int
    starts: int
    held: tuple[int, ...]


FULL = Extent(rounds=21, milliseconds=800, stream_rounds=7, starts=11, held=HELD)
QUICK = Extent(rounds=1, milliseconds=1000, stream_rounds=1, starts=3, held=HELD[:1])


class Bench:
    """The load and the upstream on one core, and what was measured.

    `secured` names a certificate and its key, with which the upstream also speaks TLS.
    """

    def __init__(self, folder: pathlib.Path, core: int, secured: tuple[pathlib.Path, ...] = ()):
        self.core = core
        self.scene = ""  # stands before the name of what is measured
        self.values: dict[str, dict[str, list[float]]] = {}
        self.faults: list[str] = []
        self._folder = folder
        ports = (UPSTREAM_PORT, SECURE_UPSTREAM_PORT) if secured else (UPSTREAM_PORT,)
        words = (*map(str, ports), *secured)
        with pinned(core):
            self._upstream = subprocess.Popen(
                [folder / "upstream", *words], stdin=subprocess.PIPE
            )
        for _ in range(200):
            if answers(UPSTREAM_PORT, patience=1) or self._upstream.poll() is not None:
                break
            time.sleep(0.005)
        if self._upstream.poll() is None:
            return
        raise BenchmarkError("the upstream does not answer")

    def close(self) -> None:
        self._upstream.stdin.close()
        try:
            self._upstream.wait(5)
        except subprocess.TimeoutExpired:
            self._upstream.kill()
            self._upstream.wait()

    def keep(self, measure: str, subject: Subject, value: float) -> None:
        self.values.setdefault(f"{self.scene}{measure}", {}).setdefault(subject.name, []).append(value)

    def median(self, measure: str, subject: Subject) -> float:
        return statistics.median(self.values[f"{self.scene}{measure}"][subject.name])

    @contextlib.contextmanager
    def running(self, subject: Subject, past_tracer: bool = False, **how):
        """Starts the subject, alone where a tracer counts it, and stops it in the end."""
        took = subject.start(alone="under" in how, **how)
        try:
            yield took
        finally:
            subject.stop(past_tracer)

    def load(self, subject: Subject, *words) -> dict:
        """Runs the load to its end; what goes wrong is kept as a fault of this run."""
        with self._loading(subject, words) as load:
            text = load.communicate(timeout=LOAD_LIMIT_SECONDS)[0]
        return self._checked(subject, words, text)

    @contextlib.contextmanager
    def holding(self, subject: Subject, count: int):
        """Holds `count` silent streams open inside."""
        words = ("hold", count)
        with self._loading(subject, words) as load:
            self._checked(subject, words, load.stdout.readline())
            yield
            load.stdin.close()
            load.wait(LOAD_LIMIT_SECONDS)

    @contextlib.contextmanager
    def _loading(self, subject: Subject, words: tuple):
        program, *words = words if words[0] == "handshakes" else ("load", *words)
        command = [self._folder / program, str(subject.port), *map(str, words)]
        with pinned(self.core):
            load = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        with load:
            try:
                yield load
            except BaseException:
                load.kill()
                raise

    def _checked(self, subject: Subject, words: tuple, text: str) -> dict:
        outcome = json.loads(text) if text else {"errors": 1, "first_error": "the load failed"}
        if outcome["errors"]:
            what = " ".join(map(str, words))
            count, first = outcome["errors"], outcome["first_error"]
            self.faults.append(f"{subject.name}, {what}: {count} errors, the first: {first}")
        return outcome

    def costed_load(self, subject: Subject, *words) -> tuple[dict, float, float]:
        """Runs the load; its outcome, the subject's CPU µs, and the cores that others kept busy."""
        processes = subject.processes
        ours = [*processes, self._upstream.pid]
        cost = -sum(map(cpu_nanoseconds, processes))
        others = sum(map(cpu_nanoseconds, ours)) + _own_nanoseconds() - _busy_nanoseconds()
        begin = time.monotonic_ns()
        outcome = self.load(subject, *words)
        took = time.monotonic_ns() - begin
        cost += sum(map(cpu_nanoseconds, processes))
        others += _busy_nanoseconds() - sum(map(cpu_nanoseconds, ours)) - _own_nanoseconds()
        return outcome, cost / 1000, max(0.0, others / took)


def _own_nanoseconds() -> float:
    """CPU time of this program and of the loads that it has waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both) * 1e9


def _busy_nanoseconds() -> float:
    """Time that all cores of the machine have spent on anything, the hypervisor's included."""
    with open("/proc/stat") as lines:
        user, nice, system, _, _, *rest = map(int, lines.readline().split()[1:9])
    return (user + nice + system + sum(rest)) * 1e9 / os.sysconf("SC_CLK_TCK")


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def start_up(bench: Bench, subjects: list[Subject], extent: Extent) -> None:
    """Time to the first proxied answer, and memory after a few of them."""
    for turn in range(extent.starts):
        for subject in subjects:
            with bench.running(subject) as took:
                bench.keep("start", subject, took)
                if turn == 0:
                    bench.load(subject, "count", 100)
                    bench.keep("idle_memory", subject, subject.resident_kilobytes / 1024)
    say(_line(bench, "start", "ms to the first proxied answer", subjects))


def held_streams(bench: Bench, subjects: list[Subject], count: int, held: int) -> None:
    """Memory for each of `held` silent streams, kept under the name of `count` of them."""
    measure = f"stream_memory_{count}"
    for subject in subjects:
        with bench.running(subject, connections=3 * held):
            bench.load(subject, "count", 100)
            before = subject.resident_kilobytes
            with bench.holding(subject, held):
                time.sleep(0.5)
                bench.keep(measure, subject, (subject.resident_kilobytes - before) / held)
    say(_line(bench, measure, f"KB for each of {held} held streams", subjects))


def request_rounds(bench: Bench, subjects: list[Subject], extent: Extent) -> None:
    """CPU per request and latency, at each number of connections; all subjects are running."""
    for connections in CONNECTIONS:
        name = f"request_cpu_{connections}"
        for turn in range(extent.rounds):
            for subject in subjects:
                if turn == 0:
                    bench.load(subject, "requests", connections, 300)
                outcome, cost, others = bench.costed_load(
                    subject, "requests", connections, extent.milliseconds
                )
                bench.keep(name, subject, cost / max(1, outcome.get("answers", 0)))
                for which in ("p50", "p99"):
                    latency = outcome.get(f"latency_{which}", 0)
                    bench.keep(f"latency_{connections}_{which}", subject, latency)
                bench.keep(f"others_{name}", subject, others)
        say(_line(bench, name, f"CPU µs per request at {connections} connections", subjects))


def session_rounds(bench: Bench, subjects: list[Subject], extent: Extent) -> None:
    """CPU for each connection that begins with a resumed TLS session; all subjects are running.

    Subjects with an `authority` are asked over TLS, by clients that begin anew for each request;
    the others ask an upstream over TLS that ends each connection behind its answer.
    """
    for turn in range(extent.rounds):
        for subject in subjects:
            if subject.authority:
                words = ("handshakes", SESSIONS, extent.milliseconds, subject.authority)
            else:
                words = ("parting", SESSIONS, extent.milliseconds)
            if turn == 0:
                bench.load(subject, *words)
            outcome, cost, others = bench.costed_load(subject, *words)
            count = outcome.get("answers", 0)
            resumed = outcome.get("resumed", 0)
            if resumed < RESUMED * count:
                words = f"of {count} TLS sessions only {resumed} are resumed"
                bench.faults.append(f"{subject.name}: {words}")
            bench.keep("session_cpu", subject, cost / max(1, count))
            bench.keep("session_rate", subject, count / max(outcome.get("seconds", 0), 0.001))
            bench.keep("others_session_cpu", subject, others)
    say(_line(bench, "session_cpu", "CPU µs per resumed TLS session", subjects))


def stream_rounds(bench: Bench, subjects: list[Subject], extent: Extent) -> None:
    """CPU per chunk and the delay of a chunk; all subjects are running."""
    for turn in range(extent.stream_rounds):
        for subject in subjects:
            if turn == 0:
                bench.load(subject, "streams", 50, 1, 10, INTERVAL_MILLISECONDS)
            outcome, cost, others = bench.costed_load(
                subject, "streams", STREAMS, 2, EVENTS, INTERVAL_MILLISECONDS
            )
            bench.keep("chunk_cpu", subject, cost / max(1, outcome.get("events", 0)))
            for which in ("p50", "p99"):
                bench.keep(f"delay_{which}", subject, outcome.get(f"delay_{which}", 0))
            bench.keep("others_chunk_cpu", subject, others)
    say(_line(bench, "chunk_cpu", f"CPU µs per chunk of {STREAMS} streams", subjects))


def _line(bench: Bench, measure: str, meaning: str, subjects: list[Subject]) -> str:
    figures = (f"{subject.name} {bench.median(measure, subject):.1f}" for subject in subjects)
    return f"{meaning}: {', '.join(figures)}"
