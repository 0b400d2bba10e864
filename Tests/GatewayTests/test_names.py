"""Aliases, upstream names, patterns, and bodies that are rewritten in one place only."""

import pytest

import bodies


def ask(gateway, model, content="Hello"):
    return gateway.call("POST", bodies.CHAT, bodies.chat(model, content))


@pytest.mark.parametrize(
    ("model", "endpoint"),
    [
        ("gpt-4o", "exact"),
        ("gpt-4", "wide"),
        ("gpt-4o-mini", "wide"),
        ("gpt-4-turbo", "narrow"),
        ("gpt-4-turbo-preview", "narrow"),
        ("whisper-1", "wide"),
        ("gpt-5", "rest"),
        ("GPT-4o", "rest"),
    ],
)
def test_exact_name_then_longest_pattern_then_the_rest(names_gateway, model, endpoint):
    response = ask(names_gateway, model)
    assert response["X-Olla-Endpoint"] == endpoint
    assert response["X-Olla-Model"] == model


@pytest.mark.parametrize(
    ("alias", "target"),
    [("fast", "gpt-4o"), ("quick", "gpt-3.5-turbo"), ("house-blend", "gpt-3.5-turbo")],
)
def test_alias_is_answered_as_its_target(names_gateway, simulator, marker, alias, target):
    response = ask(names_gateway, alias, marker)
    assert response["X-Olla-Model"] == alias
    assert response["X-Olla-Endpoint"] == "exact"
    plain = simulator.call("POST", bodies.CHAT, bodies.chat(target, marker))
    assert response.body == plain.body


@pytest.mark.parametrize(
    "text",
    [
        '{"model":"fast","messages":[]}',
        ' {\t"messages" : [ ] ,\r\n "model"\n:\t"fast"\n, "n":1.0e0 } \n',
        '{"messages":[{"content":"fast \\"model\\":\\"fast\\" \\u00e9é\\/"}],"model":"fast"}',
        '{"m\\u006fdel":"f\\u0061st","metadata":{"model":"fast"},"messages":[]}',
        '{"user":"fast","model":"fast","stop":["fast"],"messages":[]}',
    ],
    ids=["plain", "spaced", "quoted", "escaped", "repeated"],
)
def test_alias_is_rewritten_in_place(names_gateway, simulator, marker, text):
    fields = [bodies.JSON_TYPE]
    path = f"{bodies.CHAT}?{marker}"
    names_gateway.call("POST", path, fields=fields, body=text.encode())
    request = simulator.request(marker)
    value = '"f\\u0061st"' if "f\\u0061st" in text else '"fast"'
    before, after = split_at_model(text, value)
    assert request.body == f'{before}"gpt-4o"{after}'
    assert request["Content-Length"] == str(len(request.body.encode()))


def split_at_model(text, value):
    """The text before and after the value of the top-level member `model`."""
    if '"metadata"' in text:
        place = text.index(value)
    elif '"user"' in text:
        place = text.index(value, text.index('"model"'))
    else:
        place = text.rindex(value)
    return text[:place], text[place + len(value) :]


@pytest.mark.parametrize("model_first", [True, False])
def test_alias_is_rewritten_in_a_form(names_gateway, simulator, marker, model_first):
    def parts(model):
        found = [("model", None, model), ("file", "ear.wav", b"ear\r\n--ear"), ("note", None, b"x")]
        return found if model_first else found[::-1]

    body, kind = bodies.form(parts(b"ear"))
    expected, _ = bodies.form(parts(b"whisper-1"))
    path = f"/v1/audio/transcriptions?{marker}"
    response = names_gateway.call("POST", path, fields=[kind], body=body)
    assert response.status == 200
    assert response["X-Olla-Model"] == "ear"
    request = simulator.request(marker)
    assert request.body.encode() == expected
    assert request["Content-Length"] == str(len(expected))


def test_default_model_is_used_where_none_is_named(names_gateway):
    response = names_gateway.call("POST", bodies.CHAT, {"messages": [{"role": "user"}]})
    assert response["X-Olla-Endpoint"] == "exact"


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ('{"messages":[]}', '{"model":"gpt-4o","messages":[]}'),
        (' {\n "n": 1 } \n', ' {"model":"gpt-4o",\n "n": 1 } \n'),
        ("{}", '{"model":"gpt-4o"}'),
        ("{ \t}", '{"model":"gpt-4o" \t}'),
        ('{"a":{"model":"x"}}', '{"model":"gpt-4o","a":{"model":"x"}}'),
    ],
)
def test_default_model_becomes_the_first_member(names_gateway, simulator, marker, text, rewritten):
    path = f"{bodies.CHAT}?{marker}"
    response = names_gateway.call(
        "POST", path, fields=[bodies.JSON_TYPE], body=text.encode()
    )
    assert response["X-Olla-Model"] == "gpt-4o"
    request = simulator.request(marker)
    assert request.body == rewritten
    assert request["Content-Length"] == str(len(rewritten))


def test_aliases_are_listed_with_the_models(names_gateway):
    models = names_gateway.call("GET", "/v1/models").json["data"]
    names = [model["id"] for model in models]
    aliases = ["fast", "quick", "ear"]
    assert [name for name in names if name in aliases] == aliases
    assert [name for name in names if name not in aliases] == ["gpt-4o", "house-blend", "whisper-1"]
    blend = models[names.index("house-blend")]
    assert (blend["created"], blend["owned_by"]) == (1705334400, "foundry")


@pytest.mark.parametrize(
    ("model", "path"),
    [("gpt-4o", bodies.CHAT), ("gpt-4-turbo", bodies.CHAT), ("gpt-5", f"/base{bodies.CHAT}")],
)
def test_path_at_the_endpoint(names_gateway, simulator, marker, model, path):
    ask(names_gateway, model, marker)
    assert simulator.request(marker).entry["path"] == path


@pytest.mark.parametrize("model", ["bad\r\nX-Evil: 1", "caf\u00e9", "a\u0000b"])
def test_model_that_is_not_safe_in_a_field_is_not_put_there(names_gateway, model):
    response = ask(names_gateway, model)
    assert response["X-Evil"] is None
    assert response["X-Olla-Model"] is None
