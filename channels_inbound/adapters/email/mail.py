"""What the parser returns: one e-mail as plain, frozen values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime


class UnreadableMail(Exception):
    """These bytes cannot be read as an e-mail; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address of a header field, lower-cased, with its display name or ""."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of the mail; `size` is in bytes after the transfer encoding is undone.

    `inline` means the HTML body shows it: it has a Content-ID (kept here without
    brackets) and its disposition is not "attachment". `filename` is never empty
    and safe to store: no path, no control characters, at most 255 bytes.
    """

    filename: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""
    inline: bool = False

    @property
    def size(self) -> int:
        """The length of the content in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields in the order of the mail, values unfolded and decoded."""

    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """Return the first value of a field, whatever its case, or ""."""
        return next(self.all(name), "")

    def all(self, name: str) -> Iterator[str]:
        """Yield every value of a field, top of the mail first."""
        wanted = name.lower()
        return (value for key, value in self.fields if key == wanted)

    def __contains__(self, name: str) -> bool:
        """Tell whether the field is present, even when it is empty."""
        wanted = name.lower()
        return any(key == wanted for key, _ in self.fields)


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """Everything the desk wants to know about one e-mail.

    Message ids are without angle brackets. `external_id` is never empty: a mail
    without Message-ID gets one made from the hash of its bytes, so that reading it
    twice gives the same id. `references` and `in_reply_to` are as sent, oldest
    first. `delivered_to` holds the addresses of Delivered-To, X-Original-To and
    Envelope-To, where a plus address survives that To does not show. `text` is the
    whole message; `reply` is what the sender wrote himself and is never empty
    while `text` is not. `html` is raw and must be sanitized before it is shown.
    `date` is aware. `returned_id` is the Message-ID of the mail a bounce returns.
    """

    external_id: str
    in_reply_to: str | None
    references: tuple[str, ...]
    sender: Mailbox
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    delivered_to: tuple[str, ...]
    subject: str
    text: str
    reply: str
    html: str
    attachments: tuple[Attachment, ...]
    auto_submitted: bool
    is_bounce: bool
    returned_id: str | None
    date: datetime
    headers: Headers
