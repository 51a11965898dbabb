"""A folder of its own for each test of the services, stopped and removed after."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from omnidesk import services


@pytest.fixture
def root() -> Iterator[Path]:
    """Return a folder that any account can reach, unlike pytest's own."""
    yield from _folder()


@pytest.fixture
def ready_root(shared_root: Path) -> Iterator[Path]:
    """Return a folder with a PostgreSQL that has run before: saves its first start."""
    yield shared_root
    services.stop(shared_root)


@pytest.fixture(scope="session")
def shared_root() -> Iterator[Path]:
    for root in _folder():
        with services.running(root, names=["postgresql"], durable=False):
            pass
        yield root


@pytest.fixture
def other_root() -> Iterator[Path]:
    yield from _folder()


def _folder() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="omnidesk-test-"))
    parent.chmod(0o755)
    root = parent / 'Schöne neue $(date) "Welt" d\'été'
    root.mkdir()
    yield root
    services.stop(root)
    shutil.rmtree(parent)
