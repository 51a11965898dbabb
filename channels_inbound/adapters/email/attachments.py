"""The files of a mail: which parts they are, their safe names, inline or not."""

import mimetypes
import re

from channels_inbound.adapters.email import (
    charsets,
    encoded_words,
    identifiers,
    mime,
    parameters,
)
from channels_inbound.adapters.email.mail import Attachment

MAX_NAME_BYTES = 255  # what common file systems take

# Machine-readable halves of reports; their human half is the text of the mail.
_NOISE = frozenset(
    [
        "message/delivery-status",
        "message/global-delivery-status",
        "text/rfc822-headers",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-headers",
    ]
)
# First bytes -> what the file really is, for parts sent as application/octet-stream.
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)
# mimetypes reads the computer's own tables, so the commonest are fixed here.
_EXTENSIONS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/ms-tnef": ".dat",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-signature": ".p7s",
    "application/x-pkcs7-mime": ".p7m",
    "message/rfc822": ".eml",
    "message/global": ".eml",
}
# Path separators, what Windows refuses, and characters that reverse the reading
# order, with which "exe.fdp" is shown as "pdf.exe".
_UNSAFE = re.compile(
    r"[\\/:*?\"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+"
)


def find(
    root: mime.Part, used: tuple[mime.Part, ...], *, hint: str = ""
) -> tuple[Attachment, ...]:
    """Return every part that is neither body nor container nor machine noise.

    `hint` is the charset of file names that are sent as raw bytes.
    """
    readable = {id(part) for part in used}
    found: list[Attachment] = []
    for part in root.walk():
        if part.children or id(part) in readable or part.content_type in _NOISE:
            continue
        if not part.content and not _declared_name(part) and part.depth:
            continue
        if part.content_type.startswith("text/") and _is_blank(part):
            continue
        found.append(_attachment(part, hint=hint, number=len(found) + 1))
    return tuple(found)


def safe_name(name: str) -> str:
    """Return a name without path, control characters or excess length, or ""."""
    name = encoded_words.one_line(charsets.clean(name))
    name = _UNSAFE.sub("_", re.split(r"[\\/]", name.rstrip("\\/"))[-1]).strip(" .")
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > 20:
        stem, extension = name, ""
    tail = dot + extension if extension else ""
    room = MAX_NAME_BYTES - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + tail


def _attachment(part: mime.Part, *, hint: str, number: int) -> Attachment:
    content_type = part.content_type
    if content_type == "application/octet-stream":
        content_type = _sniffed(part.content) or content_type
    content_id = identifiers.message_id(part.raw("content-id"))
    disposition = part.disposition[0]
    inline = bool(content_id) and disposition != "attachment"
    name = safe_name(_declared_name(part, hint=hint)) or _made_name(
        part, content_type, number
    )
    return Attachment(name, content_type, part.content, content_id, inline)


def _declared_name(part: mime.Part, *, hint: str = "") -> str:
    disposition, content_type = (
        parameters.split(part.raw(field), hint=hint)[1]
        for field in ("content-disposition", "content-type")
    )
    declared = disposition.get("filename") or content_type.get("name")
    if declared:
        return declared
    location = encoded_words.text_of(part.raw("content-location"))
    if location and not location.startswith(("cid:", "http:", "https:")):
        return location
    last = location.split("?")[0].rstrip("/").rpartition("/")[2]
    return last if "." in last else ""


def _made_name(part: mime.Part, content_type: str, number: int) -> str:
    if content_type.startswith("message/rfc822"):
        head = mime.head_of(part.content)
        subject = safe_name(encoded_words.text_of(head.raw("subject")))[:80]
        return f"{subject or f'message-{number}'}.eml"
    extension = _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type)
    kind = content_type.partition("/")[0]
    stem = "image" if kind == "image" else "attachment"
    return f"{stem}-{number}{extension or '.bin'}"


def _sniffed(content: bytes) -> str:
    return next((kind for mark, kind in _SIGNATURES if content.startswith(mark)), "")


def _is_blank(part: mime.Part) -> bool:
    return not part.content.strip() and not _declared_name(part)
