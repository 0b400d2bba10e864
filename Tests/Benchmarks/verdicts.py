"""The limits of thresholds.json, and whether what was measured keeps to them."""

from __future__ import annotations

import json
import pathlib
import platform
import statistics
from dataclasses import dataclass

FILE = pathlib.Path(__file__).resolve().parent / "thresholds.json"
OURS, YARDSTICK = "ingot", "nginx"
EXACT = (
    "instructions_per_request",
    "instructions_per_chunk",
    "code_lines_per_request",
    "code_lines_per_chunk",
    "calls_per_request",
    "calls_per_chunk",
    "https_instructions_per_request",
    "https_instructions_per_chunk",
    "https_calls_per_request",
    "https_calls_per_chunk",
    "libcurl_instructions_per_request",
    "libcurl_calls_per_request",
)
# What one short round on a busy machine cannot tell.
NOISY = ("request_cpu_64", "request_cpu_1", "chunk_cpu", "start")
PREFIXES = ("https_", "secured_", "libcurl_", "")

Values = dict[str, dict[str, list[float]]]


@dataclass
class Verdict:
    measure: str
    kind: str
    limit: float
    found: float | None
    """None where it was not measured."""
    judged: bool

    @property
    def over(self) -> bool:
        """Whether this ends the run with 1: a limit exceeded, or never looked at."""
        return self.judged and (self.found is None or self.found > self.limit)


def ratios(values: Values, measure: str, subject: str) -> list[float]:
    """The subject's figure over nginx's, round by round: what slows a round slows both."""
    pairs = zip(values[measure][subject], values[measure][YARDSTICK], strict=True)
    return [ours / theirs for ours, theirs in pairs if theirs > 0]


def scene_prefix(measure: str) -> str:
    """What the measures of its scene begin with; empty for the plain one's."""
    return next(prefix for prefix in PREFIXES if measure.startswith(prefix))


def judge(values: Values, scenes: list[str], quick: bool) -> list[Verdict]:
    """Each limit of the scenes, given by their prefixes, with what was found.

    A quick run judges what does not depend on the machine.
    """
    verdicts = _all(values, quick)
    return [verdict for verdict in verdicts if scene_prefix(verdict.measure) in scenes]


def _all(values: Values, quick: bool) -> list[Verdict]:
    thresholds = json.loads(FILE.read_text())
    verdicts = []
    for measure, limit in thresholds["limits"].items():
        found = values.get(measure, {}).get(OURS)
        judged = not quick or (measure not in NOISY and found is not None)
        median = statistics.median(found) if found else None
        verdicts.append(Verdict(measure, "limit", limit, median, judged))
    for measure, limit in thresholds["limits_of_nginx"].items():
        found = ratios(values, measure, OURS) if measure in values else None
        median = statistics.median(found) if found else None
        verdicts.append(Verdict(measure, "times nginx's", limit, median, not quick))
    recorded = thresholds["recorded"]
    if recorded.get("architecture") == platform.machine():
        room = 1 + thresholds["creep_percent"] / 100
        for measure in (name for name in EXACT if name in recorded):
            found = values.get(measure, {}).get(OURS)
            median = statistics.median(found) if found else None
            limit = round(recorded[measure] * room, 2)
            verdicts.append(Verdict(measure, "recorded + creep", limit, median, True))
    return verdicts


def record(values: Values) -> list[str]:
    """Writes the exact figures down, and says what changed.

    A figure only ever falls: to let one rise is a decision, made by hand in the file where a
    reviewer sees it. Figures of another architecture are replaced as a whole.
    """
    thresholds = json.loads(FILE.read_text())
    recorded = thresholds["recorded"]
    if recorded.get("architecture") != platform.machine():
        recorded = thresholds["recorded"] = {"architecture": platform.machine()}
    said = []
    for measure in EXACT:
        if measure not in values:
            continue
        before, now = recorded.get(measure), values[measure][OURS][0]
        if before is not None and now > before:
            said.append(f"{measure}: stays {before:g}, is now {now:g}: raise it by hand if need be")
        elif now != before:
            recorded[measure] = now
            said.append(f"{measure}: {before or 'none'} -> {now:g}")
    FILE.write_text(json.dumps(thresholds, indent=2) + "\n")
    return said
