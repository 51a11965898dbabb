"""The visitor's socket: frames in a fixed table, and rows as the truth."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from channels_inbound.adapters.chat import limits, push, shown, transcript
from channels_inbound.adapters.chat.visitor import BadToken, Visitor, read_token
from channels_inbound.models import ChannelAccount
from customers.models import Identity

logger = logging.getLogger(__name__)

FRAME_BYTES = 64 * 1024
HELLO_SECONDS = 10  # a socket that does not say who it is, is closed
IDLE_SECONDS = 75  # windows ask every 15 s; this one is gone
FRAMES, FRAME_WINDOW_SECONDS = 40, 10
TYPING_SECONDS = 2  # agents are told no more often
ERRORS = 5  # a window that speaks so wrongly is none of ours

# Why a socket was closed, in the range for applications (RFC 6455, 7.4.2).
BAD_TOKEN, TOO_MUCH, SILENT = 4401, 4429, 4408


class VisitorConsumer(AsyncWebsocketConsumer):
    """One window of one visitor.

    Frames in: hello, sync, typing, seen, ping. Frames out: messages, typing,
    pong, error. The first frame is {"type": "hello", "token", "after"}.
    """

    frames: ClassVar[Mapping[str, str]] = {
        "hello": "on_hello",
        "sync": "on_sync",
        "typing": "on_typing",
        "seen": "on_seen",
        "ping": "on_ping",
    }

    async def connect(self) -> None:
        """Let everybody in: who it is, the first frame says."""
        self.visitor: Visitor | None = None
        self.group = ""
        self.cursor = ""
        self.error_count = 0
        self.typed_at = 0.0
        self.frame_times: list[float] = []
        self.reading = asyncio.Lock()
        self.timer: asyncio.TimerHandle | None = None
        self.closing: asyncio.Task[None] | None = None
        peer = (self.scope.get("client") or [""])[0]
        try:
            await asyncio.to_thread(limits.spend, "socket", address=str(peer))
        except limits.LimitReached:
            await self.close()
            return
        await self.accept()
        self._close_in(HELLO_SECONDS)

    async def disconnect(self, code: int) -> None:
        """Leave the visitor's group."""
        if self.timer is not None:
            self.timer.cancel()
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None
    ) -> None:
        """Do what a frame of the table says; to all else there is one answer."""
        if len(text_data or bytes_data or "") > FRAME_BYTES or self._floods():
            await self.close(code=TOO_MUCH)
            return
        frame = _read(text_data)
        name = self.frames.get(str(frame.get("type")))
        if name is None or (self.visitor is None and name != "on_hello"):
            await self._refuse()
            return
        handler: Callable[[Mapping[str, Any]], Awaitable[None]] = getattr(self, name)
        try:
            await handler(frame)
        except Exception:
            logger.exception("A visitor's %s frame failed.", frame.get("type"))
            await self._refuse()

    async def chat_wake(self, event: Mapping[str, Any]) -> None:
        """Send what is new; the push says only that there may be something."""
        await self._catch_up()

    async def chat_typing(self, event: Mapping[str, Any]) -> None:
        """Pass on that an agent writes."""
        await self._say(type="typing", name=event["name"], on=bool(event["on"]))

    async def on_hello(self, frame: Mapping[str, Any]) -> None:
        """Learn whose window it is, and send what was missed."""
        try:
            visitor = read_token(str(frame.get("token")))
        except BadToken:
            await self.close(code=BAD_TOKEN)
            return
        if self.visitor is not None and self.visitor.value != visitor.value:
            # Another visitor is another socket: nothing of the first may follow.
            await self.close(code=BAD_TOKEN)
            return
        self.visitor = visitor
        self.cursor = str(frame.get("after") or "")
        self._close_in(IDLE_SECONDS)
        await self._catch_up(answer=True)

    async def on_sync(self, frame: Mapping[str, Any]) -> None:
        """Send what the window does not have."""
        self._close_in(IDLE_SECONDS)
        self.cursor = str(frame.get("after") or "")
        await self._catch_up(answer=True)

    async def on_typing(self, frame: Mapping[str, Any]) -> None:
        """Tell agents that the visitor writes, not too often."""
        now = time.monotonic()
        if self.visitor is None or now - self.typed_at < TYPING_SECONDS:
            return
        self.typed_at = now
        await database_sync_to_async(_tell_typing)(self.visitor)

    async def on_seen(self, frame: Mapping[str, Any]) -> None:
        """Keep what the window has shown."""
        ids = frame.get("ids")
        if self.visitor is None or not isinstance(ids, list):
            return
        await database_sync_to_async(shown.record_seen)(
            self.visitor, ids=ids, read=frame.get("read") is True
        )

    async def on_ping(self, frame: Mapping[str, Any]) -> None:
        """Stay."""
        self._close_in(IDLE_SECONDS)
        await self._say(type="pong")

    async def _catch_up(self, *, answer: bool = False) -> None:
        """Send what came after the cursor. Joins the group first: no gap between.

        The token and the account are looked at again every time: neither is
        good for ever.
        """
        if self.visitor is None:
            return
        async with self.reading:
            identity_id = await database_sync_to_async(_admit)(self.visitor)
            if identity_id is None:
                await self.close(code=BAD_TOKEN)
                return
            await self._join(identity_id)
            page = await database_sync_to_async(transcript.read)(
                self.visitor, after=self.cursor
            )
            self.cursor = page.cursor
        if page.items or answer:
            await self._say(
                type="messages",
                items=page.items,
                cursor=page.cursor,
                earlier=page.has_earlier,
            )

    async def _join(self, identity_id: int) -> None:
        """Join the visitor's group, once there is an identity to name it by."""
        if self.group or not identity_id:
            return
        group = push.visitor_group(identity_id)
        try:
            async with asyncio.timeout(push.SEND_SECONDS):
                await self.channel_layer.group_add(group, self.channel_name)
        except Exception:
            # Without Redis the questions every 15 s do it; each tries this again.
            logger.warning("A window cannot be woken.", exc_info=True)
            return
        self.group = group

    async def _refuse(self) -> None:
        self.error_count += 1
        if self.error_count > ERRORS:
            await self.close(code=TOO_MUCH)
            return
        await self._say(type="error")

    async def _say(self, **frame: Any) -> None:
        # A window that has just gone is told nothing more; `disconnect` follows.
        with suppress(OSError):
            await self.send(text_data=json.dumps(frame, ensure_ascii=False))

    def _floods(self) -> bool:
        now = time.monotonic()
        recent = [at for at in self.frame_times if at > now - FRAME_WINDOW_SECONDS]
        self.frame_times = [*recent, now]
        return len(self.frame_times) > FRAMES

    def _close_in(self, seconds: float) -> None:
        """Close the socket unless it is heard from before."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        self.closing = asyncio.ensure_future(self.close(code=SILENT))


def _read(text: str | None) -> Mapping[str, Any]:
    try:
        frame = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


def _admit(visitor: Visitor) -> int | None:
    """Return the identity to listen for, 0 before there is one, None to refuse."""
    if visitor.is_expired:
        return None
    if not ChannelAccount.objects.filter(
        pk=visitor.account_id, is_active=True, adapter="chat"
    ).exists():
        return None
    identity = transcript.identity_of(visitor)
    return identity.pk if identity is not None else 0


def _tell_typing(visitor: Visitor) -> None:
    identity: Identity | None = transcript.identity_of(visitor)
    if identity is not None:
        push.visitor_types(identity)
