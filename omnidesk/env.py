"""Strict readers for settings that come from the environment."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable `name`, or the content of the file `name_FILE` names.

    Raises ImproperlyConfigured when that file cannot be read.
    """
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE={path!r} cannot be read: {error.strerror}."
        ) from error


def boolean(name: str, *, default: bool) -> bool:
    """Return the variable as a boolean; only "true" and "false" are words here.

    Raises ImproperlyConfigured for anything else.
    """
    value = text(name)
    if value == "":
        return default
    words = {"true": True, "false": False, "1": True, "0": False}
    if value.lower() not in words:
        raise ImproperlyConfigured(f"{name}={value!r} is not one of true, false.")
    return words[value.lower()]


def integer(name: str, default: int) -> int:
    """Return the variable as a whole number.

    Raises ImproperlyConfigured when it is not one.
    """
    value = text(name)
    if value == "":
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not a whole number."
        ) from error


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    value = text(name)
    if value == "":
        return list(default)
    return [word.strip() for word in value.split(",") if word.strip()]


def url(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    """Return the variable as an address with one of these schemes.

    Raises ImproperlyConfigured for anything else, without showing a password.
    """
    value = text(name) or default
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        parts = None
    if parts is not None and parts.scheme in schemes and (parts.netloc or parts.path):
        return value
    shown = re.sub(r"//.*@", "//...@", value)
    forms = ", ".join(f"{scheme}://" for scheme in schemes)
    raise ImproperlyConfigured(
        f"{name}={shown!r} is not an address that starts with one of {forms}."
    )


def host_and_port(name: str, default: str) -> str:
    """Return the variable as "host:port", or "" where that is the default.

    Raises ImproperlyConfigured for anything else.
    """
    value = text(name) or default
    if value == "" or re.fullmatch(r".*:[0-9]{1,5}", value):
        return value
    raise ImproperlyConfigured(
        f"{name}={value!r} is not of the form host:port, as 0.0.0.0:25."
    )
