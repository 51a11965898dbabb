"""The agent's socket: what it shows comes in, what changed goes out."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qs

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.utils import await_many_dispatch
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY

from omnidesk.console import attendance, frames, groups, hub
from omnidesk.console.admission import Claim, admitted
from omnidesk.console.frames import BadFrame

logger = logging.getLogger(__name__)

FRAMES, FRAME_WINDOW_SECONDS = 60, 10  # more than a person can cause
ERROR = frames.text({"type": "error"})


class ConsoleConsumer(AsyncWebsocketConsumer):
    """One screen of one agent; the hub hears the groups for all of them."""

    # Client frames, and the methods that answer them. There are no others.
    table: ClassVar[Mapping[str, str]] = {
        "open": "_open",
        "close": "_close",
        "typing": "_typing",
        "seen": "_seen",
        "sync": "_sync",
        "ping": "_ping",
    }

    seat: hub.Seat | None = None
    writer: "asyncio.Task[None] | None" = None

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        """Run without the subscription that Channels would make for each socket."""
        self.scope, self.base_send, self.channel_layer = scope, send, None
        try:
            await await_many_dispatch([receive], self.dispatch)
        except StopConsumer:
            pass
        finally:
            await self._end()

    async def connect(self) -> None:
        """Let in who is signed in; the hub looks again every second."""
        claim = _claim(self.scope)
        inboxes = None
        if claim is not None:
            inboxes = (await hub.reading(admitted)({claim})).get(claim)
        if claim is None or inboxes is None:
            await self.close()
            return
        self.screen = secrets.token_hex(4)
        self.times: list[float] = []
        await self.accept()
        self.seat = hub.Seat(claim, language=_language(self.scope))
        self.seat.inboxes = inboxes
        self.writer = asyncio.create_task(self._write(self.seat))
        await hub.hub().join(self.seat)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None
    ) -> None:
        """Do what a frame of the table says; to all else there is one answer."""
        if self.seat is None or self.seat.ended:
            return
        if self._floods():
            self.seat.end(frames.TOO_MUCH)
            return
        try:
            frame = frames.read(text_data)
            await self._handler(frame)(self.seat, frame)
        except BadFrame:
            self.seat.put(ERROR)
        except Exception:
            logger.exception("A console frame failed.")
            self.seat.put(ERROR)

    def _handler(self, frame: Mapping[str, Any]) -> Callable[..., Awaitable[None]]:
        name = self.table.get(str(frame.get("type")))
        if name is None:
            raise BadFrame
        handler: Callable[..., Awaitable[None]] = getattr(self, name)
        return handler

    async def _open(self, seat: hub.Seat, frame: Mapping[str, Any]) -> None:
        """Hear a thread from now on, and answer with what is missing until then."""
        shown = frames.shown_thread(frame.get("thread"))
        await self._leave_thread(seat)
        opened = await hub.reading(attendance.open_thread)(
            seat.claim.user_id, self.screen, shown.conversation
        )
        if opened is not None:
            seat.conversation, seat.inbox = shown.conversation, opened
            await hub.hub().arrange(seat)
        # Read after the group was joined: nothing can fall between.
        seat.put(
            await hub.reading(attendance.thread)(
                seat.claim.user_id, shown, language=seat.language
            )
        )
        await self._tell_presence(seat)

    async def _close(self, seat: hub.Seat, frame: Mapping[str, Any]) -> None:
        await self._leave_thread(seat)

    async def _typing(self, seat: hub.Seat, frame: Mapping[str, Any]) -> None:
        """Tell colleagues that the agent writes; visitors only of a reply."""
        kind, on = frame.get("kind"), frame.get("on", True)
        if kind not in {"reply", "note"} or not isinstance(on, bool):
            raise BadFrame
        if seat.conversation is None:
            return
        told = await hub.reading(attendance.typing)(
            seat.claim.user_id, self.screen, seat.conversation, kind=kind, on=on
        )
        await groups.asend(told)
        await self._tell_presence(seat)

    async def _seen(self, seat: hub.Seat, frame: Mapping[str, Any]) -> None:
        message_id = frames.number(frame.get("message"))
        if seat.conversation is not None:
            await hub.reading(attendance.seen)(
                seat.claim.user_id, seat.conversation, message_id
            )

    async def _sync(self, seat: hub.Seat, frame: Mapping[str, Any]) -> None:
        shown = frames.shown(frame)
        seat.put(
            await hub.reading(attendance.synced)(
                seat.claim.user_id, self.screen, shown, language=seat.language
            )
        )

    async def _ping(self, seat: hub.Seat, frame: Mapping[str, Any]) -> None:
        seat.put(frames.text({"type": "pong"}))

    async def _tell_presence(self, seat: hub.Seat) -> None:
        if seat.conversation is not None:
            await self._tell_people(seat.conversation)

    async def _tell_people(self, conversation_id: int) -> None:
        told = await hub.reading(attendance.people_message)(conversation_id)
        await groups.asend(told)

    async def _leave_thread(self, seat: hub.Seat) -> None:
        conversation, seat.conversation = seat.conversation, None
        if conversation is None:
            return
        seat.inbox = None
        await hub.hub().arrange(seat)
        await hub.reading(attendance.close_thread)(
            seat.claim.user_id, self.screen, conversation
        )
        await self._tell_people(conversation)

    async def _write(self, seat: hub.Seat) -> None:
        """Write what the hub queued; the last thing is a code to close with."""
        while True:
            item = await seat.queue.get()
            if isinstance(item, int):
                await self.close(code=item)
                return
            await self.send(text_data=item)

    async def _end(self) -> None:
        """Leave the hub and the conversation, however the socket ended."""
        seat, self.seat = self.seat, None
        if seat is None:
            return
        if self.writer is not None:
            self.writer.cancel()
            await asyncio.gather(self.writer, return_exceptions=True)
        await self._leave_thread(seat)
        await hub.hub().leave(seat)
        await hub.reading(attendance.go)(seat.claim.user_id, self.screen)

    def _floods(self) -> bool:
        now = time.monotonic()
        self.times = [t for t in self.times if now - t < FRAME_WINDOW_SECONDS]
        self.times.append(now)
        return len(self.times) > FRAMES


def _claim(scope: Mapping[str, Any]) -> Claim | None:
    user, session = scope.get("user"), scope.get("session")
    if user is None or session is None or not user.is_authenticated:
        return None
    return Claim(
        user_id=user.pk,
        session_key=session.session_key or "",
        password_hash=session.get(HASH_SESSION_KEY, ""),
    )


def _language(scope: Mapping[str, Any]) -> str:
    """Return the page's language, as the socket's address says it."""
    said = parse_qs(scope["query_string"].decode("latin-1")).get("language", [""])[0]
    return said if said in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
