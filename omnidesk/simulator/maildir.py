"""The customers' mailbox: a folder of mails that the desk has sent."""

import email
import email.policy
import os
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9]{20}-[0-9a-f]{16}\.eml")
SHOWN = 200  # newest mails on the page


@dataclass(frozen=True)
class Stored:
    """A mail in the mailbox, under its name in the folder."""

    name: str
    mail: EmailMessage


def keep(raw: bytes, *, recipients: Sequence[str]) -> Path:
    """Store a mail so that a power cut does not lose it; return where."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns():020d}-{secrets.token_hex(8)}.eml"
    partial, final = folder / f"{name}.part", folder / name
    with partial.open("wb") as file:
        file.write(f"X-Delivered-To: {', '.join(recipients)}\r\n".encode() + raw)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(final)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return final


def newest() -> list[Stored]:
    """Return the mails, newest first."""
    folder = _folder()
    names = sorted((path.name for path in folder.glob("*.eml")), reverse=True)
    return [Stored(name, _read(folder / name)) for name in names[:SHOWN]]


def find(name: str) -> Stored | None:
    """Return the mail of that name, or None."""
    path = _folder() / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    return Stored(name, _read(path))


def _folder() -> Path:
    return settings.DATA_DIR / "mailbox"


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
