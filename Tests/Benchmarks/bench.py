#!/usr/bin/env python3
"""Measures a gateway beside nginx and a bare relay, and holds it to thresholds.json.

Ends with 0 where all limits are kept, 1 where one is exceeded or an answer was wrong, and 2 where
nothing could be measured. README.md says what each figure means.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys

import counts
import measures
import report
import verdicts
from measures import Bench, say
from subjects import (
    HERE,
    UPSTREAM_PORT,
    BenchmarkError,
    Ingot,
    Nginx,
    Relay,
    Subject,
    occupied,
    raise_file_limit,
)

ROOT = HERE.parent.parent
FOLDER = ROOT / ".build-bench"
INGOT_PORT, NGINX_PORT, RELAY_PORT = UPSTREAM_PORT + 1, UPSTREAM_PORT + 2, UPSTREAM_PORT + 3
SPARE_FILES = 100


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ingot", required=True, type=pathlib.Path, help="builds the gateway")
    parser.add_argument("--runtime", type=pathlib.Path, default=ROOT, help="the runtime's sources")
    parser.add_argument("--quick", action="store_true", help="exact counts and one short round")
    parser.add_argument("--record", action="store_true", help="keep exact figures that have fallen")
    parser.add_argument("--out", type=pathlib.Path, help="where all figures go as JSON")
    return parser.parse_args()


def build(options: argparse.Namespace) -> None:
    """Makes the gateway and the C programs, in FOLDER."""
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    tools = ("gcc", "nginx", "strace", "valgrind")
    missing = [tool for tool in tools if not shutil.which(tool, path=path)]
    if missing:
        raise BenchmarkError(f"not installed: {', '.join(missing)}; `make bench` installs them")
    FOLDER.mkdir(exist_ok=True)
    for program in ("load", "upstream", "relay"):
        flags = ("-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror")
        run(["gcc", *flags, "-o", FOLDER / program, HERE / f"{program}.c"])
    yaml, gateway = HERE / "gateway.yaml", FOLDER / "gateway"
    run([options.ingot.resolve(), "build", yaml, "-o", gateway, "--runtime", options.runtime])


def run(command: list) -> None:
    try:
        subprocess.run(command, check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchmarkError(str(error)) from error


def measure(bench: Bench, subjects: list[Subject], extent: measures.Extent, files: int) -> None:
    for subject in subjects:
        say(f"counting the instructions and system calls of {subject.name}")
        for name, value in counts.measure(bench, subject).items():
            bench.keep(name, subject, value)
    measures.start_up(bench, subjects, extent)
    for count in extent.held:
        held = min(count, (files - SPARE_FILES) // 2)
        if held < count:
            say(f"{files} files may be open: {held} streams instead of {count}")
        measures.held_streams(bench, subjects, count, held)
    with contextlib.ExitStack() as running:
        for subject in subjects:
            running.enter_context(bench.running(subject))
        measures.request_rounds(bench, subjects, extent)
        measures.stream_rounds(bench, subjects, extent)


def conclude(bench: Bench, subjects: list[Subject], options: argparse.Namespace) -> int:
    names = [subject.name for subject in subjects]
    found = verdicts.judge(bench.values, options.quick)
    parts = [
        report.figures(bench.values, names),
        report.kinds_of_calls(bench.values, names),
        report.noise(bench.values),
        report.limits(found),
        "\n".join(f"error: {fault}" for fault in bench.faults),
    ]
    print("\n" + "\n\n".join(filter(None, parts)))
    if options.out:
        machine = {"architecture": platform.machine(), "cores": os.cpu_count()}
        text = json.dumps({"machine": machine, "values": bench.values, "faults": bench.faults})
        options.out.write_text(text + "\n")
    if options.record and not bench.faults:
        print("\n" + "\n".join(verdicts.record(bench.values) or ["nothing new to record"]))
    over = sum(verdict.over for verdict in found)
    if over or bench.faults:
        print(f"\nlimits exceeded: {over}; loads with errors: {len(bench.faults)}")
    return 1 if over or bench.faults else 0


def main() -> int:
    options = arguments()
    extent = measures.QUICK if options.quick else measures.FULL
    files = raise_file_limit(2 * max(extent.held) + SPARE_FILES)
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        say("one core only: the load shares it with what is measured")
    try:
        busy = [port for port in range(UPSTREAM_PORT, RELAY_PORT + 1) if occupied(port)]
        if busy:
            raise BenchmarkError(f"in use: ports {', '.join(map(str, busy))}")
        build(options)
        subjects = [
            Ingot(INGOT_PORT, cores[-1], FOLDER, FOLDER / "gateway"),
            Nginx(NGINX_PORT, cores[-1], FOLDER),
            Relay(RELAY_PORT, cores[-1], FOLDER, FOLDER / "relay"),
        ]
        with contextlib.closing(Bench(FOLDER, cores[0])) as bench:
            measure(bench, subjects, extent, files)
            return conclude(bench, subjects, options)
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
