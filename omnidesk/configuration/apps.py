"""The app of the admin."""

from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    """Managers' pages."""

    name = "omnidesk.configuration"
    label = "configuration"
