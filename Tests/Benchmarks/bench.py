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

import measures
import report
import scenes
import verdicts
from measures import Bench, say
from scenes import RELAY_PORT, SCENES, SPARE_FILES, Scene
from subjects import (
    HERE,
    SECURE_UPSTREAM_PORT,
    UPSTREAM_PORT,
    BenchmarkError,
    occupied,
    raise_file_limit,
)

ROOT = HERE.parent.parent
FOLDER = ROOT / ".build-bench"
PROGRAMS = ("load", "handshakes", "upstream", "relay")
PORTS = (*range(UPSTREAM_PORT, RELAY_PORT + 1), SECURE_UPSTREAM_PORT)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ingot", required=True, type=pathlib.Path, help="builds the gateway")
    parser.add_argument("--runtime", type=pathlib.Path, default=ROOT, help="the runtime's sources")
    parser.add_argument("--quick", action="store_true", help="exact counts and one short round")
    names = [scene.name for scene in SCENES]
    parser.add_argument("--only", choices=names, action="append", help="leave out the others")
    parser.add_argument("--record", action="store_true", help="keep exact figures that have fallen")
    parser.add_argument("--out", type=pathlib.Path, help="where all figures go as JSON")
    return parser.parse_args()


def compile_programs() -> None:
    """Makes the C programs, in FOLDER."""
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    tools = ("gcc", "nginx", "openssl", "strace", "valgrind")
    missing = [tool for tool in tools if not shutil.which(tool, path=path)]
    if missing:
        raise BenchmarkError(f"not installed: {', '.join(missing)}; `make bench` installs them")
    FOLDER.mkdir(exist_ok=True)
    for program in PROGRAMS:
        flags = ("-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror")
        files = ("-o", FOLDER / program, HERE / f"{program}.c", "-lssl", "-lcrypto")
        try:
            subprocess.run(["gcc", *flags, *files], check=True, stdout=sys.stderr)
        except (OSError, subprocess.CalledProcessError) as error:
            raise BenchmarkError(str(error)) from error


def measure(bench: Bench, wanted: list[Scene], extent: measures.Extent, files: int) -> None:
    core = sorted(os.sched_getaffinity(0))[-1]
    for scene in wanted:
        say(f"{scene.name}:")
        bench.scene = scene.prefix
        scene.measure(bench, scene.subjects(FOLDER, core), extent, files)


def conclude(bench: Bench, wanted: list[Scene], options: argparse.Namespace) -> int:
    names = ["ingot", "nginx", "relay"]
    found = verdicts.judge(bench.values, [scene.prefix for scene in wanted], options.quick)
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
    wanted = [scene for scene in SCENES if not options.only or scene.name in options.only]
    try:
        busy = [port for port in PORTS if occupied(port)]
        if busy:
            raise BenchmarkError(f"in use: ports {', '.join(map(str, busy))}")
        compile_programs()
        secured = scenes.make_certificate(FOLDER)
        for scene in wanted:
            scenes.build(FOLDER, options.ingot, options.runtime, scene)
        with contextlib.closing(Bench(FOLDER, cores[0], secured)) as bench:
            measure(bench, wanted, extent, files)
            return conclude(bench, wanted, options)
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
