"""What `ingot image` and `ingot deploy` write, as those read it whom it is for."""

import pathlib
import shutil
import subprocess

import kubernetes_validate
import pytest
import yaml

import processes

CASES = processes.ROOT / "Tests/GeneratorTests/Cases/Deploy"
CLUSTERS = sorted(CASES.glob("*/kubernetes.yaml"))
# The oldest one that a deployment is promised to work with, and the newest one that is known.
VERSIONS = ["1.30", "1.37"]
# Defined by the operator of Prometheus and not by Kubernetes.
FOREIGN = {"ServiceMonitor"}

SIMPLE = """\
server: {host: 0.0.0.0, rate_limits: {per_endpoint: off}}
endpoints:
  - name: vllm
    url: http://10.0.0.7:8000
    headers: {Authorization: "Bearer ${VLLM_KEY}", X-Team: "${file:/run/secrets/team}"}
"""


def ingot(*arguments, cwd):
    tool = processes.tool("INGOT", "ingot").resolve()
    return subprocess.run([tool, *arguments], cwd=cwd, capture_output=True, text=True)


def objects(path):
    """The objects of a deployment by their kinds."""
    documents = list(yaml.safe_load_all(path.read_text()))
    found = {document["kind"]: document for document in documents}
    assert len(found) == len(documents)
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", CLUSTERS, ids=lambda path: path.parent.name)
@pytest.mark.limit(120)
def test_every_object_is_valid_by_the_published_schemas(path, version):
    kinds = objects(path)
    assert len(kinds) >= 5
    for kind in kinds.keys() - FOREIGN:
        kubernetes_validate.validate(kinds[kind], version, strict=True)


@pytest.mark.parametrize("path", CLUSTERS, ids=lambda path: path.parent.name)
def test_objects_of_a_deployment_find_each_other(path):
    kinds = objects(path)
    template = kinds["Deployment"]["spec"]["template"]
    labels = template["metadata"]["labels"].items()
    selectors = [
        kinds["Deployment"]["spec"]["selector"]["matchLabels"],
        kinds["Service"]["spec"]["selector"],
        kinds["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        kinds["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
    ]
    assert all(selector and selector.items() <= labels for selector in selectors)
    target = kinds["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert target["name"] == kinds["Deployment"]["metadata"]["name"]
    assert len({kind["metadata"].get("namespace") for kind in kinds.values()}) == 1
    pod = template["spec"]
    container = pod["containers"][0]
    names = {port["name"] for port in container["ports"]}
    assert {port["targetPort"] for port in kinds["Service"]["spec"]["ports"]} <= names
    assert container["livenessProbe"]["httpGet"]["port"] in names
    for rule in kinds["NetworkPolicy"]["spec"]["ingress"]:
        assert {port["port"] for port in rule["ports"]} <= names
    volumes = {volume["name"] for volume in pod.get("volumes", [])}
    assert {mount["name"] for mount in container.get("volumeMounts", [])} == volumes
    paths = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
    assert len(set(paths)) == len(paths)
    if monitor := kinds.get("ServiceMonitor"):
        scraped = monitor["spec"]["endpoints"][0]["port"]
        assert scraped in {port["name"] for port in kinds["Service"]["spec"]["ports"]}
        selected = monitor["spec"]["selector"]["matchLabels"].items()
        assert selected <= kinds["Service"]["metadata"]["labels"].items()


@pytest.mark.parametrize("path", CLUSTERS, ids=lambda path: path.parent.name)
def test_a_pod_may_do_nothing_but_serve(path):
    pod = objects(path)["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    assert pod["containers"][0]["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_a_service_is_accepted_and_found_hardened_by_systemd(tmp_path):
    for case in sorted(CASES.glob("*/gateway.yaml")):
        folder = tmp_path / case.parent.name
        # systemd-analyze takes `i` for the release.
        (folder / "i").mkdir(parents=True)
        shutil.copy("/bin/true", folder / "i/gateway")
        result = ingot(
            *("deploy", "systemd", case, "--name", "llm", "--binary", f"{folder}/%i/gateway"),
            cwd=folder,
        )
        assert result.returncode == 0, result.stderr
        unit = folder / "llm@.service"
        verified = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit],
            capture_output=True,
            text=True,
        )
        assert (verified.returncode, verified.stderr) == (0, "")
        rated = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
            capture_output=True,
            text=True,
        )
        assert rated.returncode == 0, rated.stdout.splitlines()[-1]


