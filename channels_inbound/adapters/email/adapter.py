"""E-mail in both directions: a raw mail in, a composed one out."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from email.errors import MessageError

from channels_inbound.adapter import (
    Adapter,
    DeliveryReport,
    Parsed,
    RawRequest,
    SendError,
    Sent,
    Unreadable,
)
from channels_inbound.adapters.email import transport
from channels_inbound.adapters.email.bounces import failure_reason
from channels_inbound.adapters.email.compose import LOOP_HEADER, compose
from channels_inbound.adapters.email.mail import ParsedMail, UnreadableMail
from channels_inbound.adapters.email.parse import parse
from channels_inbound.models import ChannelAccount
from conversations.intake import InboundFile, InboundMessage
from conversations.outbox import OutboundMessage

# A token stands behind the plus of an address or the dot of a Message-ID.
_TOKEN = re.compile(r"[+.]([a-z2-7]{45})(?=@|$)", re.IGNORECASE)
MAX_REFERENCES = 100  # of one mail, newest first, looked at for a conversation


class EmailAdapter(Adapter):
    """Mail of one mailbox.

    Settings of an account: `smtp_url` (smtp://, smtps:// or smtp+starttls:// with
    user and password), the server that takes outgoing mail; without it SMTP_URL of
    the site is used.
    """

    # The Message-ID is the same at every try: mail programs show one copy.
    repeatable = True

    def verify(self, account: ChannelAccount, request: RawRequest) -> None:
        """Accept every mail: anyone may write, and nothing in it is believed."""

    def event_key(self, account: ChannelAccount, request: RawRequest) -> str:
        """Return a hash of the bytes; copies with other headers meet at the message.

        Lines that each hop adds are part of the bytes, so one mail that came twice
        is two receipts and, by its Message-ID, one message.
        """
        return hashlib.sha256(request.body).hexdigest()

    def parse(self, account: ChannelAccount, request: RawRequest) -> Sequence[Parsed]:
        """Return the message, or what became of one of ours if it is a bounce."""
        try:
            mail = parse(request.body, received_at=request.received_at)
        except UnreadableMail as error:
            raise Unreadable(str(error)) from error
        if mail.is_bounce and mail.returned_id is not None:
            return [
                DeliveryReport(
                    (mail.returned_id,),
                    "failed",
                    explanation=failure_reason(request.body),
                    otherwise=_message(account, request, mail),
                )
            ]
        return [_message(account, request, mail)]

    def send(self, account: ChannelAccount, message: OutboundMessage) -> Sent:
        """Give the composed mail to the account's SMTP server."""
        try:
            mail = compose(account, message)
        except (ValueError, MessageError) as error:
            raise SendError(
                f"Message {message.message_id} cannot be composed: {error}",
                explanation="This is not a mail address that can be written to.",
            ) from error
        answer = transport.send(
            str(account.settings.get("smtp_url", "")),
            mail,
            sender=account.address,
            recipient=message.recipient,
        )
        return Sent(external_id=str(mail["Message-ID"])[1:-1], answer=answer)


def _message(
    account: ChannelAccount, request: RawRequest, mail: ParsedMail
) -> InboundMessage:
    recipients = [str(r) for r in request.context.get("recipients", [])]
    ours = mail.sender.address == account.address.lower()
    return InboundMessage(
        sender=mail.sender.address or _nobody(request.body),
        sender_name=mail.sender.name,
        subject=mail.subject,
        text=mail.reply,
        full_text=mail.text,
        html=mail.html,
        external_id=mail.external_id,
        sent_at=mail.date,
        headers=_kept_headers(mail, request),
        attachments=tuple(
            InboundFile(
                filename=file.filename,
                content_type=file.content_type,
                content=file.content,
                content_id=file.content_id,
                is_inline=file.inline,
            )
            for file in mail.attachments
        ),
        tokens=tuple(_tokens(mail, recipients)),
        answers=tuple(dict.fromkeys(_answers(mail)))[:MAX_REFERENCES],
        automatic=mail.auto_submitted
        or mail.is_bounce
        or ours
        or LOOP_HEADER in mail.headers,
    )


def _nobody(raw: bytes) -> str:
    """Return an address that is unique to the mail and reaches nobody (RFC 2606)."""
    return f"unknown-{hashlib.sha256(raw).hexdigest()[:16]}@sender.invalid"


def _tokens(mail: ParsedMail, recipients: Sequence[str]) -> Iterator[str]:
    """Yield what may be reply tokens: the envelope's first, then the headers'."""
    addresses = [
        *recipients,
        *mail.delivered_to,
        *(box.address for box in (*mail.to, *mail.cc)),
    ]
    ids = [mail.in_reply_to or "", *reversed(mail.references)]
    for text in [*addresses, *ids[:MAX_REFERENCES]]:
        found = _TOKEN.search(text)
        if found:
            yield found[1].lower()


def _answers(mail: ParsedMail) -> Iterator[str]:
    if mail.in_reply_to:
        yield mail.in_reply_to
    yield from reversed(mail.references)


def _kept_headers(mail: ParsedMail, request: RawRequest) -> dict[str, object]:
    """Return what an answer, a screen or a limit needs of the headers later."""
    return {
        "message_id": mail.external_id,
        "references": list(mail.references[-MAX_REFERENCES:]),
        "to": [box.address for box in mail.to],
        "cc": [box.address for box in mail.cc],
        "reply_to": [box.address for box in mail.reply_to],
        "auto_submitted": mail.auto_submitted,
        "envelope_from": str(request.context.get("envelope_from", "")),
    }
