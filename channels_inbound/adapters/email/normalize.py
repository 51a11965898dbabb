"""One mail as plain JSON values, for the normalize command and for debugging."""

from typing import Any

from channels_inbound.adapters.email import safe_html
from channels_inbound.adapters.email.mail import Mailbox, UnreadableMail
from channels_inbound.adapters.email.parse import parse


def normalize(raw: bytes) -> dict[str, Any]:
    """Return the parsed mail, its HTML sanitized, or {"error": sentence}."""
    try:
        mail = parse(raw)
    except UnreadableMail as error:
        return {"error": str(error)}
    return {
        "external_id": mail.external_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "sender": _mailbox(mail.sender),
        "to": [_mailbox(box) for box in mail.to],
        "cc": [_mailbox(box) for box in mail.cc],
        "subject": mail.subject,
        "text": mail.text,
        "reply": mail.reply,
        "html": safe_html.sanitize(mail.html),
        "attachments": [
            {
                "filename": file.filename,
                "content_type": file.content_type,
                "size": file.size,
                "content_id": file.content_id or None,
                "inline": file.inline,
            }
            for file in mail.attachments
        ],
        "auto_submitted": mail.auto_submitted,
        "is_bounce": mail.is_bounce,
        "date": mail.date.isoformat(),
    }


def _mailbox(box: Mailbox) -> dict[str, str]:
    return {"address": box.address, "name": box.name}
