"""What the five providers of SMS send is read into one form."""

import json
from typing import Any

import pytest

from tests.channels_inbound.providers.calls import FORMS, MESSAGES, unsigned

SMS = sorted(channel for channel in MESSAGES if channel.startswith("sms."))


@pytest.mark.parametrize("channel", SMS)
def test_a_text_message_is_a_message_from_its_number(channel: str) -> None:
    [message] = unsigned(channel, MESSAGES[channel]).messages
    assert (message.external_id, message.sender) == ("m1", "+4915100001111")
    assert (message.text, message.attachments) == ("Hello", ())


@pytest.mark.parametrize("channel", SMS)
def test_text_is_kept_to_the_letter(channel: str) -> None:
    field = {"sms.messagebird": "body", "sms.plivo": "Text", "sms.vonage": "text"}
    text = ' <b>a</b> &amp; "b"\n👩‍👩‍👧 é \u202e+ '
    content: dict[str, Any]
    if channel == "sms.telnyx":
        data = MESSAGES[channel]["data"]
        payload = data["payload"] | {"text": text}
        content = {"data": data | {"payload": payload}}
    else:
        content = MESSAGES[channel] | {field.get(channel, "Body"): text}
    [message] = unsigned(channel, content).messages
    assert message.text == text


@pytest.mark.parametrize("channel", sorted(FORMS - {"whatsapp.twilio"}))
def test_of_a_repeated_parameter_the_last_counts(channel: str) -> None:
    body = "&".join(f"{k}=first" for k in MESSAGES[channel]).encode()
    last = "&".join(f"{k}={v}" for k, v in MESSAGES[channel].items())
    last = last.replace("+", "%2B")
    [message] = unsigned(channel, body + b"&" + last.encode()).messages
    assert (message.external_id, message.text) == ("m1", "Hello")


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("4915100001111", "+4915100001111"),
        ("+4915100001111", "+4915100001111"),
        (" 4915100001111", "+4915100001111"),
        ("384387", "384387"),
        ("MTN", "MTN"),
        ("Shop 24", "Shop 24"),
    ],
)
def test_a_sender_is_a_number_a_short_code_or_a_name(written: str, sender: str) -> None:
    [message] = unsigned(
        "sms.vonage", MESSAGES["sms.vonage"] | {"msisdn": written}
    ).messages
    assert message.sender == sender


STATUSES = {
    "sms.twilio": {
        "accepted": "queued",
        "scheduled": "queued",
        "queued": "queued",
        "sending": "sent",
        "sent": "sent",
        "delivered": "delivered",
        "read": "read",
        "undelivered": "failed",
        "failed": "failed",
        "canceled": "failed",
        "baffled": None,
    },
    "sms.vonage": {
        "accepted": "sent",
        "buffered": "sent",
        "delivered": "delivered",
        "expired": "failed",
        "failed": "failed",
        "rejected": "failed",
        "unknown": None,
    },
    "sms.messagebird": {
        "scheduled": "queued",
        "buffered": "sent",
        "sent": "sent",
        "delivered": "delivered",
        "expired": "failed",
        "delivery_failed": "failed",
        "unknown": None,
    },
    "sms.plivo": {
        "queued": "queued",
        "sent": "sent",
        "delivered": "delivered",
        "undelivered": "failed",
        "failed": "failed",
        "rejected": "failed",
        "lost": None,
    },
    "sms.telnyx": {
        "queued": "queued",
        "sent": "sent",
        "delivered": "delivered",
        "delivery_unconfirmed": "sent",
        "delivery_failed": "failed",
        "sending_failed": "failed",
        "webhook_delivered": None,
    },
}


def status_call(channel: str, word: str) -> Any:
    return {
        "sms.twilio": {
            "MessageSid": "m1",
            "MessageStatus": word,
            "From": "+15550001111",
        },
        "sms.vonage": {"messageId": "m1", "status": word, "to": "15550001111"},
        "sms.messagebird": {"id": "m1", "status": word, "reference": "ours"},
        "sms.plivo": {
            "MessageUUID": "m1",
            "Status": word,
            "From": "15550001111",
            "To": "4915100001111",
        },
        "sms.telnyx": {
            "data": {
                "event_type": "message.finalized",
                "payload": {
                    "id": "m1",
                    "from": {"phone_number": "+15550001111"},
                    "to": [{"phone_number": "+4915100001111", "status": word}],
                },
            }
        },
    }[channel]


