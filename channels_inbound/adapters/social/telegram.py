"""Messages to a Telegram bot.

Settings: `bot_token`, `secret_token` (as given to setWebhook).
"""

from collections.abc import Iterator
from typing import Any

from channels_inbound.normalized import ReadAttachment, Reading, ReadMessage, place
from channels_inbound.payload import dict_at, list_at, moment, number_at, text_at
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import require

METHODS = {"POST"}

# https://core.telegram.org/bots/api#message. An animation comes with a copy of
# itself as a document, so it stands before, and a venue with its location.
FILES = {
    "animation": "video",
    "audio": "audio",
    "voice": "audio",
    "video": "video",
    "video_note": "video",
    "sticker": "sticker",
    "document": "file",
}
# Messages that Telegram writes itself.
NOTICES = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "successful_payment",
    "connected_website",
    "write_access_allowed",
)


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless the secret we gave Telegram comes with it."""
    secrets = request.secrets("secret_token")
    if secrets is not None:
        require(
            request.header("X-Telegram-Bot-Api-Secret-Token"),
            [secret.decode("utf-8", "replace") for secret in secrets],
        )


def read(request: ProviderRequest) -> Reading:
    """Return the message or the event of an update. Raises Unreadable."""
    reading, update = Reading(), request.json
    bot_id = request.setting("bot_token").partition(":")[0]
    for key in ("message", "business_message"):
        if dict_at(update, key):
            _read_message(reading, dict_at(update, key), bot_id)
    for key in ("edited_message", "edited_business_message"):
        edited = dict_at(update, key)
        if edited:
            reading.add_event(
                "message_edited",
                external_id=_id(edited),
                **{"from": text_at(edited, "from", "id")},
                text=_text(edited),
            )
    _read_tap(reading, dict_at(update, "callback_query"))
    _read_changes(reading, update)
    return reading


def _read_message(reading: Reading, message: dict[str, Any], bot_id: str) -> None:
    sender, chat = dict_at(message, "from"), dict_at(message, "chat")
    if text_at(chat, "type") not in {"", "private"}:
        reading.add_event(
            "group_message", external_id=_id(message), chat=text_at(chat, "id")
        )
        return
    notice = next((key for key in NOTICES if key in message), None)
    if notice:
        reading.add_event(
            notice, **{"from": text_at(sender, "id")}, to=text_at(message, notice)
        )
        return
    # In a private chat its id is the customer's: all else was said by us.
    by_us = text_at(sender, "id") == bot_id or sender.get("is_bot") is True
    in_business = "business_connection_id" in message
    if by_us or (in_business and text_at(sender, "id") != text_at(chat, "id")):
        reading.add_event("echo", external_id=_id(message), text=_text(message))
        return
    reading.add_message(
        ReadMessage(
            _id(message),
            text_at(sender, "id"),
            _text(message),
            tuple(_attachments(message)),
            moment(message.get("date")),
            sender_name=_name(sender),
            reply_to=_id(dict_at(message, "reply_to_message")),
        )
    )


def _read_tap(reading: Reading, query: dict[str, Any]) -> None:
    """Read the tap on a button under a message of ours: its label is the text."""
    if not query:
        return
    data, sender = text_at(query, "data"), dict_at(query, "from")
    rows = list_at(query, "message", "reply_markup", "inline_keyboard")
    labels = [
        text_at(button, "text")
        for row in rows
        if isinstance(row, list)
        for button in row
        if text_at(button, "callback_data") == data
    ]
    reading.add_message(
        ReadMessage(
            text_at(query, "id"),
            text_at(sender, "id"),
            labels[0] if labels else data,
            sender_name=_name(sender),
            reply_to=_id(dict_at(query, "message")),
        )
    )


def _read_changes(reading: Reading, update: dict[str, Any]) -> None:
    """Read reactions, deletions, and whether the customer blocked us."""
    reaction = dict_at(update, "message_reaction")
    if reaction:
        emojis = [text_at(new, "emoji") for new in list_at(reaction, "new_reaction")]
        reading.add_event(
            "reaction",
            external_id=_id(reaction),
            **{"from": text_at(reaction, "user", "id")},
            emoji="".join(emojis),
            action="react" if emojis else "unreact",
        )
    deleted = dict_at(update, "deleted_business_messages")
    for message_id in list_at(deleted, "message_ids"):
        reading.add_event(
            "message_deleted", external_id=_id(deleted | {"message_id": message_id})
        )
    member = dict_at(update, "my_chat_member")
    if member:
        status = text_at(member, "new_chat_member", "status")
        reading.add_event(
            "blocked" if status == "kicked" else "unblocked",
            **{"from": text_at(member, "from", "id")},
        )


def _id(message: dict[str, Any]) -> str:
    """Return chat and message: the number alone is unique only in its chat."""
    number = text_at(message, "message_id")
    chat = text_at(message, "chat", "id") or text_at(message, "from", "id")
    return f"{chat}:{number}" if number else ""


def _text(message: dict[str, Any]) -> str:
    return (
        text_at(message, "text")
        or text_at(message, "caption")
        or text_at(message, "web_app_data", "data")
    )


def _name(person: dict[str, Any]) -> str:
    names = text_at(person, "first_name"), text_at(person, "last_name")
    return " ".join(filter(None, names)) or text_at(person, "username")


def _attachments(message: dict[str, Any]) -> Iterator[ReadAttachment]:
    """Yield the media; the URL of a file holds the bot's token and is never kept."""
    sizes = [size for size in list_at(message, "photo") if isinstance(size, dict)]
    if sizes:
        largest = max(sizes, key=lambda size: number_at(size, "width") or 0)
        yield ReadAttachment("image", provider_id=text_at(largest, "file_id"))
    for key, kind in FILES.items():
        if dict_at(message, key):
            yield ReadAttachment(
                kind,
                provider_id=text_at(message, key, "file_id"),
                name=text_at(message, key, "file_name"),
            )
            break
    venue = dict_at(message, "venue")
    spot = dict_at(message, "location") or dict_at(venue, "location")
    name = f"{text_at(venue, 'title')} {text_at(venue, 'address')}"
    where = place(number_at(spot, "latitude"), number_at(spot, "longitude"), name)
    if where:
        yield where
    card = dict_at(message, "contact")
    if card:
        yield ReadAttachment(
            "contact", name=f"{_name(card)} {text_at(card, 'phone_number')}".strip()
        )
