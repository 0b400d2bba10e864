"""`ingot check --live`: real endpoints, and those that fail in every way, are told apart."""

import contextlib
import json
import signal
import socket
import subprocess
import threading

import pytest

import processes

KEY = "sk-canary-live-key"
INGOT = processes.tool("INGOT", "ingot").resolve()
OTHER_KEY = "sk-canary-wrong-key"
SECRETS = [KEY, OTHER_KEY, "canary-password", "Z2F0ZXdheTpjYW5hcnktcGFzc3dvcmQ="]


@pytest.fixture(scope="module")
def simulator():
    """An endpoint with the standard models that wants a key."""
    port = processes.free_port()
    running = processes.Simulator("127.0.0.1", port, "--api-key", KEY)
    yield running
    running.stop()


@contextlib.contextmanager
def server(answer):
    """Gives each connection's request to `answer`, which may send whatever it likes."""
    listener = socket.create_server(("127.0.0.1", 0))
    connections = []

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection):
        with contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                data = connection.recv(65536)
                if not data:
                    return
                head += data
            answer(connection, head)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        for connection in connections:
            connection.close()


def reply(body, status="200 OK"):
    """Answers with a body and closes."""

    def answer(connection, _):
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body)
        connection.close()

    return answer


def models(*names):
    return json.dumps({"object": "list", "data": [{"id": name} for name in names]}).encode()


class Run:
    """What `ingot check --live` has said of a YAML."""

    def __init__(self, folder, yaml, *options, environment=None, name="gateway.yaml"):
        (folder / name).write_text(yaml)
        # Proxies of the machine that runs the tests are none of the gateway's.
        result = subprocess.run(
            [INGOT, "check", name, "--live", *options],
            cwd=folder,
            env={"http_proxy": "http://127.0.0.1:1", **(environment or {"LIVE_KEY": KEY})},
            capture_output=True,
            text=True,
        )
        self.status = result.returncode
        self.output = result.stdout
        self.errors = result.stderr
        for secret in SECRETS:
            assert secret not in self.output + self.errors

    @property
    def json(self):
        return json.loads(self.output)

    def endpoint(self, name="a"):
        return next(entry for entry in self.json["endpoints"] if entry["name"] == name)

    def message(self):
        (remark,) = self.endpoint()["remarks"]
        return remark["message"]


def single(port, *lines):
    return "\n".join(["endpoints:", "  - name: a", f"    url: http://127.0.0.1:{port}", *lines, ""])


def ask(tmp_path, port, *lines, options=(), **keywords):
    """The one endpoint at `port`, as JSON."""
    return Run(tmp_path, single(port, *lines), "--format", "json", *options, **keywords)


TOKEN = '    auth: {type: bearer, token: "${LIVE_KEY}"}'


def test_an_endpoint_that_is_well(tmp_path, simulator):
    port = simulator.address[1]
    yaml = single(port, TOKEN, '    models: [gpt-4o, "text-*", {name: x, upstream: dall-e-3}]')
    run = Run(tmp_path, yaml)
    assert run.status == 0
    assert run.errors == ""
    lines = run.output.splitlines()
    assert lines[0] == f"a  http://127.0.0.1:{port}/v1/models"
    assert lines[1].startswith(f"  address   127.0.0.1:{port}, connected in ")
    assert lines[2].startswith("  answer    200, first byte in ")
    assert lines[3] == "  models    7, with all 3 that are configured"
    assert lines[4:] == ["", "1 endpoint: 1 is well"]
    entry = ask(tmp_path, port, TOKEN).endpoint()
    assert entry["ok"] and entry["status"] == 200 and len(entry["models"]) == 7
    assert 0 < entry["connect_us"] <= entry["first_byte_us"]


