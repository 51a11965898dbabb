"""How often the widget's doors may be used.

| door | per visitor | per address |
|---|---|---|
| session, and the window's page | | 60 a minute |
| message | 20 a minute | 120 a minute |
| first message of a new visitor | | 60 an hour |
| file | 10 a minute | 60 a minute |
| sync and reading files | 120 a minute | 600 a minute |
| mail address | 5 an hour | 60 an hour |
| socket | | 120 a minute |

An address is what the server sees as the peer; behind a proxy the server must be
told to trust its X-Forwarded-For. The counters live in Redis. While it is away
each process counts for itself.
"""

import logging
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger(__name__)

MINUTE, HOUR = 60, 3600

# How many uses in how many seconds.
PER_VISITOR = {
    "message": (20, MINUTE),
    "file": (10, MINUTE),
    "sync": (120, MINUTE),
    "email": (5, HOUR),
}
PER_ADDRESS = {
    "session": (60, MINUTE),
    "message": (120, MINUTE),
    "first": (60, HOUR),
    "file": (60, MINUTE),
    "sync": (600, MINUTE),
    "email": (60, HOUR),
    "socket": (120, MINUTE),
}

_local = LocMemCache("chat-limits", {})


@dataclass
class LimitReached(Exception):
    """A door was used too often."""

    retry_after: int  # seconds


def spend(door: str, *, address: str, visitor: str = "") -> None:
    """Count one use of a door. Raises LimitReached.

    A window of time begins at whole minutes or hours and is the same for all, so
    that one counter is enough: a burst over its edge may be twice the limit.
    """
    if visitor and door in PER_VISITOR:
        _count(f"{door}:v:{visitor}", *PER_VISITOR[door])
    if door in PER_ADDRESS:
        _count(f"{door}:a:{address}", *PER_ADDRESS[door])


def _count(name: str, limit: int, seconds: int) -> None:
    now = int(time.time())
    key = f"chat-limit:{name}:{now // seconds}"
    try:
        used = _increase(cache, key, seconds)
    except Exception:
        logger.warning("Redis does not count; this process does.", exc_info=True)
        used = _increase(_local, key, seconds)
    if used > limit:
        raise LimitReached(retry_after=seconds - now % seconds)


def _increase(store: BaseCache, key: str, seconds: int) -> int:
    store.add(key, 0, timeout=seconds + 5)
    return int(store.incr(key))
