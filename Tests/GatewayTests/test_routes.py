"""The eight routes by the official client: the gateway's results are the endpoint's own."""

import base64
import os

import openai
import pytest

import bodies

MESSAGES = [{"role": "user", "content": "What is the weather in London?"}]


def same(client, direct, ask):
    """Asks both and returns the result, which has to be the same."""
    through, plain = ask(client), ask(direct)
    assert through.model_dump() == plain.model_dump()
    return through


def test_chat_completion(client, direct):
    result = same(
        client,
        direct,
        lambda api: api.chat.completions.create(
            model="gpt-3.5-turbo", messages=MESSAGES, temperature=0.7, max_tokens=300, seed=7
        ),
    )
    assert "What is the weather" in result.choices[0].message.content


def test_chat_completion_with_several_choices(client, direct):
    result = same(
        client,
        direct,
        lambda api: api.chat.completions.create(
            model="gpt-4o", messages=MESSAGES, n=3, stop=["."], logit_bias={"50256": -100}
        ),
    )
    assert [choice.index for choice in result.choices] == [0, 1, 2]


def test_function_calling(client, direct):
    result = same(
        client,
        direct,
        lambda api: api.chat.completions.create(
            model="gpt-3.5-turbo",
            messages=MESSAGES,
            functions=[bodies.WEATHER],
            function_call="auto",
        ),
    )
    assert result.choices[0].message.function_call.name == "get_weather"
    assert result.choices[0].finish_reason == "function_call"


def test_tools(client, direct):
    result = same(
        client,
        direct,
        lambda api: api.chat.completions.create(
            model="gpt-4o",
            messages=MESSAGES,
            tools=[{"type": "function", "function": bodies.WEATHER}],
            tool_choice="required",
        ),
    )
    assert result.choices[0].message.tool_calls[0].function.name == "get_weather"


@pytest.mark.parametrize(
    "form",
    [
        {"type": "json_object"},
        {
            "type": "json_schema",
            "json_schema": {"name": "weather", "schema": bodies.WEATHER["parameters"]},
        },
    ],
    ids=["object", "schema"],
)
def test_json_mode(client, direct, form):
    result = same(
        client,
        direct,
        lambda api: api.chat.completions.create(
            model="gpt-4o", messages=MESSAGES, response_format=form
        ),
    )
    assert result.choices[0].message.content.startswith("{")


def test_completion(client, direct):
    same(
        client,
        direct,
        lambda api: api.completions.create(
            model="gpt-3.5-turbo-instruct", prompt=["Write a haiku", "Another"], max_tokens=9
        ),
    )


@pytest.mark.parametrize("encoding", ["float", "base64"])
def test_embeddings(client, direct, encoding):
    result = same(
        client,
        direct,
        lambda api: api.embeddings.create(
            model="text-embedding-3-small",
            input=["The quick brown fox", "jumps"],
            encoding_format=encoding,
            dimensions=256,
        ),
    )
    assert len(result.data) == 2


@pytest.mark.parametrize("form", ["url", "b64_json"])
def test_images(client, direct, form):
    result = same(
        client,
        direct,
        lambda api: api.images.generate(
            model="dall-e-3", prompt="A lake", n=2, size="1024x1024", response_format=form
        ),
    )
    if form == "b64_json":
        assert base64.b64decode(result.data[0].b64_json).startswith(b"\x89PNG")


AUDIO = ("speech.wav", b"RIFF\r\n--\r\n\x00\xff" * 5000)


@pytest.mark.parametrize("form", ["json", "verbose_json"])
def test_transcription(client, direct, form):
    result = same(
        client,
        direct,
        lambda api: api.audio.transcriptions.create(
            model="whisper-1", file=AUDIO, response_format=form, language="en"
        ),
    )
    assert f"speech.wav of {len(AUDIO[1])} bytes" in result.text


@pytest.mark.parametrize("form", ["text", "srt", "vtt"])
def test_transcription_as_text(client, direct, form):
    def ask(api):
        return api.audio.transcriptions.create(model="whisper-1", file=AUDIO, response_format=form)

    assert ask(client) == ask(direct)


def test_translation(client, direct):
    result = same(
        client,
        direct,
        lambda api: api.audio.translations.create(model="whisper-1", file=AUDIO),
    )
    assert "in English" in result.text


@pytest.mark.limit(40)
def test_transcription_of_20_megabytes(client, direct):
    speech = ("long.wav", os.urandom(1 << 20) * 20)
    result = same(
        client,
        direct,
        lambda api: api.audio.transcriptions.create(model="whisper-1", file=speech),
    )
    assert f"{20 << 20} bytes" in result.text


def test_moderation(client, direct):
    result = same(
        client,
        direct,
        lambda api: api.moderations.create(
            model="omni-moderation-latest", input=["be kind", "I will attack"]
        ),
    )
    assert [item.flagged for item in result.results] == [False, True]


def test_model_list_is_the_union_in_yaml_order(client):
    names = [model.id for model in client.models.list().data]
    assert names == [
        *("gpt-4o", "gpt-3.5-turbo", "gpt-3.5-turbo-instruct", "text-embedding-3-small"),
        *("dall-e-3", "whisper-1", "omni-moderation-latest", "local-small", "failover"),
        *("flaky", "fragile", "sluggish", "keyed-chat", "absent-only"),
    ]


def test_model_list_has_the_fields_of_the_api(gateway):
    response = gateway.call("GET", "/v1/models")
    assert response["Content-Type"].startswith("application/json")
    assert response.json["object"] == "list"
    for model in response.json["data"]:
        assert list(model) == [
            *("id", "object", "created", "owned_by", "permission", "root", "parent")
        ]
        assert model["object"] == "model" and isinstance(model["created"], int)
        assert model["permission"] == [] and model["parent"] is None


def test_model_by_name(client):
    model = client.models.retrieve("gpt-4o")
    assert model.id == "gpt-4o" and model.object == "model"
    assert model in client.models.list().data


def test_unknown_model_by_name(client):
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("gpt-nothing")
    assert caught.value.code == "model_not_found"


def test_error_classes_of_the_client(client):
    for status, kind in [
        (400, openai.BadRequestError),
        (401, openai.AuthenticationError),
        (403, openai.PermissionDeniedError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
    ]:
        with pytest.raises(kind) as caught:
            client.chat.completions.create(model=f"sim-status-{status}", messages=MESSAGES)
        assert caught.value.status_code == status
        assert caught.value.response.json()["olla_context"]["endpoint"] == "primary"