COMMANDS = {
    "Dockerfile": ["image", "gateway.yaml"],
    "kubernetes.yaml": ["deploy", "kubernetes", "gateway.yaml", "--image", "gateway:1"],
    "gateway@.service": ["deploy", "systemd", "gateway.yaml"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_is_written_once_and_never_over_another_one(name, tmp_path):
    (tmp_path / "gateway.yaml").write_text(SIMPLE)
    written = ingot(*COMMANDS[name], cwd=tmp_path)
    assert (written.returncode, written.stdout, written.stderr) == (0, f"{name}\n", "")
    text = (tmp_path / name).read_text()
    assert "VLLM_KEY" in text or name == "Dockerfile"
    again = ingot(*COMMANDS[name], cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, f"{name} is up to date\n")
    assert ingot(*COMMANDS[name], "-o", "-", cwd=tmp_path).stdout.splitlines()[-1] == (
        text.splitlines()[-1]
    )
    (tmp_path / name).write_text("mine\n")
    refused = ingot(*COMMANDS[name], cwd=tmp_path)
    assert refused.returncode == 2 and "nothing was written" in refused.stderr
    assert (tmp_path / name).read_text() == "mine\n"
    assert ingot(*COMMANDS[name], "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / name).read_text() == text


@pytest.mark.parametrize(
    "arguments",
    [
        ["deploy", "kubernetes", "gateway.yaml"],
        ["deploy", "kubernetes", "gateway.yaml", "--image", "a b"],
        ["deploy", "kubernetes", "gateway.yaml", "--image", "a", "--name", "No"],
        ["deploy", "kubernetes", "gateway.yaml", "--image", "a", "--max-replicas", "1"],
        ["deploy", "systemd", "gateway.yaml", "--binary", "gateway"],
        ["deploy", "systemd", "gateway.yaml", "--binary", "/opt/gateway"],
        ["image", "gateway.yaml", "--swift-image", "a", "--ingot-image", "b"],
        ["image", "-"],
        ["image", "gateway.yaml", "-o", "/nowhere/Dockerfile"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_writes_nothing(arguments, tmp_path):
    (tmp_path / "gateway.yaml").write_text(SIMPLE)
    result = ingot(*arguments, cwd=tmp_path)
    assert result.returncode == 2 and result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["gateway.yaml"]


def test_a_yaml_that_cannot_work_there_is_told_so(tmp_path):
    (tmp_path / "gateway.yaml").write_text("endpoints: [{name: a, url: 'http://127.0.0.1:1'}]\n")
    pod = ingot(*COMMANDS["kubernetes.yaml"], cwd=tmp_path)
    assert pod.returncode == 1
    assert "error[IN196]" in pod.stderr and "warning[IN197]" in pod.stderr
    assert not (tmp_path / "kubernetes.yaml").exists()
    image = ingot(*COMMANDS["Dockerfile"], cwd=tmp_path)
    assert image.returncode == 0 and "warning[IN195]" in image.stderr


def test_a_gateway_with_libcurl_gets_no_image(tmp_path):
    (tmp_path / "gateway.yaml").write_text(
        "server: {host: 0.0.0.0}\n"
        "endpoints: [{name: a, url: 'https://10.0.0.1', http_version: 2}]\n"
    )
    image = ingot(*COMMANDS["Dockerfile"], cwd=tmp_path)
    assert image.returncode == 1 and "libcurl" in image.stderr
    assert not (tmp_path / "Dockerfile").exists()


def test_labels_say_what_the_binary_says(tmp_path):
    (tmp_path / "gateway.yaml").write_text(SIMPLE)
    assert ingot(*COMMANDS["Dockerfile"], cwd=tmp_path).returncode == 0
    text = pathlib.Path(tmp_path / "Dockerfile").read_text()
    digest = subprocess.run(
        ["sha256sum", "gateway.yaml"], cwd=tmp_path, capture_output=True, text=True
    ).stdout.split()[0]
    assert f'LABEL ingot.manifest="sha256:{digest}"' in text
