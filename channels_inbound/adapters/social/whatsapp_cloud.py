"""WhatsApp through Meta's Cloud API.

Settings: `app_secret`, `verify_token`, `phone_number_id`.
"""

from collections.abc import Iterator
from typing import Any

from channels_inbound.adapters.social import meta
from channels_inbound.adapters.social.meta import METHODS, verify
from channels_inbound.normalized import ReadAttachment, Reading, ReadMessage, place
from channels_inbound.payload import (
    at,
    dict_at,
    list_at,
    moment,
    number_at,
    text_at,
)
from channels_inbound.requests import ProviderRequest

__all__ = ["METHODS", "read", "verify"]

# https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
STATUSES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",  # a voice message
    "failed": "failed",
}
MEDIA = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "voice": "audio",
    "document": "file",
    "sticker": "sticker",
}
# Types that say something of another message, or of nothing the customer wrote.
NOTICES = {"system", "request_welcome"}
OBJECT = "whatsapp_business_account"


def read(request: ProviderRequest) -> Reading:
    """Return the messages, statuses and events. Raises Unreadable.

    One request may carry several entries, also for other numbers of the same app;
    those are left to the accounts they belong to.
    """
    reading = Reading()
    if request.method == "GET":
        reading.response_body = meta.challenge(request)
        return reading

    def read_change(change: dict[str, Any]) -> None:
        value, ours = dict_at(change, "value"), request.setting("phone_number_id")
        number = text_at(value, "metadata", "phone_number_id")
        if ours and number != ours:
            return
        if change.get("field") == "smb_message_echoes":
            reading.each(list_at(value, "message_echoes"), lambda m: _echo(reading, m))
        if change.get("field") != "messages":
            return
        names = _names(value)
        reading.each(list_at(value, "messages"), lambda m: _message(reading, m, names))
        reading.each(list_at(value, "statuses"), lambda s: _status(reading, s))

    def read_entry(entry: dict[str, Any]) -> None:
        reading.each(list_at(entry, "changes"), read_change)

    reading.each(meta.entries(request, of=OBJECT), read_entry)
    return reading


def _message(reading: Reading, message: dict[str, Any], names: dict[str, str]) -> None:
    kind, external_id = text_at(message, "type"), text_at(message, "id")
    phone, alias = text_at(message, "from"), text_at(message, "from_user_id")
    sender = phone or alias
    if _read_event(reading, message, kind, sender):
        return
    if text_at(message, "group_id"):
        reading.add_event(
            "group_message", external_id=external_id, group=text_at(message, "group_id")
        )
        return
    reading.add_message(
        ReadMessage(
            external_id,
            sender,
            _text(message, kind),
            tuple(_attachments(message, kind)),
            moment(message.get("timestamp")),
            sender_name=names.get(phone) or names.get(alias, ""),
            reply_to=text_at(message, "context", "id"),
            sender_alias=alias if phone else "",
        )
    )


def _read_event(
    reading: Reading, message: dict[str, Any], kind: str, sender: str
) -> bool:
    """Read what comes among the messages and is none; tell whether it did."""
    if kind == "reaction":
        reading.add_event(
            "reaction",
            external_id=text_at(message, "reaction", "message_id"),
            **{"from": sender},
            emoji=text_at(message, "reaction", "emoji"),
            # Without an emoji it is taken back.
            action="react" if text_at(message, "reaction", "emoji") else "unreact",
        )
    elif kind == "edit":
        edited = dict_at(message, "edit", "message")
        reading.add_event(
            "message_edited",
            external_id=text_at(message, "edit", "original_message_id"),
            **{"from": sender},
            text=_text(edited, text_at(edited, "type") or "text"),
        )
    elif kind == "revoke":
        reading.add_event(
            "message_deleted",
            external_id=text_at(message, "revoke", "original_message_id"),
            **{"from": sender},
        )
    elif kind in NOTICES:
        system = dict_at(message, "system")
        reading.add_event(
            text_at(system, "type") or kind,
            **{"from": sender},
            to=text_at(system, "wa_id") or text_at(system, "new_wa_id"),
            text=text_at(system, "body"),
        )
    else:
        return False
    return True


def _text(message: dict[str, Any], kind: str) -> str:
    """Return the words of a message: its body, caption or the label tapped."""
    for path in (
        ("text", "body"),
        ("text",),
        (kind, "caption"),
        ("button", "text"),
        ("interactive", "button_reply", "title"),
        ("interactive", "list_reply", "title"),
        ("interactive", "nfm_reply", "body"),
        ("order", "text"),
    ):
        text = text_at(message, *path)
        if text:
            return text
    return ""


def _attachments(message: dict[str, Any], kind: str) -> Iterator[ReadAttachment]:
    for key in [kind] if kind else MEDIA:
        if key in MEDIA and dict_at(message, key):
            # Where the file is takes a second call, which answers for 5 minutes.
            yield ReadAttachment(
                MEDIA[key],
                provider_id=text_at(message, key, "id"),
                name=text_at(message, key, "filename"),
            )
    where = place(
        number_at(message, "location", "latitude"),
        number_at(message, "location", "longitude"),
        text_at(message, "location", "name"),
    )
    if where:
        yield where
    for card in list_at(message, "contacts"):
        numbers = [text_at(phone, "phone") for phone in list_at(card, "phones")]
        name = text_at(card, "name", "formatted_name")
        yield ReadAttachment("contact", name=" ".join(filter(None, [name, *numbers])))


def _status(reading: Reading, status: dict[str, Any]) -> None:
    errors = list_at(status, "errors")
    reading.add_status(
        text_at(status, "id"),
        STATUSES.get(text_at(status, "status")),
        code=text_at(errors[0], "code") if errors else "",
        reference=text_at(status, "biz_opaque_callback_data"),
    )


def _echo(reading: Reading, message: dict[str, Any]) -> None:
    """Read a message that we sent from the telephone's own app."""
    reading.add_event(
        "echo",
        external_id=text_at(message, "id"),
        to=text_at(message, "to"),
        text=_text(message, text_at(message, "type")),
    )


def _names(value: dict[str, Any]) -> dict[str, str]:
    """Return the names that senders gave themselves, by each of their ids."""
    return {
        text_at(contact, key): text_at(contact, "profile", "name")
        for contact in list_at(value, "contacts")
        for key in ("wa_id", "user_id")
        if at(contact, key)
    }
