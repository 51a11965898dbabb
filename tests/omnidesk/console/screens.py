"""Sockets of agents, opened as a browser opens them."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.db import connections
from django.test import Client

from conversations.models import Conversation
from omnidesk.accounts.models import User
from omnidesk.console import hub
from omnidesk.sockets import sockets

ORIGIN = "http://127.0.0.1:8000"
PATIENCE = 5  # seconds until a frame counts as lost


def close_readers() -> None:
    """Wait for the sockets' reading threads and close their connections."""
    count = hub.READERS._max_workers
    together = threading.Barrier(count)

    def close() -> None:
        together.wait(timeout=30)
        connections.close_all()

    for done in [hub.READERS.submit(close) for _ in range(count)]:
        done.result()


class Screen:
    """One agent's socket."""

    def __init__(self, socket: WebsocketCommunicator) -> None:
        self.socket = socket

    async def say(self, **frame: Any) -> None:
        await self.socket.send_to(text_data=json.dumps(frame))

    async def hear(self, kind: str) -> dict[str, Any]:
        """Return the next frame of a kind, passing over others."""
        while True:
            frame: dict[str, Any] = json.loads(
                await self.socket.receive_from(timeout=PATIENCE)
            )
            if frame["type"] == kind:
                return frame

    async def heard_until(self, kind: str) -> list[dict[str, Any]]:
        """Return every frame up to one of the kind, that one left out."""
        found: list[dict[str, Any]] = []
        while True:
            frame = json.loads(await self.socket.receive_from(timeout=PATIENCE))
            if frame["type"] == kind:
                return found
            found.append(frame)

    async def closing_code(self) -> int:
        """Return the code the socket is closed with, passing over frames."""
        while True:
            output = await self.socket.receive_output(timeout=PATIENCE)
            if output["type"] == "websocket.close":
                code: int = output["code"]
                return code

    async def open(self, conversation: Conversation, **shown: Any) -> dict[str, Any]:
        """Show a conversation; return what the desk says is missing."""
        await self.say(type="open", thread=thread(conversation, **shown))
        answer: dict[str, Any] = (await self.hear("thread"))["thread"]
        return answer


def thread(conversation: Conversation, **shown: Any) -> dict[str, Any]:
    """Return what a screen says of a thread it shows at its present version."""
    return {
        "conversation": conversation.pk,
        "version": conversation.version,
        "messages": {},
        **shown,
    }


def cookie_of(user: User) -> str:
    """Return the cookie of a browser in which the user is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


def knock(
    cookie: str = "", *, origin: str | None = ORIGIN, path: str = "/ws/console/"
) -> WebsocketCommunicator:
    headers = [(b"host", b"127.0.0.1:8000"), (b"cookie", cookie.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    return WebsocketCommunicator(sockets, path, headers=headers)


@asynccontextmanager
async def screen_of(user: User, *, cookie: str = "") -> AsyncIterator[Screen]:
    """Open the socket of somebody signed in, and close it at the end."""
    cookie = cookie or await sync_to_async(cookie_of)(user)
    socket = knock(cookie)
    connected, _ = await socket.connect(timeout=PATIENCE)
    assert connected
    screen = Screen(socket)
    try:
        # The hub listens by the time a frame is answered.
        await screen.say(type="ping")
        await screen.hear("pong")
        yield screen
    finally:
        await socket.disconnect(timeout=PATIENCE)


@asynccontextmanager
async def screens_of(users: Iterable[User]) -> AsyncIterator[list[Screen]]:
    """Open the sockets of several agents."""
    contexts = [screen_of(user) for user in users]
    screens = [await context.__aenter__() for context in contexts]
    try:
        yield screens
    finally:
        await asyncio.gather(*(c.__aexit__(None, None, None) for c in contexts))
