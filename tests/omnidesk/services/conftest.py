"""A folder of its own for each test of the services, stopped and removed after."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from omnidesk import services
from omnidesk.services import place


@pytest.fixture
def root() -> Iterator[Path]:
    """Return a folder that any account can reach, unlike pytest's own."""
    yield from _folder()


@pytest.fixture
def ready_root(root: Path, initialized: Path) -> Path:
    """Return a folder whose PostgreSQL has run before: saves a second of initdb."""
    files = initialized / "services" / "postgresql"
    (root / "services").mkdir(mode=0o700)
    shutil.copytree(files, root / "services" / "postgresql")
    here = place.find(root)
    for path in (root / "services").rglob("*"):
        place.own(path, here)
    return root


@pytest.fixture(scope="session")
def initialized() -> Iterator[Path]:
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
