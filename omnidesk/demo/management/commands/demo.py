"""Starts the whole desk with sample data: one command, no configuration."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from omnidesk import env
from omnidesk.demo import run
from omnidesk.demo.ports import DEFAULT_PORT, Ports, PortTaken
from omnidesk.demo.processes import GaveUp


class Command(BaseCommand):
    """Run until Ctrl-C."""

    help = "Start the desk with sample data on this machine, until Ctrl-C."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen and what to begin with."""
        parser.add_argument("--port", type=int, default=DEFAULT_PORT)
        parser.add_argument(
            "--empty", action="store_true", help="no sample conversations or articles"
        )
        parser.add_argument(
            "--reset", action="store_true", help="delete what the demo has kept first"
        )

    def handle(self, *, port: int, empty: bool, reset: bool, **options: Any) -> None:
        """Refuse what would harm a real site, then run."""
        if settings.PRODUCTION:
            raise CommandError(
                "SECRET_KEY is set: these are the settings of a real site, and the "
                "demo never runs on one."
            )
        if reset and env.text("DATABASE_URL"):
            raise CommandError(
                "--reset only deletes the demo's own database; DATABASE_URL names "
                "another one."
            )
        if not 1 <= port <= 65533:
            raise CommandError("--port is a number from 1 to 65533.")
        try:
            run.run(Ports(port), empty=empty, reset=reset)
        except (PortTaken, GaveUp, run.AlreadyRunning) as error:
            raise CommandError(str(error)) from error
