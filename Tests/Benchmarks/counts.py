"""Exact costs: instructions by callgrind and system calls by strace, the same on a busy machine.

Each is the difference of two runs that differ in length only, so that starting, being found
ready, and stopping cancel out. One connection; a stream has an event every few milliseconds,
far enough apart that no two are read at once.
"""

from __future__ import annotations

import re
from collections import Counter

from measures import Bench
from subjects import BenchmarkError, Subject

REQUESTS = (200, 1200)
EVENTS = (20, 220)
INTERVAL_MILLISECONDS = 8
NEGLIGIBLE_CALLS = 0.02  # per request or chunk: a timer's, not the request's


def measure(bench: Bench, subject: Subject) -> dict[str, float]:
    """Instructions and system calls of `subject`, per request and per chunk."""
    return {
        "instructions_per_request": _instructions(bench, subject, _requests, REQUESTS),
        "instructions_per_chunk": _instructions(bench, subject, _stream, EVENTS),
        **_system_calls(bench, subject, "calls_per_request", _requests, REQUESTS),
        **_system_calls(bench, subject, "calls_per_chunk", _stream, EVENTS),
    }


def _requests(count: int) -> tuple:
    return "count", count


def _stream(count: int) -> tuple:
    return "streams", 1, 1, count, INTERVAL_MILLISECONDS


def _instructions(bench: Bench, subject: Subject, load, lengths: tuple[int, int]) -> float:
    totals = []
    for length in lengths:
        profile = subject.folder / "callgrind.out"
        under = ("valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}")
        with bench.running(subject, under=under):
            bench.load(subject, *load(length))
        collected = re.findall(r"Collected : (\d+)", subject.log.read_text(errors="replace"))
        if not collected:
            raise BenchmarkError(f"callgrind has no count of {subject.name}: see {subject.log}")
        totals.append(max(map(int, collected)))
    return round((totals[1] - totals[0]) / (lengths[1] - lengths[0]))


def _system_calls(
    bench: Bench, subject: Subject, measure: str, load, lengths: tuple[int, int]
) -> dict[str, float]:
    """The calls in all as `measure`, and each kind's as `measure: name`."""
    totals = []
    for length in lengths:
        table = subject.folder / "strace.out"
        under = ("strace", "-f", "-c", "-U", "calls,name", "-o", str(table))
        with bench.running(subject, under=under, past_tracer=True):
            bench.load(subject, *load(length))
        lines = re.findall(r"^ *(\d+) +(\w+)$", table.read_text(), re.MULTILINE)
        totals.append(Counter({name: int(calls) for calls, name in lines if name != "total"}))
        if not totals[-1]:
            raise BenchmarkError(f"strace has no count of {subject.name}: see {table}")
    totals[1].subtract(totals[0])
    each = {name: calls / (lengths[1] - lengths[0]) for name, calls in totals[1].most_common()}
    kinds = {name: calls for name, calls in each.items() if calls >= NEGLIGIBLE_CALLS}
    return {
        measure: round(sum(each.values()), 2),
        **{f"{measure}: {name}": round(calls, 2) for name, calls in kinds.items()},
    }
