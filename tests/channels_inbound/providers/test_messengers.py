"""Telegram, LINE and Viber: kinds of messages, events, and whose words they are."""

from typing import Any

import pytest

from channels_inbound.normalized import Reading
from tests.channels_inbound.providers.calls import MESSAGES, unsigned

ANN = {"id": 41, "is_bot": False, "first_name": "Ann", "last_name": "Lee"}
CHAT = {"id": 41, "type": "private"}


def telegram(kind: str = "message", **message: Any) -> Reading:
    whole = {"message_id": 7, "from": ANN, "chat": CHAT, "date": 1777888800}
    return unsigned("telegram", {"update_id": 1, kind: whole | message})


def line(*events: Any) -> Reading:
    whole = [
        {"source": {"userId": "Uann"}, "timestamp": 1777888800000} | event
        if isinstance(event, dict)
        else event
        for event in events
    ]
    return unsigned("line", {"events": whole})


def viber(**call: Any) -> Reading:
    return unsigned("viber", MESSAGES["viber"] | call)


def test_the_id_of_a_telegram_message_holds_its_chat() -> None:
    [message] = telegram(text="Hello").messages
    assert (message.external_id, message.sender) == ("41:7", "41")
    assert message.sender_name == "Ann Lee"


@pytest.mark.parametrize(
    ("content", "text", "attachments"),
    [
        (
            {"photo": [{"file_id": "s", "width": 1}, {"file_id": "l", "width": 9}]},
            "",
            [("image", "l")],
        ),
        (
            {"animation": {"file_id": "a"}, "document": {"file_id": "a"}},
            "",
            [("video", "a")],
        ),
        ({"voice": {"file_id": "v"}, "caption": "hear"}, "hear", [("audio", "v")]),
        ({"sticker": {"file_id": "s", "emoji": "👍"}}, "", [("sticker", "s")]),
        ({"location": {"latitude": 1, "longitude": 2}}, "", [("location", "")]),
        (
            {
                "venue": {"location": {"latitude": 1, "longitude": 2}, "title": "Shop"},
                "location": {"latitude": 1, "longitude": 2},
            },
            "",
            [("location", "")],
        ),
        ({"contact": {"phone_number": "0660"}}, "", [("contact", "")]),
        ({"poll": {"question": "?"}}, "", []),
        ({"photo": [None, 5]}, "", []),
    ],
)
def test_every_kind_of_telegram_message_is_kept(
    content: dict[str, Any], text: str, attachments: list[tuple[str, str]]
) -> None:
    [message] = telegram(**content).messages
    assert message.text == text
    assert [(f.type, f.provider_id) for f in message.attachments] == attachments


@pytest.mark.parametrize(
    ("kind", "content", "event"),
    [
        ("edited_message", {"text": "new"}, "message_edited"),
        ("edited_business_message", {"text": "new"}, "message_edited"),
        ("message", {"chat": {"id": -5, "type": "group"}}, "group_message"),
        ("message", {"from": {"id": 77, "is_bot": True}, "text": "ours"}, "echo"),
        (
            "business_message",
            {"business_connection_id": "b", "from": {"id": 9}, "text": "ours"},
            "echo",
        ),
        ("message", {"pinned_message": {}}, "pinned_message"),
        ("message_reaction", {"new_reaction": [{"emoji": "👍"}]}, "reaction"),
        (
            "deleted_business_messages",
            {"message_ids": [7]},
            "message_deleted",
        ),
        ("my_chat_member", {"new_chat_member": {"status": "kicked"}}, "blocked"),
    ],
)
def test_what_is_no_new_word_of_a_customer_is_an_event_on_telegram(
    kind: str, content: dict[str, Any], event: str
) -> None:
    reading = telegram(kind, **content)
    assert not reading.messages
    assert [found["type"] for found in reading.events] == [event]


def test_a_customer_of_a_business_account_is_heard() -> None:
    reading = telegram("business_message", business_connection_id="b", text="hi")
    assert len(reading.messages) == 1


def test_a_tap_on_a_telegram_button_says_its_label() -> None:
    keyboard = {"inline_keyboard": [[{"text": "Hours", "callback_data": "h"}], None]}
    query = {
        "id": "q1",
        "data": "h",
        "message": {"message_id": 3, "chat": CHAT, "reply_markup": keyboard},
    }
    [message] = telegram("callback_query", **query).messages
    assert (message.text, message.reply_to) == ("Hours", "41:3")


@pytest.mark.parametrize(
    "update", [{}, {"message": None}, {"message": []}, {"channel_post": {"text": "x"}}]
)
def test_an_update_without_a_message_is_answered(update: dict[str, Any]) -> None:
    reading = unsigned("telegram", update)
    assert (reading.status_code, reading.messages) == (200, [])