def test_a_missing_model_is_shown_where_the_yaml_names_it(tmp_path, simulator):
    lines = ("    models:", '      - "gpt-5*"', "      - {name: x, upstream: gpt-4oo}")
    run = Run(tmp_path, single(simulator.address[1], TOKEN, *lines))
    assert run.status == 1
    assert "  models    7, without gpt-5*, gpt-4oo\n" in run.output
    assert run.errors == (
        "gateway.yaml:6:9: error[IN144]: `a` has no model that `gpt-5*` matches\n"
        '    6 |       - "gpt-5*"\n'
        "      |         ^~~~~~~~\n"
        "help: remove the pattern, or have the endpoint load such a model\n"
        "\n"
        "gateway.yaml:7:29: error[IN143]: `a` does not have the model `gpt-4oo`\n"
        "    7 |       - {name: x, upstream: gpt-4oo}\n"
        "      |                             ^~~~~~~\n"
        "help: did you mean `gpt-4o`?\n"
        "2 errors\n"
    )


def test_targets_of_aliases_and_the_default_model_are_asked_for(tmp_path, simulator):
    head = "aliases: {fast: gpt-4o, slow: gpt-9}\ndefault_model: gpt-10\n"
    yaml = head + single(simulator.address[1], TOKEN)
    run = Run(tmp_path, yaml, "--format", "json")
    assert run.status == 1
    assert run.endpoint()["missing"] == ["gpt-9", "gpt-10"]
    places = [(entry["line"], entry["column"]) for entry in run.json["diagnostics"]]
    assert places == [(1, 31), (2, 16)]


def test_a_wrong_key_is_told_by_its_name(tmp_path, simulator):
    run = ask(tmp_path, simulator.address[1], TOKEN, environment={"LIVE_KEY": OTHER_KEY})
    assert run.status == 1
    assert run.endpoint()["status"] == 401
    assert run.message() == (
        "it does not accept the credential: `Authorization`, made of LIVE_KEY"
    )


def test_an_endpoint_of_the_clients_keys_is_no_error(tmp_path, simulator):
    run = ask(tmp_path, simulator.address[1])
    assert run.status == 0
    (remark,) = run.endpoint()["remarks"]
    assert remark["severity"] == "warning" and "clients must send their own" in remark["message"]


def test_a_forbidden_list_names_every_credential(tmp_path):
    (tmp_path / "key").write_text(KEY + "\n")
    lines = (
        "    headers: {X-Api-Key: '${file:%s}', X-Team: '${TEAM:-x}'}" % (tmp_path / "key"),
        "    auth: {type: basic, username: gateway, password: '${PASSWORD}'}",
    )
    heads = []

    def answer(connection, head):
        heads.append(head)
        reply(b"", "403 Forbidden")(connection, head)

    with server(answer) as port:
        run = ask(tmp_path, port, *lines, environment={"PASSWORD": "canary-password"})
    assert run.status == 1
    assert run.message() == (
        f"it forbids the model list to this credential: `X-Api-Key`, made of file:{tmp_path}/key "
        "and `Authorization`, made of PASSWORD"
    )
    lines = heads[0].decode().split("\r\n")
    assert lines[0] == "GET /v1/models HTTP/1.1"
    assert f"Host: 127.0.0.1:{port}" in lines
    assert f"X-Api-Key: {KEY}" in lines
    assert "X-Team: x" in lines
    assert "Authorization: Basic Z2F0ZXdheTpjYW5hcnktcGFzc3dvcmQ=" in lines


def test_nothing_is_sent_while_a_secret_is_missing(tmp_path):
    heads = []
    lines = (TOKEN, "    headers: {X-One: '${ONE}', X-Two: '${file:/nowhere/two}'}")
    with server(lambda connection, head: heads.append(head)) as port:
        run = ask(tmp_path, port, *lines, environment={"UNRELATED": "1"})
    assert run.status == 1
    assert run.errors == (
        "ingot: the gateway could not start, so nothing was sent:\n"
        "  - environment variable ONE is not set (endpoint 'a')\n"
        "  - cannot read '/nowhere/two': No such file or directory (endpoint 'a')\n"
        "  - environment variable LIVE_KEY is not set (endpoint 'a')\n"
    )
    assert heads == []


