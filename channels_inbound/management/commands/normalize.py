"""Shows how a provider's raw request or mail is read, without touching the database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from channels_inbound import providers

# Channel -> where its function `normalize(raw: bytes) -> dict` is. Imported only
# when asked for, because starting up is most of the time this command takes.
NORMALIZERS = {
    "email": "channels_inbound.adapters.email.normalize",
}


class Command(BaseCommand):
    """Print one JSON object a line for each file, in the order of the files."""

    help = (
        "Show what the desk reads in raw mails or in requests of providers, one JSON "
        "object a line. Without files their paths are read from standard input."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the channel and the files."""
        channels = sorted({*NORMALIZERS, *providers.PROVIDERS})
        parser.add_argument("--channel", required=True, choices=channels)
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)

    def handle(self, *, channel: str, files: list[Path], **options: Any) -> None:
        """Read each file and write its line at once, so that a pipe sees it."""
        normalize = _normalizer(channel)
        for file in files or _paths(sys.stdin):
            self.stdout.write(json.dumps(_read(file, normalize)))
            self.stdout.flush()


def _normalizer(channel: str) -> Callable[[bytes], dict[str, Any]]:
    if channel in providers.PROVIDERS:
        return partial(providers.normalize, channel)
    normalize: Callable[[bytes], dict[str, Any]]
    normalize = import_module(NORMALIZERS[channel]).normalize
    return normalize


def _paths(lines: Iterable[str]) -> Iterable[Path]:
    return (Path(line.rstrip("\r\n")) for line in lines if line.strip())


def _read(file: Path, normalize: Callable[[bytes], dict[str, Any]]) -> dict[str, Any]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        return {"error": f"{file} cannot be read: {error.strerror}."}
    return normalize(raw)
