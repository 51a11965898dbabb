"""WhatsApp, Messenger and Instagram: batches, echoes, events and odd items."""

import json
from typing import Any

import pytest

from channels_inbound.normalized import Reading
from tests.channels_inbound.providers.calls import MESSAGES, unsigned

PAGES = {"messenger": "page", "instagram": "instagram"}
AT = 1777888800000


def page(
    *items: Any,
    channel: str = "messenger",
    place: str = "messaging",
    entry: str = "900",
) -> Reading:
    """Read items that came to a page, with sender and recipient if they have none."""
    whole = [
        {"sender": {"id": "41"}, "recipient": {"id": "900"}, "timestamp": AT} | item
        if isinstance(item, dict)
        else item
        for item in items
    ]
    return unsigned(
        channel, {"object": PAGES[channel], "entry": [{"id": entry, place: whole}]}
    )


def said(mid: str, **message: Any) -> dict[str, Any]:
    return {"message": {"mid": mid, "text": mid} | message}


def whatsapp(*changes: Any) -> Reading:
    return unsigned(
        "whatsapp.cloud",
        {"object": "whatsapp_business_account", "entry": [{"changes": list(changes)}]},
    )


def change(
    field: str = "messages", number: str = "900", **value: Any
) -> dict[str, Any]:
    return {"field": field, "value": {"metadata": {"phone_number_id": number}} | value}


def wrote(id_: str = "w1", **message: Any) -> dict[str, Any]:
    return {"id": id_, "from": "41", "timestamp": "1777888800"} | message


@pytest.mark.parametrize("channel", PAGES)
def test_every_item_of_every_entry_is_read_and_a_bad_one_loses_nothing(
    channel: str,
) -> None:
    entries: list[Any] = [
        {
            "id": "900",
            "messaging": [
                {"sender": {"id": "41"}, "recipient": {"id": "900"}} | item
                for item in (said("a"), {"message": 5}, said("b"), said("a"))
            ]
            + [None, "x", [said("lost")]],
        },
        None,
        {
            "id": "900",
            "standby": [
                {"sender": {"id": "41"}, "recipient": {"id": "900"}} | said("c")
            ],
        },
        {"id": "901", "messaging": [{"sender": {"id": "41"}} | said("theirs")]},
        {"id": "900", "messaging": {"not": "a list"}},
    ]
    reading = unsigned(channel, {"object": PAGES[channel], "entry": entries})
    assert [message.external_id for message in reading.messages] == ["a", "b", "c"]


@pytest.mark.parametrize("channel", PAGES)
@pytest.mark.parametrize(
    ("item", "event"),
    [
        (said("m1", is_echo=True, app_id=5), "echo"),
        (said("m1", is_self=True), "echo"),
        ({"message": {"mid": "m1", "is_deleted": True}}, "message_deleted"),
        ({"reaction": {"mid": "m1", "action": "react", "emoji": "👍"}}, "reaction"),
        ({"message_edit": {"mid": "m1", "text": "new"}}, "message_edited"),
        ({"read": {"watermark": AT}}, "read_until"),
        ({"delivery": {"watermark": AT}}, "delivered_until"),
        ({"optin": {"ref": "x"}}, "optin"),
        ({"referral": {"ref": "x"}}, "referral"),
        ({"postback": {"payload": "START"}}, "postback"),
    ],
)
def test_what_is_no_new_message_is_an_event(
    channel: str, item: dict[str, Any], event: str
) -> None:
    reading = page(item, channel=channel)
    assert (reading.messages, reading.statuses) == ([], [])
    assert [found["type"] for found in reading.events] == [event]


def test_our_own_account_is_no_customer() -> None:
    assert not page({"sender": {"id": "900"}} | said("m1")).messages


@pytest.mark.parametrize(
    "item", [{"sender": None}, {"sender": {"user_ref": "x"}}, {"sender": "41"}]
)
def test_without_a_sender_there_is_nobody_to_answer(item: dict[str, Any]) -> None:
    assert not page(item | said("m1")).messages


def test_deliveries_and_reads_of_single_messages_are_statuses() -> None:
    delivery = {"delivery": {"mids": ["a", "b", "a", None], "watermark": AT}}
    assert [(s.external_id, s.status) for s in page(delivery).statuses] == [
        ("a", "delivered"),
        ("b", "delivered"),
    ]
    [status] = page({"read": {"mid": "a"}}, channel="instagram").statuses
    assert status.status == "read"