@pytest.mark.parametrize(
    ("channel", "word", "ours"),
    [(channel, *pair) for channel, table in STATUSES.items() for pair in table.items()],
)
def test_a_status_is_one_of_our_words_or_nothing(
    channel: str, word: str, ours: str | None
) -> None:
    reading = unsigned(channel, status_call(channel, word))
    assert reading.status_code == 200
    assert not reading.messages
    assert [(s.external_id, s.status) for s in reading.statuses] == (
        [("m1", ours)] if ours else []
    )


@pytest.mark.parametrize(
    ("channel", "content"),
    [
        ("sms.twilio", {}),
        ("sms.twilio", {"From": "+4915100001111", "Body": "no id"}),
        ("sms.twilio", {"MessageSid": "m1", "Body": "no sender"}),
        ("sms.plivo", {"From": "4915100001111", "To": "15550001111", "Text": "no id"}),
        ("sms.plivo", {"MessageUUID": "m1", "From": "4915100001111", "Text": "no To"}),
        ("sms.messagebird", {"id": "m1", "originator": "4915100001111"}),
        ("sms.messagebird", {"originator": "4915100001111", "body": "no id"}),
        ("sms.vonage", {"msisdn": "4915100001111", "text": "no id"}),
        ("sms.vonage", {"messageId": "m1", "text": "no sender"}),
    ],
)
def test_a_form_that_lacks_its_heart_is_malformed(
    channel: str, content: dict[str, str]
) -> None:
    reading = unsigned(channel, content)
    assert reading.status_code == 400
    assert not reading.messages


@pytest.mark.parametrize(
    ("channel", "changed"),
    [
        ("sms.plivo", {"To": "15559999999"}),
        ("sms.vonage", {"to": "15559999999"}),
        ("sms.twilio", {"AccountSid": "AC2"}),
    ],
)
def test_a_message_for_somebody_else_is_left_to_them(
    channel: str, changed: dict[str, str]
) -> None:
    reading = unsigned(channel, MESSAGES[channel] | changed)
    assert (reading.status_code, reading.messages) == (200, [])


def test_vonage_trying_the_url_is_answered() -> None:
    assert unsigned("sms.vonage", b"").status_code == 200


def test_a_part_of_a_long_message_says_which_one_it_is() -> None:
    parts = {"concat": "true", "concat-ref": "7", "concat-part": "2"}
    reading = unsigned("sms.vonage", MESSAGES["sms.vonage"] | parts)
    assert len(reading.messages) == 1
    [event] = reading.events
    assert (event["type"], event["of"], event["number"]) == ("part", "7", "2")


def test_media_of_twilio_are_counted_by_those_that_are_there() -> None:
    media = {
        "NumMedia": "100",
        "MediaUrl0": "https://api.twilio.com/a",
        "MediaContentType0": "image/jpeg",
        "MediaUrl10": "https://api.twilio.com/c",
        "MediaUrl2": "https://api.twilio.com/b",
        "MediaContentType2": "text/vcard",
    }
    content = {"MessageSid": "m1", "From": "+4915100001111"} | media
    [message] = unsigned("sms.twilio", content).messages
    assert message.text == ""
    assert [(file.type, file.url) for file in message.attachments] == [
        ("image", "https://api.twilio.com/a"),
        ("file", "https://api.twilio.com/b"),
        ("file", "https://api.twilio.com/c"),
    ]


