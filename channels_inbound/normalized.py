"""What a provider's request says, in one form for all of them."""

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

logger = logging.getLogger(__name__)

Delivery = Literal["queued", "sent", "delivered", "read", "failed"]


@dataclass(frozen=True)
class ReadAttachment:
    """A file, place, contact card or sticker that came with a message.

    `url` is None when getting it takes a second call with `provider_id`.
    """

    type: str
    url: str | None = None
    provider_id: str = ""
    name: str = ""


@dataclass(frozen=True)
class ReadMessage:
    """What a customer said to the account."""

    external_id: str
    sender: str
    text: str = ""
    attachments: tuple[ReadAttachment, ...] = ()
    sent_at: datetime.datetime | None = None
    sender_name: str = ""
    # The external id of the message it answers.
    reply_to: str = ""
    # Another id of the same person, which the provider says belongs to them.
    sender_alias: str = ""


@dataclass(frozen=True)
class ReadStatus:
    """What became of a message that we sent."""

    external_id: str
    status: str
    # The provider's reason, when it failed.
    code: str = ""
    reference: str = ""


@dataclass
class Reading:
    """Everything one request says, and how it is to be answered."""

    messages: list[ReadMessage] = field(default_factory=list)
    statuses: list[ReadStatus] = field(default_factory=list)
    # Edits, deletions, reactions, typing, reads, echoes, opt-outs and the like:
    # `type` and small texts, no new message from a customer.
    events: list[dict[str, str]] = field(default_factory=list)
    status_code: int = 200
    response_body: str = ""

    def add_message(self, message: ReadMessage) -> None:
        """Take a message unless it says nothing of whom or which it is.

        Without an id a message cannot be told from its copy, without a sender it
        cannot be answered. Of two with one id the first wins.
        """
        known = any(message.external_id == other.external_id for other in self.messages)
        if message.external_id and message.sender and not known:
            self.messages.append(message)

    def add_status(
        self,
        external_id: str,
        status: str | None,
        *,
        code: str = "",
        reference: str = "",
    ) -> None:
        """Take a status that has an id and a word of ours, once."""
        if not external_id or status is None:
            return
        read = ReadStatus(external_id, status, code, reference)
        if read not in self.statuses:
            self.statuses.append(read)

    def add_event(self, type: str, **details: str) -> None:  # noqa: A002  # the word of the contract
        """Take an event; details that are empty are left out."""
        self.events.append({"type": type} | {k: v for k, v in details.items() if v})

    def each(
        self, items: Iterable[object], read_one: Callable[[dict[str, Any]], None]
    ) -> None:
        """Read every item that is an object; a bad one does not lose the rest."""
        for item in items:
            if not isinstance(item, dict):
                self.add_event("unreadable")
                continue
            try:
                read_one(item)
            except Exception:
                logger.exception("An item of a provider's request could not be read.")
                self.add_event("unreadable")

    def as_json(self) -> dict[str, Any]:
        """Return it as values for json.dumps."""
        return {
            "messages": [_message(message) for message in self.messages],
            "statuses": [
                {"external_id": read.external_id, "status": read.status}
                | _given(code=read.code, reference=read.reference)
                for read in self.statuses
            ],
            "events": self.events,
            "status_code": self.status_code,
            "response_body": self.response_body,
        }


def place(
    latitude: float | None, longitude: float | None, name: str = ""
) -> ReadAttachment | None:
    """Return a place as an attachment with a geo: URL (RFC 5870), or None."""
    if latitude is None or longitude is None:
        return None
    return ReadAttachment(
        "location", f"geo:{latitude:.6f},{longitude:.6f}", name=name.strip()
    )


def web_url(value: str) -> str | None:
    """Return the value if a browser could fetch it, else None."""
    return value if value.lower().startswith(("https://", "http://")) else None


def _message(message: ReadMessage) -> dict[str, Any]:
    return {
        "external_id": message.external_id,
        "from": message.sender,
        "text": message.text,
        "attachments": [
            {
                "type": file.type,
                "url": file.url,
                **_given(provider_id=file.provider_id, name=file.name),
            }
            for file in message.attachments
        ],
        "sent_at": message.sent_at and message.sent_at.isoformat(),
    } | _given(
        sender_name=message.sender_name,
        reply_to=message.reply_to,
        sender_alias=message.sender_alias,
    )


def _given(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
