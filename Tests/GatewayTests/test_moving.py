"""The examples of `docs/deploying.md` for those who come from elsewhere."""

import json
import subprocess

import yaml

import processes

FOLDER = processes.ROOT / "examples/moving"


def ingot(*arguments):
    return subprocess.run(
        [processes.tool("INGOT", "ingot"), *arguments],
        cwd=processes.ROOT,
        capture_output=True,
        text=True,
    )


def test_the_configuration_of_olla_compiles_as_it_is():
    result = ingot("check", "--format", "json", FOLDER / "olla.yml")
    assert result.returncode == 0
    assert {entry["severity"] for entry in json.loads(result.stdout)} <= {"note", "warning"}
    routes = json.loads(ingot("routes", "--format", "json", FOLDER / "olla.yml").stdout)
    assert [endpoint["name"] for endpoint in routes["endpoints"]] == ["local-ollama", "vllm"]
    assert list(routes["aliases"]) == ["chat"]


def test_every_deployment_of_litellm_has_an_endpoint_that_does_its_work():
    config = yaml.safe_load((FOLDER / "litellm.yml").read_text())
    gateway = yaml.safe_load((FOLDER / "gateway.yaml").read_text())
    served = {}
    for endpoint in gateway["endpoints"]:
        for model in endpoint["models"]:
            model = model if isinstance(model, dict) else {"name": model}
            upstream = model.get("upstream", model["name"])
            served.setdefault(model["name"], []).append((upstream, endpoint))
    for deployment in config["model_list"]:
        params = deployment["litellm_params"]
        wanted = params["model"].split("/", 1)[1]
        base = params.get("api_base", "https://api.openai.com")
        endpoints = [
            endpoint
            for upstream, endpoint in served[deployment["model_name"]]
            if upstream == wanted and endpoint["url"] == base
        ]
        assert len(endpoints) == 1, params["model"]
        if "api_key" in params:
            name = params["api_key"].removeprefix("os.environ/")
            assert f"${{{name}}}" in json.dumps(endpoints[0]["headers"])
    for alias, target in config["router_settings"]["model_group_alias"].items():
        assert gateway["aliases"][alias] == target
    for fallback in config["router_settings"]["fallbacks"]:
        for name, targets in fallback.items():
            ways = sorted(served[name], key=lambda way: -way[1]["priority"])
            assert [upstream for upstream, _ in ways[1:]] == targets
