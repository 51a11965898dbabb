"""Make what a browser sends fit for the database, or refuse it."""

import re
from urllib.parse import urlsplit

from customers.addresses import BadAddress, normalize
from customers.models import Scheme

CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
TEXT_LENGTH = 8000  # characters
LINE_LENGTH = 200
URL_LENGTH = 500


def clean_text(value: object) -> str:
    """Return text without NUL, which PostgreSQL refuses, or lone surrogates."""
    if not isinstance(value, str):
        return ""
    text = value.replace("\x00", "")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def clean_line(value: object) -> str:
    """Return a name or a title: one line, not too long."""
    return " ".join(clean_text(value).split())[:LINE_LENGTH]


def clean_email(value: object) -> str:
    """Return a mail address in its one spelling, or "" for anything else."""
    try:
        return normalize(Scheme.MAILTO, clean_line(value))
    except BadAddress:
        return ""


def clean_page(value: object) -> str:
    """Return the page a visitor is on, without its query: that may hold secrets."""
    try:
        url = urlsplit(clean_line(value))
    except ValueError:
        return ""
    if url.scheme not in {"http", "https"} or not url.hostname:
        return ""
    return f"{url.scheme}://{url.hostname}{url.path}"[:URL_LENGTH]


def is_client_id(value: object) -> bool:
    """Return whether the browser's own id of a message can be one."""
    return isinstance(value, str) and CLIENT_ID.fullmatch(value) is not None
