"""Messages to a LINE official account.

Settings: `channel_secret`.
"""

from collections.abc import Iterator
from typing import Any

from channels_inbound.adapter import Unreadable
from channels_inbound.normalized import (
    ReadAttachment,
    Reading,
    ReadMessage,
    place,
    web_url,
)
from channels_inbound.payload import dict_at, moment, number_at, text_at
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import base64_hmac, require

METHODS = {"POST"}
CONTENT_URL = "https://api-data.line.me/v2/bot/message/{}/content"  # with our token
MEDIA = {"image": "image", "video": "video", "audio": "audio", "file": "file"}
EDITS = {"messageEdited", "messageEdit", "edit"}


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless the channel secret signed the raw bytes."""
    secrets = request.secrets("channel_secret")
    if secrets is not None:
        require(
            request.header("X-Line-Signature"),
            [base64_hmac(secret, request.body) for secret in secrets],
        )


def read(request: ProviderRequest) -> Reading:
    """Return the messages and events. Raises Unreadable.

    LINE reports no deliveries. An empty array is its console trying the URL.
    """
    reading, events = Reading(), request.json.get("events")
    if not isinstance(events, list):
        raise Unreadable("The events are not an array.")
    reading.each(events, lambda event: _read_event(reading, event))
    return reading


def _read_event(reading: Reading, event: dict[str, Any]) -> None:
    kind, message = text_at(event, "type"), dict_at(event, "message")
    sender = text_at(event, "source", "userId")
    if kind == "message":
        _read_message(reading, event, message, sender)
    elif kind == "unsend":
        reading.add_event(
            "message_deleted",
            external_id=text_at(event, "unsend", "messageId"),
            **{"from": sender},
        )
    elif kind in EDITS:
        reading.add_event(
            "message_edited",
            external_id=text_at(message, "id"),
            **{"from": sender},
            text=text_at(message, "text"),
        )
    elif kind:
        reading.add_event(
            kind, **{"from": sender}, payload=text_at(event, "postback", "data")
        )


def _read_message(
    reading: Reading, event: dict[str, Any], message: dict[str, Any], sender: str
) -> None:
    """Read a message; the reply token beside its id is no id of it."""
    reading.add_message(
        ReadMessage(
            text_at(message, "id"),
            sender,
            text_at(message, "text"),
            tuple(_attachments(message)),
            moment(event.get("timestamp")),
            reply_to=text_at(message, "quotedMessageId"),
        )
    )


def _attachments(message: dict[str, Any]) -> Iterator[ReadAttachment]:
    kind, external_id = text_at(message, "type"), text_at(message, "id")
    if kind in MEDIA:
        provider = dict_at(message, "contentProvider")
        if text_at(provider, "type") == "external":
            url = web_url(text_at(provider, "originalContentUrl"))
        else:
            url = CONTENT_URL.format(external_id)
        yield ReadAttachment(MEDIA[kind], url, name=text_at(message, "fileName"))
    elif kind == "sticker":
        yield ReadAttachment("sticker", provider_id=text_at(message, "stickerId"))
    elif kind == "location":
        name = f"{text_at(message, 'title')} {text_at(message, 'address')}"
        where = place(
            number_at(message, "latitude"), number_at(message, "longitude"), name
        )
        if where:
            yield where
