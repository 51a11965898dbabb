"""Start, share and stop the embedded services of one folder."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from omnidesk.services import locks, place, postgresql, processes, redis
from omnidesk.services.errors import ServicesError
from omnidesk.services.place import Place
from omnidesk.services.urls import Urls, urls

NAMES = (postgresql.NAME, redis.NAME)


@dataclass(frozen=True)
class State:
    """One server as `status` found it; `pid` is None when it is not running."""

    name: str
    pid: int | None
    log: Path


def ensure(root: Path, *, names: Collection[str] = NAMES, durable: bool = True) -> Urls:
    """Start what is not running under `root`, to stay until `stop`.

    Any number of processes may call this at once. 0.2 s once the data is there, 2 s
    the first time, 20 ms if all is running. `durable=False` (tests) is heeded by
    the call that starts PostgreSQL. Raises ServicesError.
    """
    with _explained():
        here = _prepared(root)
        with locks.alone(here):
            _start(here, names=names, durable=durable)
            _kept(here).touch()
            place.own(_kept(here), here)
    return urls(root)


@contextmanager
def running(
    root: Path, *, names: Collection[str] = NAMES, durable: bool = True
) -> Iterator[Urls]:
    """Run the services for the length of the block; the last block stops them.

    Blocks in several processes share the servers. A process that is killed counts no
    longer; what it left running is taken over by the next block, and stopped by it.
    What `ensure` started stays. Raises ServicesError.
    """
    with _explained():
        here = _prepared(root)
    with locks.using(here) as handle:
        try:
            with _explained(), locks.alone(here):
                _start(here, names=names, durable=durable)
            yield urls(root)
        finally:
            with _explained(), locks.alone(here):
                if locks.is_last(handle) and not _kept(here).exists():
                    _stop(here)


def stop(root: Path) -> list[str]:
    """Stop the services of `root`, whoever uses them, and name those that ran.

    Sessions are ended, committed data is kept. Raises ServicesError.
    """
    if not place.find(root).home.exists():
        return []
    with _explained():
        here = _prepared(root)
        with locks.alone(here):
            ran = [name for name in NAMES if processes.alive(here, name)]
            _stop(here)
    return ran


def status(root: Path) -> list[State]:
    """Return the state of each service of `root`, starting nothing.

    Waits for a start or stop that is under way. Raises ServicesError.
    """
    here = place.find(root)
    found: dict[str, int | None] = {}
    if here.home.exists():
        with _explained(), locks.alone(here):
            found = {
                name: processes.pid(here, name)
                for name in NAMES
                if processes.alive(here, name)
            }
    return [
        State(name, found.get(name), processes.log_file(here, name)) for name in NAMES
    ]


def _prepared(root: Path) -> Place:
    here = place.find(root)
    place.prepare(here)
    return here


def _start(here: Place, *, names: Collection[str], durable: bool) -> None:
    """Start both before waiting for either; the caller is `alone`."""
    if not any(processes.alive(here, name) for name in NAMES):
        _kept(here).unlink(missing_ok=True)  # that wish died with its servers
    if redis.NAME in names:
        redis.start(here)
    if postgresql.NAME in names:
        postgresql.start(here, durable=durable)
        postgresql.await_ready(here)
    if redis.NAME in names:
        redis.await_ready(here)


def _stop(here: Place) -> None:
    redis.stop(here)
    postgresql.stop(here)
    _kept(here).unlink(missing_ok=True)
    with suppress(OSError):  # a file that is not ours stays, and its folder with it
        here.sockets.rmdir()


def _kept(here: Place) -> Path:
    return here.home / "kept"


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the system refuses into a sentence for the user of a command."""
    try:
        yield
    except OSError as error:
        raise ServicesError(
            f"The embedded services cannot run here ({error}). "
            "Set DATABASE_URL and REDIS_URL to servers of your own."
        ) from error
