"""Messages to a Facebook page or an Instagram account, which have one form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from channels_inbound.adapters.social import meta
from channels_inbound.normalized import (
    ReadAttachment,
    Reading,
    ReadMessage,
    place,
    web_url,
)
from channels_inbound.payload import (
    dict_at,
    dicts_at,
    list_at,
    moment,
    number_at,
    text_at,
)
from channels_inbound.requests import ProviderRequest

# Parts of an item that are neither a message nor about one.
NOTICES = (
    "optin",
    "referral",
    "account_linking",
    "pass_thread_control",
    "take_thread_control",
    "request_thread_control",
    "policy_enforcement",
)
HEART = "❤️"


@dataclass(frozen=True)
class _Page:
    reading: Reading
    account_id: str
    entry_id: str

    def read_item(self, item: dict[str, Any]) -> None:
        """Read one item of `messaging` or `standby`."""
        sender, receiver = (
            text_at(item, "sender", "id"),
            text_at(item, "recipient", "id"),
        )
        message = dict_at(item, "message")
        if message.get("is_echo") or message.get("is_self"):
            if self.account_id and self.account_id not in {self.entry_id, sender}:
                return
            self.reading.add_event(
                "echo",
                external_id=text_at(message, "mid"),
                to=receiver,
                text=text_at(message, "text"),
                app=text_at(message, "app_id"),
            )
            return
        if not self._is_ours(receiver) or sender == self.account_id != "":
            return
        if message:
            self._read_message(item, message, sender)
        self._read_postback(item, sender)
        self._read_progress(item, sender)
        self._read_changes(item, sender)
        for notice in NOTICES:
            if notice in item:
                details = dict_at(item, notice)
                self.reading.add_event(
                    notice, **{"from": sender}, ref=text_at(details, "ref")
                )

    def _is_ours(self, receiver: str) -> bool:
        """Tell whether entry and recipient, as far as given, are our account."""
        given = {self.entry_id, receiver} - {""}
        return not self.account_id or given == {self.account_id}

    def _read_message(
        self, item: dict[str, Any], message: dict[str, Any], sender: str
    ) -> None:
        mid = text_at(message, "mid")
        if message.get("is_deleted"):
            self.reading.add_event(
                "message_deleted", external_id=mid, **{"from": sender}
            )
            return
        files = list_at(message, "attachments")
        text = text_at(message, "text")
        if not text and any(text_at(file, "type") == "like_heart" for file in files):
            text = HEART
        self.reading.add_message(
            ReadMessage(
                mid,
                sender,
                text,
                tuple(_attachments(files)),
                moment(item.get("timestamp")),
                reply_to=text_at(message, "reply_to", "mid"),
            )
        )

    def _read_postback(self, item: dict[str, Any], sender: str) -> None:
        """Take the title of a button as what the customer said by tapping it."""
        postback = dict_at(item, "postback")
        if not postback:
            return
        # Older versions send no id; its moment tells one tap from the next.
        mid = text_at(postback, "mid") or f"{sender}:{text_at(item, 'timestamp')}"
        if text_at(postback, "title"):
            self.reading.add_message(
                ReadMessage(
                    mid,
                    sender,
                    text_at(postback, "title"),
                    sent_at=moment(item.get("timestamp")),
                )
            )
        self.reading.add_event(
            "postback",
            external_id=mid,
            **{"from": sender},
            payload=text_at(postback, "payload"),
            ref=text_at(postback, "referral", "ref"),
        )

    def _read_progress(self, item: dict[str, Any], sender: str) -> None:
        """Read deliveries and reads: of single messages, or of all up to a time."""
        for part, status in (("delivery", "delivered"), ("read", "read")):
            details = dict_at(item, part)
            mids = [*list_at(details, "mids"), details.get("mid")]
            for mid in mids:
                self.reading.add_status(text_at({"": mid}, ""), status)
            watermark = text_at(details, "watermark")
            if watermark:
                self.reading.add_event(
                    f"{status}_until", **{"from": sender}, watermark=watermark
                )

    def _read_changes(self, item: dict[str, Any], sender: str) -> None:
        """Read reactions to messages and edits of them."""
        reaction, edit = dict_at(item, "reaction"), dict_at(item, "message_edit")
        if reaction:
            self.reading.add_event(
                "reaction",
                external_id=text_at(reaction, "mid"),
                **{"from": sender},
                emoji=text_at(reaction, "emoji"),
                action=text_at(reaction, "action"),
            )
        if edit:
            self.reading.add_event(
                "message_edited",
                external_id=text_at(edit, "mid"),
                **{"from": sender},
                text=text_at(edit, "text"),
            )


def read_messaging(request: ProviderRequest, *, of: str) -> Reading:
    """Return what a webhook of a page or an Instagram account says.

    `standby`, what another app answers, is read like the rest. Settings:
    `account_id`, of the page or account. Raises Unreadable.
    """
    reading = Reading()
    if request.method == "GET":
        reading.response_body = meta.challenge(request)
        return reading

    def read_entry(entry: dict[str, Any]) -> None:
        page = _Page(reading, request.setting("account_id"), text_at(entry, "id"))
        items = [*list_at(entry, "messaging"), *list_at(entry, "standby")]
        # The test button of Instagram's developer console sends this form.
        items += [
            change.get("value")
            for change in dicts_at(entry, "changes")
            if change.get("field") == "messages"
        ]
        reading.each(items, page.read_item)

    reading.each(meta.entries(request, of=of), read_entry)
    return reading


def _attachments(files: list[Any]) -> Iterator[ReadAttachment]:
    for file in files:
        kind, payload = text_at(file, "type"), dict_at(file, "payload")
        if kind == "location":
            coordinates = dict_at(payload, "coordinates")
            where = place(
                number_at(coordinates, "lat"),
                number_at(coordinates, "long"),
                text_at(file, "title"),
            )
            if where:
                yield where
            continue
        url = web_url(text_at(payload, "url"))
        if text_at(payload, "sticker_id"):
            kind = "sticker"
        # A preview of a link, or media that are gone, may come without a URL, and
        # previews with the path of a file on the customer's computer.
        if url or kind in {"template", "ephemeral"}:
            yield ReadAttachment(
                kind or "file",
                url,
                name=text_at(payload, "title") or text_at(file, "title"),
            )
