"""What is compared: for each kind of gateway the programs that do the same work as it does."""

from __future__ import annotations

import contextlib
import pathlib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace

import counts
import measures
from measures import Bench, Extent, say
from subjects import (
    HERE,
    SECURE_UPSTREAM_PORT,
    SERVER_NAME,
    UPSTREAM_PORT,
    BenchmarkError,
    Ingot,
    Nginx,
    Relay,
    Subject,
)

INGOT_PORT, NGINX_PORT, RELAY_PORT = UPSTREAM_PORT + 1, UPSTREAM_PORT + 2, UPSTREAM_PORT + 3
SPARE_FILES = 100
VALID_DAYS = 3650
FEWER_ROUNDS = 11  # of the scenes that are not the plain one

# nginx as its users set it up for an endpoint of https whose certificate is checked.
VERIFYING = """
    proxy_ssl_verify on;
    proxy_ssl_trusted_certificate @FOLDER@/bench.pem;
    proxy_ssl_protocols TLSv1.2 TLSv1.3;
    proxy_ssl_server_name on;
    proxy_ssl_name @NAME@;
    proxy_ssl_session_reuse on;"""
# And for clients over TLS, who keep what resumes their sessions.
SECURED = """
    ssl_certificate @FOLDER@/bench.pem;
    ssl_certificate_key @FOLDER@/bench.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_tickets on;"""

OWN_ROUTE = """
        location = /healthz {
            return 200 "ok";
        }"""


@dataclass
class Scene:
    """Subjects that do one and the same work, and what of it is measured."""

    name: str
    prefix: str
    """Stands before the names of its measures."""
    yaml: str
    """What its gateway is cast from, beside this file."""
    subjects: Callable[[pathlib.Path, int], list[Subject]]
    """Made of the folder of all that is built, and the core to run on."""
    measure: Callable[[Bench, list[Subject], Extent, int], None]
    """Takes the number of files that may be open as well."""


def _gateway(folder: pathlib.Path, core: int, yaml: str) -> Ingot:
    return Ingot(INGOT_PORT, core, folder, binary(folder, yaml))


def binary(folder: pathlib.Path, yaml: str) -> pathlib.Path:
    """The gateway of `yaml` in the folder of all that is built."""
    return folder / yaml.removesuffix(".yaml")


def _words(text: str, folder: pathlib.Path) -> str:
    return text.replace("@FOLDER@", str(folder)).replace("@NAME@", SERVER_NAME)


def _plain_subjects(folder: pathlib.Path, core: int) -> list[Subject]:
    return [
        _gateway(folder, core, "gateway.yaml"),
        Nginx(NGINX_PORT, core, folder),
        Relay(RELAY_PORT, core, folder, folder / "relay"),
    ]


def _https_subjects(folder: pathlib.Path, core: int) -> list[Subject]:
    endpoint, more = ("https", SECURE_UPSTREAM_PORT), {"HTTP": _words(VERIFYING, folder)}
    return [
        _gateway(folder, core, "https.yaml"),
        Nginx(NGINX_PORT, core, folder, endpoint, more),
    ]


def _secured_subjects(folder: pathlib.Path, core: int) -> list[Subject]:
    more = {"HTTP": _words(SECURED, folder), "LISTEN": "ssl", "SERVER": OWN_ROUTE}
    subjects = [
        _gateway(folder, core, "secured.yaml"),
        Nginx(NGINX_PORT, core, folder, more=more),
    ]
    for subject in subjects:
        subject.authority = folder / "bench.pem"
    return subjects


def _libcurl_subjects(folder: pathlib.Path, core: int) -> list[Subject]:
    return [_gateway(folder, core, "libcurl.yaml"), Nginx(NGINX_PORT, core, folder)]


def _count(bench: Bench, subjects: list[Subject]) -> None:
    for subject in subjects:
        say(f"counting the instructions and system calls of {subject.name}")
        for name, value in counts.measure(bench, subject).items():
            bench.keep(name, subject, value)


def _measure_plain(bench: Bench, subjects: list[Subject], extent: Extent, files: int) -> None:
    _count(bench, subjects)
    measures.start_up(bench, subjects, extent)
    for count in extent.held:
        held = min(count, (files - SPARE_FILES) // 2)
        if held < count:
            say(f"{files} files may be open: {held} streams instead of {count}")
        measures.held_streams(bench, subjects, count, held)
    with _all_running(bench, subjects):
        measures.request_rounds(bench, subjects, extent)
        measures.stream_rounds(bench, subjects, extent)


def _measure_https(bench: Bench, subjects: list[Subject], extent: Extent, files: int) -> None:
    _count(bench, subjects)
    with _all_running(bench, subjects):
        measures.request_rounds(bench, subjects, _fewer(extent))
        measures.session_rounds(bench, subjects, _fewer(extent))


def _measure_secured(bench: Bench, subjects: list[Subject], extent: Extent, files: int) -> None:
    with _all_running(bench, subjects):
        measures.session_rounds(bench, subjects, _fewer(extent))


def _measure_libcurl(bench: Bench, subjects: list[Subject], extent: Extent, files: int) -> None:
    _count(bench, subjects[:1])
    with _all_running(bench, subjects):
        measures.request_rounds(bench, subjects, _fewer(extent))


def _fewer(extent: Extent) -> Extent:
    return replace(extent, rounds=min(extent.rounds, FEWER_ROUNDS))


@contextlib.contextmanager
def _all_running(bench: Bench, subjects: list[Subject]):
    with contextlib.ExitStack() as running:
        for subject in subjects:
            running.enter_context(bench.running(subject))
        yield


SCENES = (
    Scene("plain", "", "gateway.yaml", _plain_subjects, _measure_plain),
    Scene("https", "https_", "https.yaml", _https_subjects, _measure_https),
    Scene("secured", "secured_", "secured.yaml", _secured_subjects, _measure_secured),
    Scene("libcurl", "libcurl_", "libcurl.yaml", _libcurl_subjects, _measure_libcurl),
)


def make_certificate(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """A certificate of `SERVER_NAME` that vouches for itself, and its key; made once."""
    certificate, key = folder / "bench.pem", folder / "bench.key"
    if certificate.exists() and key.exists():
        return certificate, key
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    names = ("-subj", f"/CN={SERVER_NAME}", "-addext", f"subjectAltName=DNS:{SERVER_NAME}")
    files = ("-keyout", key, "-out", certificate, "-days", str(VALID_DAYS))
    try:
        command = ("openssl", "req", "-x509", *curve, *names, *files)
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchmarkError(f"no certificate: {error}") from error
    return certificate, key


def build(folder: pathlib.Path, ingot: pathlib.Path, runtime: pathlib.Path, scene: Scene) -> None:
    """Casts the gateway of a scene."""
    yaml = folder / scene.yaml
    yaml.write_text(_words((HERE / scene.yaml).read_text(), folder))
    words = ("-o", binary(folder, scene.yaml), "--runtime", runtime)
    try:
        command = (ingot.resolve(), "build", yaml, *words)
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchmarkError(str(error)) from error
