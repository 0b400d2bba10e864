"""Endpoints by name: real questions to a real name server, whose answers change and fail."""

import contextlib
import os
import socket
import ssl
import subprocess
import time

import pytest

import bodies
import certificates
import configurations
import names
import processes

OLD, NEW = names.addresses(11)[0], names.addresses(12)[0]


@pytest.fixture(scope="module", autouse=True)
def binaries(folder):
    """Built before the first test, whose time it would take."""
    for yaml in (configurations.RESOLVED, configurations.NETWORK):
        processes.build(yaml)


@pytest.fixture
def hold():
    """Starts what ends with the test, the last one first."""
    with contextlib.ExitStack() as stack:

        def start(thing):
            stack.callback(thing.stop)
            return thing

        yield start


@pytest.fixture
def server(hold):
    return hold(names.NameServer())


@pytest.fixture
def resolving(hold, server):
    """Starts a gateway after the name server, which knows the names in `known` by then."""

    def start(environment=None, **known):
        server.know(**known)
        settings = {**configurations.ENVIRONMENT, **(environment or {})}
        return hold(processes.Gateway(configurations.RESOLVED, settings))

    return start


def ask(gateway, model):
    return gateway.call("POST", bodies.CHAT, bodies.chat(model))


def is_answered_by_all(gateway, model, at):
    """Whether each of the two workers has found that address; the kernel chooses between them."""
    answers = [ask(gateway, model) for _ in range(24)]
    return all(each.status == 200 and each.json == {"at": at} for each in answers)


def events(gateway, endpoint):
    """The names of the events about an endpoint's name so far."""
    lines = gateway.event_lines()
    return [line["event"] for line in lines if line.get("endpoint") == endpoint]


def wait_for_event(gateway, endpoint, event):
    def find():
        lines = gateway.event_lines()
        found = [line for line in lines if line.get("endpoint") == endpoint]
        return next((line for line in found if line["event"] == event), None)

    return processes.wait_until(find, 40, 0.05)


@pytest.mark.limit(40)
def test_moved_name_is_followed_and_no_request_fails(hold, server, resolving):
    old, _ = hold(names.Place(OLD)), hold(names.Place(NEW))
    gateway = resolving(moving=[OLD])
    processes.wait_until(lambda: is_answered_by_all(gateway, "moving", OLD))
    server.know(moving=[NEW])

    def is_followed():
        answers = [ask(gateway, "moving") for _ in range(24)]
        assert {each.status for each in answers} == {200}
        return all(each.json == {"at": NEW} for each in answers)

    processes.wait_until(is_followed, 30, 0.05)
    processes.wait_until(lambda: old.open_count == 0)
    assert "moving" not in [line.get("endpoint") for line in gateway.event_lines()]


@pytest.mark.limit(60)
@pytest.mark.parametrize("reason", ["not_found", "timeout"])
def test_vanished_name_keeps_its_address_and_says_so_once(hold, server, resolving, reason):
    hold(names.Place(OLD, keeps_alive=False))
    gateway = resolving(moving=[OLD])
    processes.wait_until(lambda: is_answered_by_all(gateway, "moving", OLD))
    if reason == "not_found":
        server.know()
    else:
        server.pause()
    end = time.monotonic() + 40
    while "name_not_found" not in events(gateway, "moving"):
        assert ask(gateway, "moving").status == 200
        assert time.monotonic() < end
        time.sleep(0.05)
    line = wait_for_event(gateway, "moving", "name_not_found")
    assert (line["reason"], line["addresses_kept"]) == (reason, 1)
    if reason == "not_found":
        before = server.question_count("moving.ingot.test")
        processes.wait_until(lambda: server.question_count("moving.ingot.test") >= before + 4, 30)
    assert ask(gateway, "moving").json == {"at": OLD}
    server.resume()
    server.know(moving=[OLD])
    wait_for_event(gateway, "moving", "name_found")
    assert events(gateway, "moving") == ["name_not_found", "name_found"]


@pytest.mark.limit(40)
def test_start_does_not_wait_for_names(hold):
    gateway = hold(processes.Gateway(configurations.RESOLVED))
    wait_for_event(gateway, "moving", "name_not_found")
    assert gateway.own("/readyz").status == 200
    response = ask(gateway, "moving")
    assert response.status == 502
    assert response.json["error"]["code"] == "endpoint_unreachable"
    hold(names.Place(OLD))
    server = hold(names.NameServer())
    server.know(moving=[OLD])
    processes.wait_until(lambda: ask(gateway, "moving").status == 200, 30, 0.05)


def test_server_that_is_silent_is_passed_over(hold, server, resolving):
    with socket.socket(type=socket.SOCK_DGRAM) as silent:
        silent.bind((configurations.ADDRESS, configurations.SILENT_NAMES_PORT))
        hold(names.Place(OLD))
        gateway = resolving(moving=[OLD])
        assert ask(gateway, "moving").json == {"at": OLD}
        assert silent.recv(512)