@pytest.mark.parametrize("mid", ["p1", None])
def test_the_label_of_a_button_is_what_the_customer_says(mid: str | None) -> None:
    postback = {"title": "Opening hours", "payload": "HOURS", "mid": mid}
    [message] = page({"postback": postback}).messages
    assert message.text == "Opening hours"
    assert message.external_id == (mid or f"41:{AT}")


@pytest.mark.parametrize(
    ("attachment", "expected"),
    [
        ({"type": "image", "payload": {"url": "https://cdn.example/1"}}, ["image"]),
        ({"type": "image", "payload": None}, []),
        ({"type": "fallback", "payload": {"url": "My Documents/a.doc"}}, []),
        ({"type": "image", "payload": {"url": "javascript:alert(1)"}}, []),
        (
            {
                "type": "image",
                "payload": {"url": "https://c.example/1", "sticker_id": 1},
            },
            ["sticker"],
        ),
        (
            {"type": "location", "payload": {"coordinates": {"lat": 1, "long": "2"}}},
            ["location"],
        ),
        ({"type": "location", "payload": {"coordinates": {"lat": "north"}}}, []),
        ({"type": "template", "payload": {"product": {}}}, ["template"]),
        ("not an object", []),
        (None, []),
    ],
)
def test_an_attachment_that_cannot_be_used_does_not_lose_the_message(
    attachment: Any, expected: list[str]
) -> None:
    [message] = page(said("m1", attachments=[attachment])).messages
    assert message.text == "m1"
    assert [file.type for file in message.attachments] == expected


def test_a_heart_is_shown_as_one() -> None:
    message = {"mid": "m1", "attachments": [{"type": "like_heart"}]}
    assert page({"message": message}, channel="instagram").messages[0].text == "❤️"


def test_the_test_button_of_instagram_is_heard() -> None:
    value = {"sender": {"id": "41"}, "recipient": {"id": "900"}} | said("t1")
    entry = {"id": "900", "changes": [{"field": "messages", "value": value}]}
    reading = unsigned("instagram", {"object": "instagram", "entry": [entry]})
    assert [message.external_id for message in reading.messages] == ["t1"]


@pytest.mark.parametrize("channel", ["instagram", "messenger", "whatsapp.cloud"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"object": "something else", "entry": [{}]}, 200),
        ({"object": "page"}, 200),
        ({"object": "page", "entry": {}}, 400),
        ([1], 400),
        (None, 400),
        (5, 400),
    ],
)
def test_what_is_not_for_us_is_answered_and_what_is_no_json_object_refused(
    channel: str, content: Any, code: int
) -> None:
    reading = unsigned(channel, json.dumps(content).encode())
    assert (reading.status_code, reading.messages) == (code, [])


def test_whatsapp_reads_all_messages_and_statuses_of_its_own_number() -> None:
    reading = whatsapp(
        change(
            messages=[
                wrote("a", type="text", text={"body": "one"}),
                None,
                wrote("b", type="text", text={"body": 2}),
                wrote("a", type="text", text={"body": "again"}),
            ],
            statuses=[
                {"id": "x", "status": "sent"},
                {"id": "x", "status": "warning"},
                {"id": "y", "status": "failed", "errors": [{"code": 131047}]},
            ],
        ),
        change(number="901", messages=[wrote("theirs")], statuses=[{"id": "z"}]),
        change("message_template_status_update", messages=[wrote("none")]),
        change(statuses=[{"id": "x", "status": "played"}]),
        {"field": "messages", "value": None},
        None,
    )
    assert [(m.external_id, m.text) for m in reading.messages] == [
        ("a", "one"),
        ("b", "2"),
    ]
    assert [(s.external_id, s.status, s.code) for s in reading.statuses] == [
        ("x", "sent", ""),
        ("y", "failed", "131047"),
        ("x", "read", ""),
    ]


@pytest.mark.parametrize(
    ("message", "text", "attachments"),
    [
        ({"type": "image", "image": {"id": "i", "caption": "c"}}, "c", ["image"]),
        ({"type": "voice", "voice": {"id": "i"}}, "", ["audio"]),
        ({"type": "document", "document": {"id": "i"}}, "", ["file"]),
        ({"type": "sticker", "sticker": {"id": "i"}}, "", ["sticker"]),
        ({"type": "image", "image": None}, "", []),
        (
            {"type": "location", "location": {"latitude": 1, "longitude": -2.5}},
            "",
            ["location"],
        ),
        ({"type": "contacts", "contacts": [{}, {"name": 5}]}, "", ["contact"] * 2),
        ({"type": "button", "button": {"text": "Yes"}}, "Yes", []),
        (
            {"type": "interactive", "interactive": {"list_reply": {"title": "Two"}}},
            "Two",
            [],
        ),
        (
            {"type": "interactive", "interactive": {"nfm_reply": {"body": "Sent"}}},
            "Sent",
            [],
        ),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, "", []),
        ({"type": "hologram"}, "", []),
        ({"type": "text"}, "", []),
    ],
)
def test_every_kind_of_whatsapp_message_is_kept(
    message: dict[str, Any], text: str, attachments: list[str]
) -> None:
    [read] = whatsapp(change(messages=[wrote(**message)])).messages
    assert read.text == text
    assert [file.type for file in read.attachments] == attachments
    assert all(file.url is None or file.type == "location" for file in read.attachments)


