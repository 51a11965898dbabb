import os
import subprocess
import sys
from pathlib import Path

import dj_database_url
import pytest

from omnidesk import services
from omnidesk.services import place

PROJECT = Path(__file__).resolve().parents[3]


def test_urls_start_nothing_and_write_nothing(root: Path) -> None:
    services.urls(root)

    assert list(root.iterdir()) == []
    assert services.status(root)[0].pid is None


def test_every_process_computes_the_same_urls(root: Path) -> None:
    code = (
        "import sys, pathlib; from omnidesk import services; "
        "print(services.urls(pathlib.Path(sys.argv[1])))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(root), "HOME": "/nowhere"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert elsewhere.stdout.strip() == str(services.urls(root))


def test_django_reads_the_database_url(root: Path) -> None:
    parsed = dj_database_url.parse(services.urls(root).database_url)

    assert parsed["HOST"] == str(place.find(root).sockets)
    assert len(parsed["HOST"]) < 80
    assert (parsed["USER"], parsed["NAME"]) == ("omnidesk", "omnidesk")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            "unix:///tmp/a/redis.sock?db=3",
            "redis+socket:///tmp/a/redis.sock?virtual_host=3",
            id="socket",
        ),
        pytest.param("unix:///a.sock", "redis+socket:///a.sock", id="no-database"),
        pytest.param("redis://:pw@host:1/2", "redis://:pw@host:1/2", id="tcp"),
        pytest.param("rediss://host", "rediss://host", id="tls"),
    ],
)
def test_celery_gets_its_own_spelling(given: str, expected: str) -> None:
    assert services.celery_broker_url(given) == expected