def test_a_button_is_the_text_on_whatsapp_and_nothing_on_sms() -> None:
    for channel, text in (("sms.twilio", "Hello"), ("whatsapp.twilio", "Yes, please")):
        content = MESSAGES[channel] | {"ButtonText": "Yes, please"}
        assert unsigned(channel, content).messages[0].text == text


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("whatsapp:+4915100001111", "4915100001111"),
        ("+4915100001111", "4915100001111"),
        ("whatsapp:US.1234", "US.1234"),
    ],
)
def test_a_whatsapp_sender_of_twilio_loses_its_prefix(
    written: str, sender: str
) -> None:
    content = MESSAGES["whatsapp.twilio"] | {
        "From": written,
        "ExternalUserId": "whatsapp:US.77",
        "Latitude": "48.2",
        "Longitude": "16.4",
    }
    [message] = unsigned("whatsapp.twilio", content).messages
    assert (message.sender, message.sender_alias) == (sender, "US.77")
    assert [file.url for file in message.attachments] == ["geo:48.200000,16.400000"]


def test_opting_out_is_an_event_beside_the_message_or_the_failure() -> None:
    word = unsigned("sms.twilio", MESSAGES["sms.twilio"] | {"OptOutType": "STOP"})
    assert len(word.messages) == 1
    failed = {"MessageSid": "m1", "MessageStatus": "failed", "ErrorCode": "21610"}
    refused = unsigned("sms.twilio", failed | {"To": "+4915100001111"})
    for reading in (word, refused):
        [event] = reading.events
        assert (event["type"], event["from"]) == ("opt_out", "+4915100001111")


def test_a_part_of_a_plivo_message_reports_for_the_whole() -> None:
    content = status_call("sms.plivo", "delivered") | {"ParentMessageUUID": "whole"}
    [status] = unsigned("sms.plivo", content).statuses
    assert status.external_id == "whole"


def test_a_short_code_of_messagebird_has_its_own_words() -> None:
    content = {
        "mid": "m1",
        "shortcode": "1008",
        "originator": "4915100001111",
        "message": "JOIN",
        "receive_datetime": "20260504100000",
    }
    [message] = unsigned("sms.messagebird", content).messages
    assert (message.external_id, message.text) == ("m1", "JOIN")
    assert message.sent_at is not None
    assert message.sent_at.isoformat() == "2026-05-04T10:00:00+00:00"


@pytest.mark.parametrize(
    "media",
    [
        b"mediaUrls=https://a.example/1&mediaUrls=https://a.example/2",
        b"mediaUrls=%5B%22https://a.example/1%22,%22https://a.example/2%22%5D",
        b"mediaUrls%5B0%5D=https://a.example/1&mediaUrls%5B1%5D=https://a.example/2",
    ],
)
def test_media_of_messagebird_come_in_several_ways(media: bytes) -> None:
    body = b"id=m1&originator=4915100001111&" + media
    [message] = unsigned("sms.messagebird", body).messages
    assert [file.url for file in message.attachments] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_telnyx_reads_media_without_text_and_leaves_other_numbers() -> None:
    data = MESSAGES["sms.telnyx"]["data"]
    media = [{"url": "https://cdn.example/1", "content_type": "image/png"}, None]
    payload = data["payload"] | {"text": None, "media": media}
    [message] = unsigned("sms.telnyx", {"data": data | {"payload": payload}}).messages
    assert (message.text, len(message.attachments)) == ("", 1)

    payload["to"] = [{"phone_number": "+15559999999"}]
    content = {"data": data | {"payload": payload}}
    assert not unsigned("sms.telnyx", content).messages
    payload["cc"] = [{"phone_number": "+15550001111"}]
    assert len(unsigned("sms.telnyx", content).messages) == 1


def test_the_messages_api_of_vonage_is_read_too() -> None:
    said = {
        "message_uuid": "u1",
        "from": "4915100001111",
        "to": "15550001111",
        "channel": "mms",
        "message_type": "image",
        "image": {"url": "https://a.example/1", "caption": "Look"},
        "timestamp": "2026-05-04T10:00:00Z",
    }
    [message] = unsigned("sms.vonage", _json(said)).messages
    assert (message.external_id, message.text) == ("u1", "Look")
    assert len(message.attachments) == 1
    fate = {"message_uuid": "u1", "status": "undeliverable", "to": "4915100001111"}
    [status] = unsigned("sms.vonage", _json(fate)).statuses
    assert (status.external_id, status.status) == ("u1", "failed")


def _json(content: Any) -> bytes:
    return json.dumps(content).encode()
