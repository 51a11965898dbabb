"""Compose the mail that an outbound message becomes."""

import unicodedata
from collections.abc import Iterable
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Any

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt

from channels_inbound.models import ChannelAccount
from conversations.outbox import OutboundMessage

LOOP_HEADER = "X-Omnidesk-Loop"
# RFC 5322 gives no limit; mail servers begin to refuse headers of some 64 KB.
FIRST_REFERENCES, LAST_REFERENCES = 1, 12

MAX_ID_CHARS = 300  # a longer id would not fit a header line with its name
MAX_LOCAL_CHARS = 64  # of an address, before the @ (RFC 5321, section 4.5.3.1.1)

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})


class _IdsHeader(UnstructuredHeader, BaseHeader):
    """A header of message ids, folded between them.

    The library writes an id that is longer than a line as an encoded word, which
    is no id any more and ends the thread in every mail program.
    """

    def fold(self, *, policy: "Policy[Any]") -> str:
        """Return the header with one id a line."""
        separator = f"{policy.linesep} "
        return f"{self.name}: {separator.join(str(self).split())}{policy.linesep}"


_registry = HeaderRegistry()
for _name in ("message-id", "in-reply-to", "references"):
    _registry.map_to_type(_name, _IdsHeader)
POLICY = SMTP.clone(header_factory=_registry)


def compose(account: ChannelAccount, message: OutboundMessage) -> EmailMessage:
    """Return the mail: one Markdown source as plain text and as simple HTML.

    The Message-ID is the same at every try. Reply-To and Message-ID carry the token
    that brings the answer back to its conversation, whichever of them a mail
    program keeps. Mail that no person wrote says so (RFC 3834, section 5).
    """
    mail = EmailMessage(policy=POLICY)
    domain = account.address.rpartition("@")[2]
    mail["From"] = _box(_sender_name(account, message), account.address)
    mail["To"] = _box(message.recipient_name, message.recipient)
    mail["Reply-To"] = _box(account.inbox.name, _reply_address(account, message))
    mail["Subject"] = _subject(message)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.message_uuid}.{message.reply_token}@{domain}>"
    references = _capped([_clean_id(item) for item in message.references])
    if references:
        mail["In-Reply-To"] = f"<{references[-1]}>"
        mail["References"] = " ".join(f"<{item}>" for item in references)
    if message.is_automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
        mail[LOOP_HEADER] = "yes"
    _add_body(mail, account, message)
    for attachment in message.attachments:
        main, _, sub = attachment.content_type.partition("/")
        with attachment.file.open("rb") as file:
            mail.add_attachment(
                file.read(),
                maintype=main or "application",
                subtype=sub or "octet-stream",
                filename=_one_line(attachment.filename),
            )
    return mail


def _add_body(
    mail: EmailMessage, account: ChannelAccount, message: OutboundMessage
) -> None:
    signature = account.inbox.signature.strip()
    text = message.text.rstrip() + "\n"
    html = message.html or _markdown.render(message.text)
    if signature:
        text += f"\n-- \n{signature}\n"
        lines = "<br>".join(escape(line) for line in signature.splitlines())
        html += f"<p>-- <br>{lines}</p>"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(
        f"<!doctype html><html><body>{nh3.clean(html)}</body></html>\n",
        subtype="html",
        cte="quoted-printable",
    )


def _sender_name(account: ChannelAccount, message: OutboundMessage) -> str:
    if message.author_name and message.author_name != account.inbox.name:
        return f"{message.author_name} ({account.inbox.name})"
    return account.inbox.name


def _reply_address(account: ChannelAccount, message: OutboundMessage) -> str:
    """Return our address with the token, or bare where both would be too long.

    Then the token in the Message-ID has to do.
    """
    local, _, domain = account.address.rpartition("@")
    tagged = f"{local}+{message.reply_token}"
    return account.address if len(tagged) > MAX_LOCAL_CHARS else f"{tagged}@{domain}"


def _subject(message: OutboundMessage) -> str:
    subject = _one_line(message.subject) or "Your message"
    if not message.references or subject.lower().startswith("re:"):
        return subject
    return f"Re: {subject}"


def _box(name: str, address: str) -> Address:
    """Return an address for a header; a name can end neither the line nor itself."""
    return Address(display_name=_one_line(name), addr_spec=_one_line(address))


def _one_line(text: str) -> str:
    """Return the text without anything that could end a header line."""
    return " ".join(
        "".join(
            " " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} else c
            for c in text
        ).split()
    )


def _clean_id(external_id: str) -> str:
    """Return the id, or "" for one that no header can hold as it is."""
    clean = "".join(c for c in external_id if c.isprintable() and c not in " <>")
    return clean if clean.isascii() else ""


def _capped(references: Iterable[str]) -> list[str]:
    kept = [item for item in references if item and len(item) <= MAX_ID_CHARS]
    if len(kept) <= FIRST_REFERENCES + LAST_REFERENCES:
        return kept
    return kept[:FIRST_REFERENCES] + kept[-LAST_REFERENCES:]
