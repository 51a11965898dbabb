"""Who is at the desk, at a conversation, and writing: in Redis, with an end.

Nothing here needs to be taken back: what is not said again is over after
PRESENT_SECONDS, what is written after TYPING_SECONDS. Presence is a hint: without
Redis nobody is anywhere.
"""

import functools
import logging
import time
from collections.abc import Iterable
from typing import Literal

import redis
from django.conf import settings

from omnidesk.accounts.models import User
from omnidesk.console.frames import Person

logger = logging.getLogger(__name__)

PRESENT_SECONDS = 40  # screens say every 15 s that they are there
TYPING_SECONDS = 6  # screens say every 2.5 s that somebody types

Kind = Literal["reply", "note"]
_STATES: dict[str, Literal["noting", "replying"]] = {
    "note": "noting",
    "reply": "replying",
}


def arrive(user_id: int, screen: str, conversation_id: int | None) -> None:
    """Say that a screen of the agent is there, and which conversation it shows."""
    _say({_key("online"): PRESENT_SECONDS}, user_id, screen)
    if conversation_id is not None:
        _say({_key("viewing", conversation_id): PRESENT_SECONDS}, user_id, screen)


def leave(user_id: int, screen: str, conversation_id: int) -> None:
    """Say that the screen shows the conversation no longer."""
    _unsay(
        [_key(kind, conversation_id) for kind in ("viewing", "reply", "note")],
        user_id,
        screen,
    )


def go(user_id: int, screen: str) -> None:
    """Say that the screen was closed."""
    _unsay([_key("online")], user_id, screen)


def typing(user_id: int, screen: str, conversation_id: int, *, kind: Kind) -> None:
    """Say that the agent writes a reply or a note."""
    _say({_key(kind, conversation_id): TYPING_SECONDS}, user_id, screen)


def typed(user_id: int, screen: str, conversation_id: int) -> None:
    """Say that the agent stopped writing."""
    keys = [_key(kind, conversation_id) for kind in ("reply", "note")]
    _unsay(keys, user_id, screen)


def online() -> set[int]:
    """Return the agents who have the desk open."""
    return _members([_key("online")])[0]


def is_anybody_at(conversation_id: int) -> bool:
    """Return whether any screen shows the conversation. One round trip."""
    return bool(_members([_key("viewing", conversation_id)])[0])


def people(conversation_id: int) -> list[Person]:
    """Return who is at a conversation, by name. One query."""
    kinds = ("viewing", "note", "reply")
    found = _members([_key(kind, conversation_id) for kind in kinds])
    states: dict[int, Literal["viewing", "noting", "replying"]] = {}
    for kind, members in zip(kinds, found, strict=True):
        states |= dict.fromkeys(members, _STATES.get(kind, "viewing"))
    users = User.objects.filter(pk__in=states, is_active=True) if states else ()
    return [
        Person(
            id=user.pk,
            name=user.first_name_or_name,
            initials=user.initials,
            state=states[user.pk],
        )
        for user in sorted(users, key=lambda user: (user.name, user.pk))
    ]


def _key(kind: str, conversation_id: int | None = None) -> str:
    end = "" if conversation_id is None else f":{conversation_id}"
    return f"omnidesk:presence:{kind}{end}"


@functools.cache
def client() -> "redis.Redis":
    """Return this process's connections; one that does not answer is given up."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_timeout=1,
        socket_connect_timeout=1,
    )


def _say(seconds_of_key: dict[str, int], user_id: int, screen: str) -> None:
    now = time.time()
    try:
        with client().pipeline(transaction=False) as pipe:
            for key, seconds in seconds_of_key.items():
                pipe.zadd(key, {f"{user_id}:{screen}": now + seconds})
                pipe.zremrangebyscore(key, 0, now)
                pipe.expire(key, seconds)
            pipe.execute()
    except redis.RedisError:
        logger.warning("Presence could not be written.", exc_info=True)


def _unsay(keys: Iterable[str], user_id: int, screen: str) -> None:
    try:
        with client().pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.zrem(key, f"{user_id}:{screen}")
            pipe.execute()
    except redis.RedisError:
        logger.warning("Presence could not be written.", exc_info=True)


def _members(keys: list[str]) -> list[set[int]]:
    try:
        with client().pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.zrangebyscore(key, time.time(), "+inf")
            found: list[list[str]] = pipe.execute()
    except redis.RedisError:
        logger.warning("Presence could not be read.", exc_info=True)
        return [set() for _ in keys]
    return [{int(name.partition(":")[0]) for name in names} for names in found]
