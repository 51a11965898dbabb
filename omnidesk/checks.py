"""System checks of our own, with ids and hints."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags
from django.core.checks import Error as CheckError
from django.core.checks import register as register_check


def register() -> None:
    """Make Django run the checks."""
    register_check(check_production, Tags.security, deploy=True)
    register_check(check_mail, deploy=True)
    register_check(check_data_dir, Tags.files)


def check_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a production site with settings that only fit the demo."""
    found: list[CheckMessage] = []
    if not settings.PRODUCTION:
        found.append(
            CheckError(
                "SECRET_KEY is not set.",
                hint="Set SECRET_KEY to a random text of 50 characters or more.",
                id="omnidesk.E001",
            )
        )
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            CheckError(
                f"SITE_URL={settings.SITE_URL!r} does not start with https://.",
                hint="Set SITE_URL to the address agents open, as https://desk.example.com.",
                id="omnidesk.E002",
            )
        )
    return found


def check_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a real site whose mail goes nowhere or is sent in the clear."""
    found: list[CheckMessage] = []
    server = urlsplit(settings.SMTP_URL)
    is_local = server.hostname in {"127.0.0.1", "localhost", "::1"}
    if is_local and server.port == 2525:
        found.append(
            CheckError(
                "SMTP_URL is not set: the desk's mail would reach nobody.",
                hint="Set SMTP_URL to your mail server, as "
                "smtp+starttls://user:password@mail.example.com:587.",
                id="omnidesk.E003",
            )
        )
    if server.scheme == "smtp" and server.password and not is_local:
        found.append(
            CheckError(
                "SMTP_URL sends its password in the clear.",
                hint="Use smtp+starttls:// or smtps://.",
                id="omnidesk.E004",
            )
        )
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        found.append(
            CheckError(
                f"DEFAULT_FROM_EMAIL={settings.DEFAULT_FROM_EMAIL!r} is no address "
                "that anyone can answer to.",
                hint="Set DEFAULT_FROM_EMAIL, as desk@example.com.",
                id="omnidesk.E005",
            )
        )
    return found


def check_data_dir(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a DATA_DIR where attachments and spooled mail cannot be kept."""
    place: Path = settings.DATA_DIR
    while not place.exists():
        place = place.parent
    if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
        return []
    return [
        CheckError(
            f"DATA_DIR={str(settings.DATA_DIR)!r} cannot be written.",
            hint="Set DATA_DIR to a folder of the account that runs the desk.",
            id="omnidesk.E006",
        )
    ]
