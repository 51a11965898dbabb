"""Small mails for the tests."""

from channels_inbound.adapters.email.mail import ParsedMail
from channels_inbound.adapters.email.parse import parse


def read(head: str | bytes = "", body: str | bytes = "Hello") -> ParsedMail:
    """Parse a mail of this header (on top of From and Subject) and this body."""
    head = head if isinstance(head, bytes) else head.encode()
    body = body if isinstance(body, bytes) else body.encode()
    return parse(head + b"\nX-Last: yes\n\n" + body)


def with_part(head: str | bytes, content: bytes = b"data") -> ParsedMail:
    """Parse a mail of a text and one more part."""
    head = head if isinstance(head, bytes) else head.encode()
    return read(
        "From: ann@x.example\nContent-Type: multipart/mixed; boundary=b",
        b"--b\n\nHello\n--b\n" + head + b"\n\n" + content + b"\n--b--\n",
    )
