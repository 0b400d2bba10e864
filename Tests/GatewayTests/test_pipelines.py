"""The pipelines of `examples/pipelines`: their forms, and the steps that they call."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

import processes

FOLDER = processes.ROOT / "examples/pipelines"
FORMS = {"github-actions.yml": "vendor.github-workflows", "gitlab-ci.yml": "vendor.gitlab-ci"}


@pytest.fixture
def project(tmp_path):
    """A project as the pipelines find it, with `ingot` in its own PATH."""
    shutil.copytree(FOLDER / "environments", tmp_path / "environments")
    (tmp_path / "ci").mkdir()
    for script in FOLDER.glob("*.sh"):
        shutil.copy(script, tmp_path / "ci")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/ingot").symlink_to(processes.tool("INGOT", "ingot").resolve())
    return tmp_path


def step(project, *command):
    return subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "PATH": f"{project}/bin:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.limit(120)
def test_a_pipeline_has_the_form_that_its_service_asks_for(name):
    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", FORMS[name], FOLDER / name],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", FORMS)
def test_a_pipeline_calls_the_scripts_that_are_there(name):
    text = (FOLDER / name).read_text()
    called = set(re.findall(r"ci/([a-z]+\.sh)", text))
    assert called == {script.name for script in FOLDER.glob("*.sh")}
    named = {word for line in re.findall(r"\[staging.*\]", text) for word in yaml.safe_load(line)}
    assert named == {path.stem for path in (FOLDER / "environments").glob("*.yaml")}


def test_what_is_right_passes_and_its_models_are_shown(project):
    result = step(project, "ci/check.sh")
    assert result.returncode == 0, result.stderr
    assert "llama-3.1-70b-instruct  vllm, spare" in result.stdout


def test_every_mistake_is_shown_at_its_line(project):
    for name, wrong in (("staging", "prot: 1"), ("production", "timout: 1s")):
        path = project / f"environments/{name}.yaml"
        path.write_text(f"{path.read_text()}{wrong}\n")
    result = step(project, "ci/check.sh")
    assert result.returncode == 1
    pattern = json.loads((FOLDER / "problems.json").read_text())["problemMatcher"][0]["pattern"][0]
    found = [re.match(pattern["regexp"], line) for line in result.stderr.splitlines()]
    places = {(match[1], int(match[2]), match[4], match[5]) for match in found if match}
    lines = {
        name: len((project / f"environments/{name}.yaml").read_text().splitlines())
        for name in ("staging", "production")
    }
    assert places == {
        (f"environments/{name}.yaml", line, "error", "IN020") for name, line in lines.items()
    }


def test_a_deployment_that_its_yaml_has_left_behind_fails(project):
    (project / "deploy").mkdir()
    call = ["ingot", "deploy", "kubernetes", "environments/production.yaml"]
    call += ["--image", "registry.example.com/gateway:1", "-o", "deploy/production.yaml"]
    assert step(project, *call).returncode == 0
    result = step(project, "ci/check.sh")
    assert result.returncode == 0 and "deploy/production.yaml is up to date" in result.stdout
    path = project / "environments/production.yaml"
    path.write_text(path.read_text().replace("120s", "240s"))
    result = step(project, "ci/check.sh")
    assert result.returncode == 1 and "deploy/production.yaml" in result.stderr


@pytest.mark.limit(600)
def test_every_environment_gets_a_binary_of_its_own(project):
    result = step(project, "ci/ship.sh", "staging", "production")
    assert result.returncode == 0, result.stderr
    versions = [line for line in result.stdout.splitlines() if line.startswith("ingot ")]
    assert len(set(versions)) == 2
    for name in ("staging", "production"):
        manifest = json.loads((project / f"dist/gateway-{name}.json").read_text())
        assert manifest["digest"] in result.stdout
        checked = step(project / "dist", "sha256sum", "-c", f"gateway-{name}.sha256")
        assert checked.returncode == 0


def test_scripts_stop_at_what_fails(project):
    result = step(project, "ci/ship.sh", "nowhere", "staging")
    assert result.returncode != 0
    assert "environments/nowhere.yaml" in result.stderr
    assert not list((project / "dist").glob("gateway-staging*"))