def test_refused_name_says_why(hold, resolving):
    hold(names.NameServer(port=configurations.SILENT_NAMES_PORT))
    gateway = resolving()
    assert ask(gateway, "refused").status == 502
    assert wait_for_event(gateway, "refused", "name_not_found")["reason"] == "server_failure"


def test_aliases_are_followed(hold, resolving):
    hold(names.Place(OLD))
    assert ask(resolving(moving=[OLD]), "chained").json == {"at": OLD}


def test_answer_too_large_for_a_datagram_comes_whole(hold, resolving):
    places = names.addresses(13, 60)
    hold(names.Place("0.0.0.0", keeps_alive=False))
    gateway = resolving(many=places)
    found = {ask(gateway, "many").json["at"] for _ in range(200)}
    assert found <= set(places)
    # A datagram holds about 30.
    assert len(found) > 40


def test_search_domains_and_ndots(hold, resolving):
    hold(names.Place(OLD)), hold(names.Place(NEW))
    environment = {"LOCALDOMAIN": "wrong.ingot.test ns.ingot.test", "RES_OPTIONS": "ndots:5"}
    gateway = resolving(environment, short_ns=[OLD], service_team_ns=[NEW])
    assert ask(gateway, "short").json == {"at": OLD}
    assert ask(gateway, "dotted").json == {"at": NEW}


def test_hosts_file_needs_no_server(hold):
    hold(names.Place("127.0.0.1"))
    gateway = hold(processes.Gateway(configurations.RESOLVED))
    assert ask(gateway, "listed").json == {"at": "127.0.0.1"}


def test_silent_ipv6_costs_a_quarter_of_a_second_once(hold, resolving):
    hold(names.SilentPlace("::1"))
    hold(names.Place(OLD, keeps_alive=False))
    gateway = resolving(dual=["::1", OLD])
    with gateway.connect() as connection:
        times = []
        for _ in range(5):
            started = time.monotonic()
            connection.send(bodies.request(bodies.CHAT, bodies.chat_bytes("dual")))
            assert connection.response().json == {"at": OLD}
            times.append(time.monotonic() - started)
    assert times[0] >= 0.25
    assert min(times[1:]) < 0.25


def test_both_families_refuse(resolving):
    gateway = resolving(dual=["::1", OLD])
    response = ask(gateway, "dual")
    assert response.status == 502
    assert response.json["error"]["code"] == "endpoint_unreachable"
    assert OLD.encode() not in response.body and b"::1" not in response.body


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    authority = certificates.Authority(tmp_path_factory.mktemp("authority"))
    authority.sign("good", "DNS:secured.ingot.test")
    authority.sign("past", "DNS:secured.ingot.test", days=-1)
    return authority


def context(authority, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.folder / f"{name}.pem", authority.folder / f"{name}.key")
    return context


@pytest.mark.limit(60)
@pytest.mark.parametrize("first", ["silent", "refusing", "expired", "deaf"])
def test_first_address_that_is_no_good_costs_no_secured_request(hold, resolving, authority, first):
    bad = {
        "silent": lambda: hold(names.SilentPlace(OLD)),
        "refusing": lambda: None,
        "expired": lambda: hold(names.Place(OLD, context=context(authority, "past"))),
        "deaf": lambda: hold(names.Place(OLD)),
    }[first]()
    hold(names.Place(NEW, keeps_alive=False, context=context(authority, "good")))
    gateway = resolving({"SSL_CERT_FILE": str(authority.file)}, secured=[OLD, NEW])
    for _ in range(12):
        response = ask(gateway, "secured")
        assert (response.status, response.json) == (200, {"at": NEW})
    if first == "expired":
        assert bad.fault_count > 0, "the bad address was never tried"
        told = [line for line in gateway.event_lines() if line.get("endpoint") == "secured"]
        assert {line["event"] for line in told} == {"tls_failed"}


def mounts_are_allowed():
    command = ["unshare", "--mount", "true"]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.limit(40)
@pytest.mark.skipif(not mounts_are_allowed(), reason="needs root and mounts of its own")
@pytest.mark.parametrize("changed", ["resolv.conf", "hosts"])
def test_settings_of_the_machine_are_read_again(hold, tmp_path, changed):
    absent, present = names.addresses(14, 2)
    hold(names.NameServer(present, 53, {"nothing.invalid": [OLD]}))
    hold(names.Place(OLD, configurations.ECHO_PORT))
    for name, text in [("resolv.conf", f"nameserver {absent}\n"), ("hosts", "\n")]:
        (tmp_path / name).write_text(text)
    mounts = [f"mount --bind {tmp_path}/{name} /etc/{name}" for name in ("resolv.conf", "hosts")]
    prefix = ["unshare", "--mount", "sh", "-c", f'{" && ".join(mounts)} && exec "$0"']
    gateway = hold(processes.Gateway(configurations.NETWORK, prefix=prefix))
    assert ask(gateway, "by-no-name").status == 502
    line = {"resolv.conf": f"nameserver {present}\n", "hosts": f"{OLD} nothing.invalid\n"}
    (tmp_path / changed).write_text(line[changed])
    processes.wait_until(lambda: ask(gateway, "by-no-name").status == 200, 30, 0.05)
