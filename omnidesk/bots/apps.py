"""The app of bots."""

from django.apps import AppConfig


class BotsConfig(AppConfig):
    """Bots and answerers."""

    name = "omnidesk.bots"
