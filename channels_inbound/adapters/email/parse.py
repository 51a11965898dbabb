"""Reads raw e-mail bytes into a ParsedMail: the one door of the parser."""

import re
from datetime import datetime

from channels_inbound.adapters.email import (
    addresses,
    attachments,
    automatic,
    bodies,
    charsets,
    dates,
    encoded_words,
    html_lines,
    identifiers,
    mime,
    reply,
)
from channels_inbound.adapters.email.mail import Headers, Mailbox, ParsedMail

_SENDER_FIELDS = ("from", "reply-to", "sender", "return-path", "x-original-from")
_DELIVERY_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
MAX_SUBJECT_CHARS = 998  # one line of a header (RFC 5322, section 2.1.1)
_SHOWN_FIELD_CHARS = 20_000  # of one header field in `headers`


def parse(raw: bytes, *, received_at: datetime | None = None) -> ParsedMail:
    """Return what an e-mail says.

    `received_at` (aware) replaces a missing, unreadable or future Date. Any bytes
    give a ParsedMail or raise UnreadableMail, in time linear in their length.
    """
    root = mime.read(raw)
    body = bodies.read(root)
    hint = _charset_of(root, body)
    headers = Headers(
        tuple(
            (name, encoded_words.text_of(value[:_SHOWN_FIELD_CHARS], hint=hint))
            for name, value in root.fields
        )
    )
    subject = _subject(root, hint=hint)
    sender = _sender(root, hint=hint)
    text, own_words = _texts(body, subject=subject)
    bounced = automatic.is_bounce(root, headers, subject=subject, sender=sender.address)
    return ParsedMail(
        external_id=identifiers.message_id(root.raw("message-id"))
        or identifiers.made_from(raw),
        in_reply_to=identifiers.in_reply_to(root.raw("in-reply-to")),
        references=identifiers.references(root.raw("references")),
        sender=sender,
        reply_to=addresses.parse_list(root.raw("reply-to"), hint=hint),
        to=_recipients(root, "to", hint=hint),
        cc=_recipients(root, "cc", hint=hint),
        delivered_to=_delivered_to(root),
        subject=subject,
        text=text,
        reply=own_words,
        html=body.html,
        attachments=attachments.find(root, body.parts, hint=hint),
        auto_submitted=automatic.is_automatic(
            root, headers, subject=subject, sender=sender.address
        ),
        is_bounce=bounced,
        returned_id=automatic.returned_id(root, text) if bounced else None,
        date=dates.sent_at(
            headers.get("date"), list(headers.all("received")), received_at
        ),
        headers=headers,
    )


def _texts(body: bodies.Body, *, subject: str) -> tuple[str, str]:
    """Return the whole text and the part of it which the sender wrote himself."""
    forwarded = reply.is_forward(subject)
    lines = html_lines.read(body.html) if body.html else []
    if not body.plain.strip():
        text = html_lines.text_of(lines)[: bodies.MAX_TEXT_CHARS]
        return text, reply.from_html(lines, is_forward=forwarded) or text
    text = body.plain.strip("\n").rstrip()
    own_words = reply.from_text(text, is_forward=forwarded)
    if own_words.strip() == text.strip() and any(line.mark for line in lines):
        # Nothing in the plain text shows where the old mail begins; the HTML may.
        from_html = reply.from_html(lines, is_forward=forwarded)
        if from_html and len(from_html) < len(own_words):
            own_words = from_html
    return text, own_words or text


def _charset_of(root: mime.Part, body: bodies.Body) -> str:
    """A charset declared for the body is the best guess for raw 8-bit headers."""
    for part in (root, *body.parts):
        charset = part.parameters.get("charset", "")
        if charsets.codec_for(charset) not in {None, "utf-8", "ascii"}:
            return charset
    # Else one that an encoded word of the header names, if it is not Unicode.
    for _, value in root.fields:
        found = re.search(rb"=\?([\w-]{3,40})\?[bqBQ]\?", value)
        charset = found[1].decode() if found else ""
        if charsets.codec_for(charset) not in {None, "utf-8", "ascii"}:
            return charset
    return ""


def _subject(root: mime.Part, *, hint: str) -> str:
    raw = root.raw("subject") or root.raw("thread-topic")
    return encoded_words.text_of(raw, hint=hint)[:MAX_SUBJECT_CHARS].rstrip()


def _sender(root: mime.Part, *, hint: str) -> Mailbox:
    """Return the author; other fields serve when From holds no usable address."""
    name = ""
    for field in _SENDER_FIELDS:
        for key, value in root.fields:
            if key != field:
                continue
            box = addresses.parse_one(value, hint=hint)
            if box.address:
                return Mailbox(box.address, name or box.name)
            name = name or box.name
    return Mailbox("", name)


def _recipients(root: mime.Part, field: str, *, hint: str) -> tuple[Mailbox, ...]:
    found: dict[str, Mailbox] = {}
    for key, value in root.fields:
        if key == field:
            for box in addresses.parse_list(value, hint=hint):
                found.setdefault(box.address, box)
    return tuple(found.values())[: addresses.MAX_RECIPIENTS]


def _delivered_to(root: mime.Part) -> tuple[str, ...]:
    found = [
        box.address
        for key, value in root.fields
        if key in _DELIVERY_FIELDS
        for box in addresses.parse_list(value[:2_000])
    ]
    return tuple(dict.fromkeys(found))[: addresses.MAX_RECIPIENTS]
