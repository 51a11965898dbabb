"""Shows how a provider's raw request or mail is read, without touching the database."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

# Channel -> where its function `normalize(raw: bytes) -> dict` is. Imported only
# when asked for, because starting up is most of the time this command takes.
NORMALIZERS = {
    "email": "channels_inbound.adapters.email.normalize",
}


class Command(BaseCommand):
    """Print one JSON object a line for each file, in the order of the files."""

    help = "Show what the desk reads in raw mails, one JSON object a line."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the channel and the files."""
        parser.add_argument("--channel", required=True, choices=sorted(NORMALIZERS))
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *, channel: str, files: list[Path], **options: Any) -> None:
        """Read each file and write its line at once, so that a pipe sees it."""
        normalize: Callable[[bytes], dict[str, Any]]
        normalize = import_module(NORMALIZERS[channel]).normalize
        for file in files:
            self.stdout.write(json.dumps(_read(file, normalize)))
            self.stdout.flush()


def _read(file: Path, normalize: Callable[[bytes], dict[str, Any]]) -> dict[str, Any]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        return {"error": f"{file} cannot be read: {error.strerror}."}
    return normalize(raw)
