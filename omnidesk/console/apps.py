"""The app of console."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The console."""

    name = "omnidesk.console"
