"""The tables that a run ends with."""

from __future__ import annotations

import statistics

from verdicts import YARDSTICK, Values, Verdict, ratios, scene_prefix

# Each measure, in the order of the table: its name in words and its unit.
MEASURES = {
    "instructions_per_request": ("user instructions per request", ""),
    "code_lines_per_request": ("cache lines of code per request", ""),
    "code_pages_per_request": ("pages of code per request", ""),
    "calls_per_request": ("system calls per request", ""),
    "instructions_per_chunk": ("user instructions per streamed chunk", ""),
    "code_lines_per_chunk": ("cache lines of code per streamed chunk", ""),
    "code_pages_per_chunk": ("pages of code per streamed chunk", ""),
    "calls_per_chunk": ("system calls per streamed chunk", ""),
    "request_cpu_64": ("CPU per request, 64 connections", "µs"),
    "request_cpu_1": ("CPU per request, 1 connection", "µs"),
    "chunk_cpu": ("CPU per streamed chunk, 500 streams", "µs"),
    "latency_64_p50": ("latency, 64 connections, p50", "µs"),
    "latency_64_p99": ("latency, 64 connections, p99", "µs"),
    "latency_1_p50": ("latency, 1 connection, p50", "µs"),
    "latency_1_p99": ("latency, 1 connection, p99", "µs"),
    "delay_p50": ("delay of a chunk, p50", "µs"),
    "delay_p99": ("delay of a chunk, p99", "µs"),
    "idle_memory": ("resident memory, idle", "MB"),
    "stream_memory_2000": ("memory per idle stream, 2,000 held", "KB"),
    "stream_memory_10000": ("memory per idle stream, 10,000 held", "KB"),
    "start": ("start to the first proxied answer", "ms"),
    "session_cpu": ("CPU per resumed TLS session", "µs"),
    "session_rate": ("resumed TLS sessions a second, load included", ""),
}
SCENES = {"": "", "https_": "https: ", "secured_": "secured: ", "libcurl_": "libcurl: "}
WITH_RATIO = (
    "request_cpu_64",
    "request_cpu_1",
    "chunk_cpu",
    "instructions_per_request",
    "session_cpu",
)
NOISY_CORES = 0.2


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def spread(values: list[float]) -> str:
    """The median, and the least and the most where there are several."""
    middle = number(statistics.median(values))
    return f"{middle} ({number(min(values))}–{number(max(values))})" if len(values) > 1 else middle


def table(rows: list[list[str]]) -> str:
    """Rows with columns of equal width; the first row is the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "─" * max(map(len, lines)), *lines[1:]])


def figures(values: Values, subjects: list[str]) -> str:
    rows = [["median (least–most)", *subjects]]
    for prefix in SCENES:
        for measure in MEASURES:
            name = f"{prefix}{measure}"
            if name not in values:
                continue
            found = values[name]
            cells = [spread(found[subject]) if subject in found else "–" for subject in subjects]
            unit = MEASURES[measure][1]
            rows.append([f"{meaning(name)}{', ' + unit if unit else ''}", *cells])
            if measure in WITH_RATIO and YARDSTICK in found:
                times = [_times(values, name, subject) for subject in subjects]
                rows.append(["    times nginx's", *times])
    return table(rows)


def meaning(name: str) -> str:
    """A measure in words, its scene before it."""
    prefix = scene_prefix(name)
    return f"{SCENES[prefix]}{MEASURES[name.removeprefix(prefix)][0]}"


def _times(values: Values, measure: str, subject: str) -> str:
    if subject == YARDSTICK:
        return "1"
    return spread(ratios(values, measure, subject)) if subject in values[measure] else "–"


def kinds_of_calls(values: Values, subjects: list[str]) -> str:
    """Which system calls each subject makes for a request, and for a chunk."""
    lines = []
    measures = [f"{scene}calls_per_{what}" for scene in SCENES for what in ("request", "chunk")]
    for measure in measures:
        for subject in subjects:
            if subject not in values.get(measure, {}):
                continue
            kinds = [
                f"{name.partition(': ')[2]} {found[subject][0]:g}"
                for name, found in values.items()
                if name.startswith(f"{measure}: ") and subject in found
            ]
            lines.append(f"{measure.replace('_', ' ')}, {subject}: {', '.join(kinds)}")
    return "\n".join(lines)


def noise(values: Values) -> str:
    """How busy others kept the machine meanwhile, for the reader to judge the timings by."""
    found = [
        cores
        for measure, by_subject in values.items()
        if "others_" in measure
        for several in by_subject.values()
        for cores in several
    ]
    if not found:
        return ""
    middle = statistics.median(found)
    text = f"Others kept {middle:.2f} cores busy while CPU was measured (worst {max(found):.2f})"
    calm = middle < NOISY_CORES
    return text + (": a calm machine." if calm else ": too many to trust single timings.")


def limits(found: list[Verdict]) -> str:
    rows = [["limit", "kind", "at most", "found", ""]]
    for verdict in found:
        value = "not measured" if verdict.found is None else number(verdict.found)
        word = "ok" if verdict.judged else "not judged"
        if verdict.over:
            word = "OVER"
            if verdict.found is not None:
                word += f" by {100 * (verdict.found / verdict.limit - 1):.1f} %"
        rows.append([meaning(verdict.measure), verdict.kind, number(verdict.limit), value, word])
    return table(rows)