def test_endpoints_out_of_reach(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        refused = probe.getsockname()[1]
    assert ask(tmp_path, refused).message() == "no connection: Connection refused"
    yaml = "endpoints: [{name: a, url: 'http://nothing.invalid'}]"
    run = Run(tmp_path, yaml, "--format", "json")
    assert run.status == 1 and "name is not found" in run.message()
    yaml = f"endpoints: [{{name: a, url: 'unix:{tmp_path}/none.sock'}}]"
    run = Run(tmp_path, yaml, "--format", "json")
    assert run.message() == "no connection: No such file or directory"
    assert run.endpoint()["url"] == f"unix:{tmp_path}/none.sock:/v1/models"


def test_a_socket_file_is_asked_like_a_port(tmp_path):
    path = tmp_path / "llm.sock"
    port = processes.free_port()
    simulator = processes.Simulator("127.0.0.1", port, "--unix", path)
    try:
        yaml = f"endpoints: [{{name: a, url: 'unix:{path}', models: [gpt-4o]}}]"
        run = Run(tmp_path, yaml, "--format", "json")
        assert run.status == 0
        assert run.endpoint()["address"] == f"unix:{path}"
    finally:
        simulator.stop()


def test_an_endpoint_that_hangs_is_given_up(tmp_path):
    with server(lambda *_: None) as port:
        run = ask(tmp_path, port, options=["--timeout", "1s"])
    assert run.status == 1
    assert run.message() == "no answer within 1s"

    def answer(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")

    with server(answer) as port:
        run = ask(tmp_path, port, options=["--timeout", "1s"])
    assert run.message() == "the answer does not end within 1s"


def raw(data):
    def answer(connection, _):
        connection.sendall(data)
        connection.close()

    return answer


ODD = {
    "nothing": (raw(b""), "it closes the connection without an answer"),
    "no-http": (raw(b"220 mail.example ESMTP\r\n"), "what it says is not HTTP"),
    "cut": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), "the answer is cut off"),
    "empty": (reply(b""), "the answer is empty"),
    "html": (reply(b"<h1>Hi</h1>"), "the answer is not JSON"),
    "bytes": (reply(bytes(range(256))), "the answer is not JSON"),
    "shape": (
        reply(b'{"data":[{"id":"a"},{"id":null}]}'),
        "the answer is no model list: `data[1].id` has another type",
    ),
    "deep": (reply(b"[" * 200_000), "the answer is not JSON"),
    "missing": (
        reply(b"no", "404 Not Found"),
        "it has no model list there; is the path of the url right?",
    ),
    "moved": (
        reply(b"", "307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/"),
        "it redirects, which a gateway does not follow",
    ),
    "broken": (reply(b"oops", "500 Internal Server Error"), "it fails"),
    "head": (
        raw(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 70_000 + b"\r\n\r\n"),
        "the answer's head is larger than is read",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_answers_are_told(tmp_path, case):
    answer, message = ODD[case]
    with server(answer) as port:
        run = ask(tmp_path, port, "    models: [gpt-4o]")
    assert run.status == 1
    assert run.message() == message
    assert run.endpoint()["models"] is None
    assert run.json["diagnostics"] == []


def test_an_endless_answer_is_cut(tmp_path):
    def answer(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b" " * 65536)

    with server(answer) as port:
        run = ask(tmp_path, port)
    assert run.status == 1
    assert run.message() == "the answer is larger than is read"


def test_a_secret_that_is_sent_back_is_not_shown(tmp_path):
    def answer(connection, head):
        sent = head.decode().split("Authorization: ")[1].split("\r\n")[0]
        reply(models(sent, "\x1b[2Jgpt-4o"))(connection, head)

    with server(answer) as port:
        run = Run(tmp_path, single(port, TOKEN, "    models: [gpt-4]"))
        frozen = ask(tmp_path, port, TOKEN, options=["--freeze-models", "models.yaml"])
    assert run.status == 1
    assert "\x1b" not in run.output + run.errors
    assert frozen.endpoint()["models"] == ["Bearer ***", "\x1b[2Jgpt-4o"]
    assert KEY not in (tmp_path / "models.yaml").read_text()
    assert "no YAML can list '\ufffd[2Jgpt-4o' of a" in frozen.errors


def test_many_endpoints_are_asked_sixteen_at_once(tmp_path):
    """Each waits until sixteen have asked, so that fewer at once would run out of time."""
    lock = threading.Condition()
    waiting, most = 0, 0

    def answer(connection, head):
        nonlocal waiting, most
        with lock:
            waiting += 1
            most = max(most, waiting)
            lock.notify_all()
            lock.wait_for(lambda: most >= 16)
            waiting -= 1
        reply(models("m"))(connection, head)

    with server(answer) as port:
        lines = [f"  - {{name: e{i}, url: 'http://127.0.0.1:{port}/{i}'}}" for i in range(40)]
        run = Run(tmp_path, "\n".join(["endpoints:", *lines]), "--format", "json")
    assert run.status == 0
    assert most == 16
    assert [entry["name"] for entry in run.json["endpoints"]] == [f"e{i}" for i in range(40)]


def test_frozen_lists_are_what_the_next_check_reads(tmp_path, simulator):
    yaml = single(simulator.address[1], TOKEN, "    models_from: models.yaml")
    check = [INGOT, "check", "gateway.yaml"]
    run = Run(tmp_path, yaml, "--freeze-models", "models.yaml")
    assert run.status == 0, run.errors
    assert run.output.endswith("\nmodels.yaml\n")
    text = (tmp_path / "models.yaml").read_text()
    assert text.splitlines()[1:4] == ["a:", "  - dall-e-3", "  - gpt-3.5-turbo"]
    assert subprocess.run(check, cwd=tmp_path).returncode == 0
    # A name that the endpoint no longer has is shown in the frozen file, and freezing mends it.
    (tmp_path / "models.yaml").write_text(text + "  - gpt-5-turbo\n")
    run = Run(tmp_path, yaml)
    assert run.status == 1
    assert "models.yaml:10:5: error[IN143]: `a` does not have the model `gpt-5-turbo`" in run.errors
    assert Run(tmp_path, yaml, "--freeze-models", "./models.yaml").status == 0
    assert (tmp_path / "models.yaml").read_text() == text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gateway.yaml", "models.yaml"]


def test_nothing_is_frozen_where_an_endpoint_is_silent(tmp_path, simulator):
    (tmp_path / "models.yaml").write_text("old\n")
    yaml = single(simulator.address[1], TOKEN) + "  - {name: b, url: 'http://127.0.0.1:1'}\n"
    run = Run(tmp_path, yaml, "--freeze-models", "models.yaml")
    assert run.status == 1
    assert "ingot: no models were frozen: no list from b\n" in run.errors
    assert (tmp_path / "models.yaml").read_text() == "old\n"


def test_an_interrupted_check_ends_at_once_and_writes_nothing(tmp_path):
    asked = threading.Event()
    with server(lambda *_: asked.set()) as port:
        (tmp_path / "gateway.yaml").write_text(single(port))
        call = [INGOT, "check", "gateway.yaml", "--live", "--freeze-models", "models.yaml"]
        process = subprocess.Popen(call, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        assert asked.wait(15)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == "ingot: interrupted; nothing was replaced\n"
    assert not (tmp_path / "models.yaml").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--timeout", "1s"],
        ["--freeze-models", "m.yaml"],
        ["--live", "--timeout", "0"],
        ["--live", "--timeout", "soon"],
        ["--live", "--freeze-models", "/"],
        ["--live", "--freeze-models", "nowhere/models.yaml"],
    ],
)
def test_wrong_calls_end_with_2(tmp_path, options):
    (tmp_path / "gateway.yaml").write_text("endpoints: [{name: a, url: 'http://127.0.0.1:1'}]")
    call = [INGOT, "check", "gateway.yaml", *options]
    assert subprocess.run(call, cwd=tmp_path, capture_output=True).returncode == 2


def test_a_wrong_yaml_is_not_asked_about(tmp_path):
    run = Run(tmp_path, "endpoints: [{name: a, url: 'http://127.0.0.1:1', modles: [x]}]")
    assert run.status == 1
    assert run.output == "" and "IN020" in run.errors
    run = Run(tmp_path, "endpoints: []", "--format", "json")
    assert run.status == 1
    assert run.json["endpoints"] == [] and run.json["diagnostics"][0]["code"] == "IN032"
