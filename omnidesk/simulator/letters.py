"""Mails as a customer's mail program shows and writes them."""

import datetime
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr, parsedate_to_datetime

from omnidesk.simulator.maildir import Stored

SHOWN_HEADERS = (
    *("From", "To", "Reply-To", "Subject", "Date"),
    *("Message-ID", "In-Reply-To", "References", "Auto-Submitted"),
)


@dataclass(frozen=True)
class Shown:
    """One received mail, ready for a page."""

    name: str
    sender: str
    to: str
    subject: str
    sent_at: datetime.datetime | None
    headers: tuple[tuple[str, str], ...]
    text: str
    has_html: bool
    files: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """What a customer writes; the file is its name, type and content."""

    sender: str
    name: str
    to: str
    subject: str
    text: str
    file: tuple[str, str, bytes] | None = None


def read(stored: Stored) -> Shown:
    """Return what a page shows of a mail."""
    mail = stored.mail
    text = mail.get_body(("plain",))
    return Shown(
        name=stored.name,
        sender=_header(mail, "From"),
        to=_header(mail, "X-Delivered-To") or _header(mail, "To"),
        subject=_header(mail, "Subject"),
        sent_at=_date(mail),
        headers=tuple(
            (name, _header(mail, name)) for name in SHOWN_HEADERS if name in mail
        ),
        text=str(text.get_content()) if text is not None else "",
        has_html=mail.get_body(("html",)) is not None,
        files=tuple(part.get_filename() or "file" for part in mail.iter_attachments()),
    )


def reply_to(stored: Stored) -> dict[str, str]:
    """Return what a mail program fills in when somebody presses Reply."""
    mail = stored.mail
    subject = _header(mail, "Subject")
    name, sender = parseaddr(_header(mail, "To"))
    return {
        "sender": sender,
        "name": name,
        "to": parseaddr(_header(mail, "Reply-To") or _header(mail, "From"))[1],
        "subject": subject if subject.lower().startswith("re:") else f"Re: {subject}",
        "answers": stored.name,
    }


def compose(letter: Letter, *, answers: EmailMessage | None) -> EmailMessage:
    """Return the mail, with the threading headers of RFC 5322, section 3.6.4."""
    mail = EmailMessage()
    mail["From"] = f"{letter.name} <{letter.sender}>" if letter.name else letter.sender
    mail["To"] = letter.to
    mail["Subject"] = letter.subject
    mail["Message-ID"] = make_msgid(domain=letter.sender.rpartition("@")[2])
    text = letter.text
    if answers is not None:
        answered = _header(answers, "Message-ID")
        mail["In-Reply-To"] = answered
        mail["References"] = f"{_header(answers, 'References')} {answered}".strip()
        text = f"{text}\n\n{_quoted(answers)}"
    mail.set_content(text)
    if letter.file is not None:
        name, kind, content = letter.file
        main, _, sub = kind.partition("/")
        mail.add_attachment(
            content, maintype=main, subtype=sub or "octet-stream", filename=name
        )
    return mail


def _quoted(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    words = str(part.get_content()) if part is not None else ""
    intro = f"On {_header(mail, 'Date')}, {_header(mail, 'From')} wrote:"
    return "\n".join([intro, *(f"> {line}" for line in words.splitlines())])


def _header(mail: EmailMessage, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _date(mail: EmailMessage) -> datetime.datetime | None:
    try:
        return parsedate_to_datetime(_header(mail, "Date"))
    except ValueError:
        return None
