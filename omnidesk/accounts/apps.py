"""The app of agents and their roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agents, roles and signing in."""

    name = "omnidesk.accounts"
    verbose_name = "People"
