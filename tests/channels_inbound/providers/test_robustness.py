"""No bytes crash a reader, and nothing that PostgreSQL refuses comes out of one."""

import base64
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_inbound import providers
from channels_inbound.requests import MAX_BODY_BYTES, ProviderRequest
from tests.channels_inbound.providers.calls import CHANNELS, MESSAGES, SETTINGS, call

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "\x00", "\ud83d", "x", "page", "1e999", "http://[", "-1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "text", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def described(channel: str, body: str, **more: Any) -> bytes:
    settings = {k: v for k, v in SETTINGS[channel].items() if k.endswith("id")}
    return json.dumps({"body": body, "settings": settings} | more).encode()


def assert_clean(output: dict[str, Any]) -> None:
    text = json.dumps(output, ensure_ascii=False)
    text.encode()  # raises for a lone surrogate
    assert "\\u0000" not in text
    assert output["status_code"] in {200, 400, 403, 405, 413, 415}


def paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = list(tree.items()) if isinstance(tree, dict) else []
    items = list(enumerate(tree)) if isinstance(tree, list) else items
    return [
        path,
        *(found for key, value in items for found in paths(value, (*path, key))),
    ]


def changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = list(tree) if isinstance(tree, list) else dict(tree)
    copy[path[0]] = changed(tree[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("channel", CHANNELS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_value_in_any_place_is_survived(channel: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths(MESSAGES[channel])))
    value = data.draw(JSON_VALUES)
    content = changed(MESSAGES[channel], path, value)
    output = providers.normalize(channel, described(channel, json.dumps(content)))
    assert_clean(output)


@pytest.mark.parametrize("channel", CHANNELS)
@settings(max_examples=15, deadline=None)
@given(body=st.binary(max_size=60))
def test_any_bytes_are_survived(channel: str, body: bytes) -> None:
    encoded = base64.b64encode(body).decode()
    assert_clean(providers.normalize(channel, described(channel, "", body_b64=encoded)))


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=40) | JSON_VALUES.map(lambda v: json.dumps(v).encode()))
def test_any_request_file_is_survived(raw: bytes) -> None:
    assert_clean(providers.normalize("line", raw))


@settings(max_examples=60, deadline=None)
@given(
    field=st.sampled_from(
        ["method", "url", "headers", "query", "body", "body_b64", "settings"]
    ),
    value=JSON_VALUES,
    channel=st.sampled_from(CHANNELS),
)
def test_any_field_of_a_request_file_is_survived(
    field: str, value: Any, channel: str
) -> None:
    content = {"url": "https://x.example/?a=1", "body": "{}", "settings": {}}
    content |= {"settings": SETTINGS[channel]}
    raw = json.dumps(content | {field: value}).encode()
    assert_clean(providers.normalize(channel, raw))


@pytest.mark.parametrize("channel", [c for c in CHANNELS if "sms." not in c])
@pytest.mark.parametrize(
    "body",
    [
        "[" * 2000,
        '{"entry":' * 2000,
        '{"a":' + "[" * 200 + "]" * 200 + "}",
        '{"a":NaN}',
        '{"a":-Infinity}',
        "\ufffe",
        "",
        " ",
        "{",
    ],
)
def test_what_is_no_sound_json_is_malformed(channel: str, body: str) -> None:
    if channel == "whatsapp.twilio":
        return
    assert providers.normalize(channel, described(channel, body))["status_code"] == 400


def test_a_byte_order_mark_is_tolerated_and_broken_utf8_is_not() -> None:
    good = call("viber", b"\xef\xbb\xbf" + json.dumps(MESSAGES["viber"]).encode())
    assert len(providers.read("viber", good).messages) == 1
    for body in (b'{"event":"\xff"}', json.dumps({}).encode("utf-16")):
        assert providers.read("viber", call("viber", body)).status_code == 400


def test_a_number_of_any_length_is_survived() -> None:
    digits = "9" * 5000
    body = f'{{"event":"seen","message_token":{digits}}}'.encode()
    [status] = providers.read("viber", call("viber", body)).statuses
    assert status.external_id == digits


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"method": "HEAD"}, 200),
        ({"method": "PUT"}, 405),
        ({"headers": {"content-encoding": "gzip"}}, 415),
        ({"body": b" " * (MAX_BODY_BYTES + 1)}, 413),
    ],
)
def test_what_nobody_reads_is_turned_away_before_it_is_looked_into(
    channel: str, change: dict[str, Any], code: int
) -> None:
    request = replace(call(channel, MESSAGES[channel]), **change)
    reading = providers.read(channel, request)
    assert (reading.status_code, reading.messages) == (code, [])


def test_a_form_of_too_many_fields_is_malformed() -> None:
    request = ProviderRequest(
        body=b"a=1&" * 1001, settings=SETTINGS["sms.twilio"], trusting=True
    )
    assert providers.read("sms.twilio", request).status_code == 400


def test_the_command_prints_a_line_for_each_request_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, junk = tmp_path / "good.json", tmp_path / "junk.json"
    good.write_bytes(described("telegram", json.dumps(MESSAGES["telegram"])))
    junk.write_bytes(b"\xff")

    call_command("normalize", "--channel", "telegram", good, junk, tmp_path / "missing")
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())

    assert first["messages"] == [
        {
            "external_id": "41:1",
            "from": "41",
            "text": "Hello",
            "attachments": [],
            "sent_at": "2026-05-04T10:00:00+00:00",
            "sender_name": "Ann",
        }
    ]
    assert (first["statuses"], first["status_code"]) == ([], 200)
    assert (second["messages"], second["status_code"]) == ([], 400)
    assert "cannot be read" in third["error"]


def test_the_command_takes_paths_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(described("viber", json.dumps(MESSAGES["viber"])))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{file}\n\n{file}\n"))
    call_command("normalize", "--channel", "viber")
    lines = capsys.readouterr().out.splitlines()
    assert [len(json.loads(line)["messages"]) for line in lines] == [1, 1]