@pytest.mark.parametrize(
    ("message", "event"),
    [
        (
            {"type": "reaction", "reaction": {"message_id": "o", "emoji": "👍"}},
            {"type": "reaction", "external_id": "o", "emoji": "👍", "action": "react"},
        ),
        (
            {"type": "reaction", "reaction": {"message_id": "o"}},
            {"type": "reaction", "external_id": "o", "action": "unreact"},
        ),
        (
            {
                "type": "edit",
                "edit": {
                    "original_message_id": "o",
                    "message": {"text": {"body": "n"}},
                },
            },
            {"type": "message_edited", "external_id": "o", "text": "n"},
        ),
        (
            {"type": "revoke", "revoke": {"original_message_id": "o"}},
            {"type": "message_deleted", "external_id": "o"},
        ),
        (
            {
                "type": "system",
                "system": {"type": "user_changed_number", "wa_id": "42"},
            },
            {"type": "user_changed_number", "to": "42"},
        ),
    ],
)
def test_what_whatsapp_says_of_another_message_is_an_event(
    message: dict[str, Any], event: dict[str, str]
) -> None:
    reading = whatsapp(change(messages=[wrote(**message)]))
    assert not reading.messages
    assert reading.events == [event | {"from": "41"}]


def test_a_whatsapp_sender_may_have_no_number() -> None:
    message = wrote(type="text", text={"body": "hi"}) | {"from_user_id": "AT.55"}
    names = [{"user_id": "AT.55", "profile": {"name": "Ann"}}]
    [both] = whatsapp(change(messages=[message], contacts=names)).messages
    assert (both.sender, both.sender_alias, both.sender_name) == ("41", "AT.55", "Ann")
    del message["from"]
    [scoped] = whatsapp(change(messages=[message], contacts=[None])).messages
    assert (scoped.sender, scoped.sender_alias) == ("AT.55", "")
    del message["from_user_id"]
    assert not whatsapp(change(messages=[message])).messages


def test_a_message_sent_from_the_telephone_is_an_echo() -> None:
    echo = change("smb_message_echoes", message_echoes=[wrote("e1", to="42")])
    reading = whatsapp(echo)
    assert not reading.messages
    assert [event["type"] for event in reading.events] == ["echo"]


def test_no_nul_and_no_half_character_comes_through() -> None:
    body = b'{"object":"page","entry":[{"id":"900","messaging":[{"sender":{"id":"4\\u00001"},'
    body += b'"recipient":{"id":"900"},"message":{"mid":"m\\u0000","text":"a\\u0000\\ud83d b"}}]}]}'
    [message] = unsigned("messenger", body).messages
    assert (message.external_id, message.sender) == ("m", "41")
    assert message.text == "a\ufffd b"


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        (AT, "2026-05-04T10:00:00+00:00"),
        (AT // 1000, "2026-05-04T10:00:00+00:00"),
        (str(AT), "2026-05-04T10:00:00+00:00"),
        ("2026-05-04T10:00:00+0000", "2026-05-04T10:00:00+00:00"),
        ("2026-05-04T12:00:00+02:00", "2026-05-04T10:00:00+00:00"),
        (0, None),
        (-5, None),
        (True, None),
        ("soon", None),
        (None, None),
        ({}, None),
        (10**30, None),
        ("9" * 400, None),
    ],
)
def test_a_time_is_read_in_every_form_or_left_open(
    timestamp: Any, expected: str | None
) -> None:
    [message] = page({"timestamp": timestamp} | said("m1")).messages
    found = message.sent_at
    assert (found and found.isoformat()) == expected


def test_the_example_of_each_channel_is_read() -> None:
    for channel in ("messenger", "instagram", "whatsapp.cloud"):
        [message] = unsigned(channel, MESSAGES[channel]).messages
        assert message.text == "Hello"
