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
LINE_BYTES, PAGE_BYTES = 64, 4096
USUAL = 0.9  # of all requests or chunks; two chunks may be read at once
NEGLIGIBLE_CALLS = 0.02  # per request or chunk: a timer's, not the request's


def measure(bench: Bench, subject: Subject) -> dict[str, float]:
    """Instructions, the code they stand in, and system calls, per request and per chunk."""
    return {
        **_code(bench, subject, "per_request", _requests, REQUESTS),
        **_code(bench, subject, "per_chunk", _stream, EVENTS),
        **_system_calls(bench, subject, "calls_per_request", _requests, REQUESTS),
        **_system_calls(bench, subject, "calls_per_chunk", _stream, EVENTS),
    }


def _requests(count: int) -> tuple:
    return "count", count


def _stream(count: int) -> tuple:
    return "streams", 1, 1, count, INTERVAL_MILLISECONDS


def _code(
    bench: Bench, subject: Subject, what: str, load, lengths: tuple[int, int]
) -> dict[str, float]:
    """The instructions, and the lines of the cache and pages that those of the usual turn stand in."""
    short, long = (_executed(bench, subject, load, length) for length in lengths)
    turns = lengths[1] - lengths[0]
    usual = [place for place, n in long.items() if n - short[place] >= USUAL * turns]
    return {
        f"instructions_{what}": round((long.total() - short.total()) / turns),
        f"code_lines_{what}": len({place // LINE_BYTES for place in usual}),
        f"code_pages_{what}": len({place // PAGE_BYTES for place in usual}),
    }


def _executed(bench: Bench, subject: Subject, load, length: int) -> Counter[int]:
    """How often the instruction at each address was executed."""
    profile = subject.folder / "callgrind.out"
    options = ("--dump-instr=yes", "--compress-pos=no", f"--callgrind-out-file={profile}")
    with bench.running(subject, under=("valgrind", "--tool=callgrind", *options)):
        bench.load(subject, *load(length))
    times: Counter[int] = Counter()
    is_call = False
    for line in profile.read_text().splitlines() if profile.exists() else ():
        if line.startswith("0x") and not is_call:
            place, _, count = line.split()
            times[int(place, 16)] += int(count)
        is_call = line.startswith("calls=")  # the next line has the cost of what was called
    if not times:
        raise BenchmarkError(f"callgrind has no count of {subject.name}: see {subject.log}")
    return times


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
