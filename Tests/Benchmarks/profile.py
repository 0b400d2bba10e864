#!/usr/bin/env python3
"""Notes which ways requests take through the runtime, for the compiler: Runtime.profdata.

A gateway that counts its own branches is built and given plain and streamed completions, without
and with an access log. README.md says when to run this.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
from contextlib import closing

from measures import Bench, say
from subjects import HERE, UPSTREAM_PORT, BenchmarkError, Ingot

ROOT = HERE.parent.parent
FOLDER = ROOT / ".build-bench" / "profile"
PROFILE = ROOT / "Sources" / "Runtime" / "Runtime.profdata"
LOADS = (("count", 2000), ("streams", 20, 1, 100, 5))
LIBRARIES = ("-lssl", "-lcrypto")
LOGS = ('"off"', "json")
# Without it, a next function whose name begins with $, as Swift's do, is read as a bitmap's size.
NO_BITMAP = "$0"


def run(*command: object, output: int | None = None) -> str:
    """What the command prints; its errors are shown."""
    try:
        words = list(map(str, command))
        return subprocess.run(words, check=True, stdout=output or sys.stderr, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchmarkError(str(error)) from error


def toolchain() -> pathlib.Path:
    """The folder of the `swift` in PATH, whose tools alone know the format of its profiles."""
    swift = shutil.which("swift")
    if not swift:
        raise BenchmarkError("no 'swift' in PATH")
    return pathlib.Path(swift).resolve().parent.parent


def counting_gateway(ingot: pathlib.Path, log: str) -> pathlib.Path:
    """Builds the gateway of gateway.yaml with counters in it and that access log."""
    yaml, package, scratch = FOLDER / "gateway.yaml", FOLDER / "package", FOLDER / "build"
    yaml.write_text((HERE / "gateway.yaml").read_text().replace(LOGS[0], log))
    run(ingot, "generate", yaml, "-o", package, "--runtime", ROOT)
    library = f"lib/clang/*/lib/linux/libclang_rt.profile-{os.uname().machine}.a"
    library = next(toolchain().glob(library), None)
    if not library:
        raise BenchmarkError("the toolchain has no libclang_rt.profile")
    words = ("-Xswiftc", "-Xfrontend", "-Xswiftc", "-ir-profile-generate")
    words += ("-Xlinker", "--undefined=__llvm_profile_runtime", "-Xlinker", library)
    build = ("swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "gateway")
    run(*build, "--package-path", package, "--scratch-path", scratch, *words)
    return scratch / "release" / "gateway"


def train(gateway: pathlib.Path, raw: pathlib.Path) -> None:
    """Gives the gateway its loads; it writes `raw` when it ends."""
    os.environ["LLVM_PROFILE_FILE"] = str(raw)
    cores = sorted(os.sched_getaffinity(0))
    subject = Ingot(UPSTREAM_PORT + 1, cores[-1], FOLDER, gateway)
    with closing(Bench(FOLDER, cores[0])) as bench:
        with bench.running(subject):
            for load in LOADS:
                bench.load(subject, *load)
        if bench.faults:
            raise BenchmarkError(bench.faults[0])


def executed(text: str) -> str:
    """The profile's functions that ran, without what is known of the calls through pointers.

    What never ran is left out, so that it is compiled as if there were no profile: a request that
    the loads do not make must not be taken for one that nobody makes.
    """
    head, *functions = text.strip().split("\n\n")
    first = head.index("\n", head.index(":ir")) + 1
    kept = []
    for function in (head[first:], *functions):
        counts = function.partition("# Num Value Kinds")[0].rstrip()
        values = counts.partition("# Counter Values:\n")[2].split()
        if "/" not in counts and any(value != "0" for value in values):
            kept.append(f"{counts}\n# Num Bitmap Bytes:\n{NO_BITMAP}")
    return "\n\n".join([head[:first].rstrip(), *kept]) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ingot", required=True, type=pathlib.Path, help="emits the gateway")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        for program in ("load", "upstream"):
            run("gcc", "-std=gnu17", "-O2", "-o", FOLDER / program, HERE / f"{program}.c", *LIBRARIES)
        raws = [FOLDER / f"{number}.profraw" for number in range(len(LOGS))]
        for log, raw in zip(LOGS, raws, strict=True):
            train(counting_gateway(options.ingot.resolve(), log), raw)
        merge = (toolchain() / "bin" / "llvm-profdata", "merge")
        text = executed(run(*merge, "-text", "-o", "-", *raws, output=subprocess.PIPE))
        (FOLDER / "executed.txt").write_text(text)
        run(*merge, "-o", PROFILE, FOLDER / "executed.txt")
    except BenchmarkError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    count = text.count("# Func Hash:")
    say(f"{count} functions, {PROFILE.stat().st_size / 1024:.0f} KiB: {PROFILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
