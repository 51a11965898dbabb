"""System checks of our own, with ids and hints."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags
from django.core.checks import Error as CheckError
from django.core.checks import register as register_check


def register() -> None:
    """Make Django run the checks."""
    register_check(check_production, Tags.security, deploy=True)


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
