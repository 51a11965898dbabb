"""File locks that the kernel releases, even after kill -9."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from omnidesk.services import place
from omnidesk.services.place import Place


@contextmanager
def alone(here: Place) -> Iterator[None]:
    """Wait until no other process starts or stops servers here, then hold that."""
    handle = _open(here, "starting")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def using(here: Place) -> Iterator[int]:
    """Count this process among the users of the servers, for as long as it holds."""
    handle = _open(here, "users")
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield handle
    finally:
        os.close(handle)


def is_last(handle: int) -> bool:
    """Return whether no other process is `using` the servers; nobody joins after."""
    return _attempt(handle)


def life(here: Place, name: str) -> int | None:
    """Return the lock that a server inherits and holds while it lives, or None.

    None means that the server or one of its children is alive, whatever its pid file
    says: pids are used again and zombies still have one, but neither holds a lock.
    The caller closes the handle after the start.
    """
    handle = _open(here, f"{name}.alive")
    if _attempt(handle):
        return handle
    os.close(handle)
    return None


def _attempt(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(here: Place, name: str) -> int:
    path = here.home / f"{name}.lock"
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    place.own(path, here)
    return handle
