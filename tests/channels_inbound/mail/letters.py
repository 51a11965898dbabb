"""Mails as a mail program writes and sends them."""

import smtplib
from email import policy
from email.message import EmailMessage


def write(
    text: str = "Where is my parcel?",
    *,
    sender: str = "Ana Ruiz <ana@example.com>",
    to: str = "support@acme.example",
    subject: str = "My parcel",
    message_id: str = "<1@example.com>",
    **headers: str,
) -> EmailMessage:
    """Return a mail as a mail program writes it; headers as `in_reply_to="<..>"`."""
    mail = EmailMessage(policy=policy.default.clone(max_line_length=900))
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def submit(port: int, mail: EmailMessage, *, to: str = "support@acme.example") -> None:
    """Send by SMTP; raises smtplib's errors for a refusal."""
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.sendmail("ana@example.com", [to], mail.as_bytes())