def test_line_reads_every_event_and_a_bad_one_loses_nothing() -> None:
    text = {"type": "message", "message": {"id": "a", "type": "text", "text": "one"}}
    other = {"type": "message", "message": {"id": "b", "type": "text", "text": "two"}}
    nameless = {"source": {"type": "group", "groupId": "C"}} | text
    reading = line(
        None, {"type": "message"}, {"message": 5}, text, other, text, nameless
    )
    assert [(m.external_id, m.text) for m in reading.messages] == [
        ("a", "one"),
        ("b", "two"),
    ]


@pytest.mark.parametrize(
    ("content", "kind", "url"),
    [
        (
            {"type": "image", "contentProvider": {"type": "line"}},
            "image",
            "https://api-data.line.me/v2/bot/message/a/content",
        ),
        (
            {
                "type": "video",
                "contentProvider": {
                    "type": "external",
                    "originalContentUrl": "https://cdn.example/v",
                },
            },
            "video",
            "https://cdn.example/v",
        ),
        ({"type": "sticker", "stickerId": "1"}, "sticker", None),
        (
            {"type": "location", "latitude": 1.5, "longitude": 2, "title": "Shop"},
            "location",
            "geo:1.500000,2.000000",
        ),
    ],
)
def test_files_of_line_are_attachments(
    content: dict[str, Any], kind: str, url: str | None
) -> None:
    [message] = line({"type": "message", "message": {"id": "a"} | content}).messages
    assert [(file.type, file.url) for file in message.attachments] == [(kind, url)]


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"type": "unsend", "unsend": {"messageId": "a"}}, "message_deleted"),
        (
            {"type": "messageEdited", "message": {"id": "a", "text": "new"}},
            "message_edited",
        ),
        ({"type": "follow"}, "follow"),
        ({"type": "postback", "postback": {"data": "x"}}, "postback"),
        ({"type": "something new"}, "something new"),
    ],
)
def test_what_is_no_message_is_an_event_on_line(
    event: dict[str, Any], kind: str
) -> None:
    reading = line(event)
    assert not reading.messages
    assert [found["type"] for found in reading.events] == [kind]


def test_the_console_of_line_trying_the_url_is_answered() -> None:
    assert line().status_code == 200
    assert unsigned("line", {"events": {}}).status_code == 400


def test_a_viber_id_keeps_all_its_64_bits() -> None:
    [message] = viber().messages
    assert message.external_id == "5741311803571721087"
    assert message.sender == "aNN+/="


@pytest.mark.parametrize(
    ("content", "text", "attachments"),
    [
        ({"type": "picture", "text": "c", "media": "https://v.example/1"}, "c", 1),
        ({"type": "picture"}, "", 1),
        ({"type": "file", "media": "https://v.example/1"}, "", 1),
        ({"type": "sticker", "sticker_id": 1}, "", 1),
        ({"type": "contact", "contact": {"name": "B", "phone_number": "0"}}, "", 1),
        ({"type": "location", "location": {"lat": 1, "lon": 2}}, "", 1),
        ({"type": "url", "media": "https://a.example"}, "https://a.example", 0),
        ({"type": "url", "text": "see", "media": "https://a"}, "see\nhttps://a", 0),
        ({"type": "text"}, "", 0),
        ({"type": "hologram"}, "", 0),
    ],
)
def test_every_kind_of_viber_message_is_kept(
    content: dict[str, Any], text: str, attachments: int
) -> None:
    [message] = viber(message=content).messages
    assert (message.text, len(message.attachments)) == (text, attachments)


@pytest.mark.parametrize(
    ("event", "status"),
    [("delivered", "delivered"), ("seen", "read"), ("failed", "failed")],
)
def test_a_viber_status_is_one_of_our_words(event: str, status: str) -> None:
    reading = unsigned("viber", {"event": event, "message_token": 2**63 - 1})
    assert [(s.external_id, s.status) for s in reading.statuses] == [
        ("9223372036854775807", status)
    ]


@pytest.mark.parametrize(
    ("event", "kinds"),
    [
        ("webhook", []),
        ("subscribed", ["subscribed"]),
        ("unsubscribed", ["unsubscribed"]),
        ("conversation_started", ["conversation_started"]),
        ("unheard of", []),
    ],
)
def test_other_calls_of_viber_are_answered(event: str, kinds: list[str]) -> None:
    reading = viber(event=event)
    assert (reading.status_code, reading.messages) == (200, [])
    assert [found["type"] for found in reading.events] == kinds


@pytest.mark.parametrize(
    "call", [{"message": "x"}, {"message": None}, {"sender": None}]
)
def test_half_a_viber_message_is_none(call: dict[str, Any]) -> None:
    reading = viber(**call)
    assert (reading.status_code, reading.messages) == (200, [])
