"""Messages to a Viber bot.

Settings: `auth_token`.
"""

from collections.abc import Iterator
from typing import Any

from channels_inbound.normalized import (
    ReadAttachment,
    Reading,
    ReadMessage,
    place,
    web_url,
)
from channels_inbound.payload import dict_at, moment, number_at, text_at
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import hex_hmac, require

METHODS = {"POST"}

# https://developers.viber.com/docs/api/rest-bot-api/#callbacks
STATUSES = {"delivered": "delivered", "seen": "read", "failed": "failed"}
MEDIA = {"picture": "image", "video": "video", "file": "file"}
NOTICES = {"subscribed", "unsubscribed", "conversation_started"}


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless the bot's token signed the raw bytes."""
    secrets = request.secrets("auth_token")
    if secrets is not None:
        require(
            request.header("X-Viber-Content-Signature").lower(),
            [hex_hmac(secret, request.body) for secret in secrets],
        )


def read(request: ProviderRequest) -> Reading:
    """Return the message, the status or the event. Raises Unreadable.

    `delivered` comes for messages of the customer as well, and once for each of
    their devices.
    """
    reading, call = Reading(), request.json
    kind = text_at(call, "event")
    token = text_at(call, "message_token")  # 64 bits: more than JavaScript can count
    if kind == "message":
        _read_message(reading, call, token)
    elif kind in STATUSES:
        reading.add_status(token, STATUSES[kind], code=text_at(call, "desc"))
    elif kind in NOTICES:
        sender = text_at(call, "user", "id") or text_at(call, "user_id")
        reading.add_event(kind, **{"from": sender}, ref=text_at(call, "context"))
    return reading


def _read_message(reading: Reading, call: dict[str, Any], token: str) -> None:
    message = dict_at(call, "message")
    if not message:
        return
    reading.add_message(
        ReadMessage(
            token,
            text_at(call, "sender", "id"),
            _text(message),
            tuple(_attachments(message)),
            moment(call.get("timestamp")),
            sender_name=text_at(call, "sender", "name"),
        )
    )


def _text(message: dict[str, Any]) -> str:
    """Return the text or caption; of a link that was shared, the link."""
    text, link = text_at(message, "text"), text_at(message, "media")
    if text_at(message, "type") != "url" or link in text:
        return text
    return f"{text}\n{link}".strip()


def _attachments(message: dict[str, Any]) -> Iterator[ReadAttachment]:
    kind = text_at(message, "type")
    if kind in MEDIA:
        url = web_url(text_at(message, "media"))
        yield ReadAttachment(MEDIA[kind], url, name=text_at(message, "file_name"))
    elif kind == "sticker":
        yield ReadAttachment("sticker", provider_id=text_at(message, "sticker_id"))
    elif kind == "contact":
        card = dict_at(message, "contact")
        name = f"{text_at(card, 'name')} {text_at(card, 'phone_number')}"
        yield ReadAttachment("contact", name=name.strip())
    elif kind == "location":
        where = place(
            number_at(message, "location", "lat"), number_at(message, "location", "lon")
        )
        if where:
            yield where
