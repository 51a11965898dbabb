"""The channel-layer groups of the live screens, and how to send to them.

What is sent is a hint that may be lost: screens compare versions and ask again.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any

import redis
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)

SEND_SECONDS = 2  # a request never waits longer for Redis
SILENT_SECONDS = 5  # after a failure, so that an outage does not slow every request

_silent_until = 0.0


def inbox(inbox_id: int) -> str:
    """Return the group that hears the rows of an inbox."""
    return f"desk.inbox.{inbox_id}"


def conversation(conversation_id: int) -> str:
    """Return the group that hears a thread: bubbles, typing, who looks at it."""
    return f"desk.conversation.{conversation_id}"


def visitor(identity_id: int) -> str:
    """Return the group of all windows of one visitor of a website."""
    return f"visitor.{identity_id}"


def frame(
    group: str, conversation_id: int, text: str, *, language: str | None = None
) -> dict[str, Any]:
    """Return the message that brings a ready-made frame to every hub.

    One in a language is shown only to screens of that language; others ask anew.
    """
    return {
        "type": "desk.frame",
        "group": group,
        "conversation": conversation_id,
        "text": text,
        "language": language,
    }


def send(messages: Mapping[str, Mapping[str, Any]]) -> None:
    """Send one message to each group, from a web thread or a worker. Never raises: Redis may be away."""
    if time.monotonic() < _silent_until:
        return
    try:
        async_to_sync(_send)(messages)
    except (OSError, redis.RedisError) as error:
        _be_silent(messages, error)


async def asend(messages: Mapping[str, Mapping[str, Any]]) -> None:
    """Send one message to each group, from a socket. Never raises: Redis may be away."""
    if time.monotonic() < _silent_until:
        return
    try:
        await _send(messages)
    except (OSError, redis.RedisError) as error:
        _be_silent(messages, error)


async def _send(messages: Mapping[str, Mapping[str, Any]]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(SEND_SECONDS):
        for group, message in messages.items():
            await layer.group_send(group, dict(message))


def _be_silent(messages: Mapping[str, Mapping[str, Any]], error: Exception) -> None:
    global _silent_until  # noqa: PLW0603 - one process, one connection to lose
    _silent_until = time.monotonic() + SILENT_SECONDS
    logger.warning("Live frames to %s were lost: %s", ", ".join(messages), error)
