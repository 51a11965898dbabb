"""The app of demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo command and its sample data."""

    name = "omnidesk.demo"
