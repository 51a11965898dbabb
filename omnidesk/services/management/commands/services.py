"""`manage.py services start|stop|status`: the embedded PostgreSQL and Redis."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from omnidesk import services


class Command(BaseCommand):
    """Start, stop or show the servers that the desk brings along."""

    help = "Starts, stops or shows the embedded PostgreSQL and Redis."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one word."""
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *, action: str, **options: Any) -> None:
        """Do it and print one line for each server."""
        try:
            if action == "start":
                services.ensure(settings.DATA_DIR)
            if action == "stop":
                services.stop(settings.DATA_DIR)
            states = services.status(settings.DATA_DIR)
        except services.ServicesError as error:
            raise CommandError(error.explanation) from error
        for state in states:
            self.stdout.write(_line(state))
        urls = services.urls(settings.DATA_DIR)
        self.stdout.write(f"DATABASE_URL={urls.database_url}")
        self.stdout.write(f"REDIS_URL={urls.redis_url}")


def _line(state: services.State) -> str:
    if state.pid is None:
        return f"{state.name}: stopped"
    return f"{state.name}: running, process {state.pid}, log {state.log}"
