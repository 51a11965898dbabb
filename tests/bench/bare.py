"""What the fan-out is measured against: a WebSocket server that does nothing else."""

import asyncio
import os
from typing import Any

from redis import asyncio as redis

CHANNEL = "bench-bare"

_sends: set[Any] = set()
_tasks: list[asyncio.Task[None]] = []


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Write every message of a Redis channel to every socket."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    if not _tasks:
        _tasks.append(asyncio.create_task(_hear()))
    _sends.add(send)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    _sends.discard(send)


async def _hear() -> None:
    pubsub = redis.Redis.from_url(os.environ["BENCH_REDIS_URL"]).pubsub()
    await pubsub.subscribe(CHANNEL)
    async for message in pubsub.listen():
        if message["type"] != "message":
            continue
        text = message["data"].decode()
        for send in list(_sends):
            await send({"type": "websocket.send", "text": text})
