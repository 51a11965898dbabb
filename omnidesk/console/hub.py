"""One per process: hears each group once, and writes to every socket that may see.

A frame comes ready-made and is put into the queue of each local socket; a socket
whose queue is full is closed, asks anew when it is back, and has delayed nobody.
Channels' own way, one subscription for each socket, costs 15 times as much.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

import redis
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from omnidesk.console import frames, groups
from omnidesk.console.admission import Claim, admitted

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger(__name__)

QUEUE_LENGTH = 256  # frames a slow client may be behind
WATCH_SECONDS = 1  # how often rights are read anew, in four queries for all sockets
TRUST_SECONDS = 5  # without new rights nothing is shown any longer

# Reading for sockets must not wait for one slow query, nor for the pages.
READERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="console")

_hubs: dict[asyncio.AbstractEventLoop, "Hub"] = {}


class Seat:
    """One local socket, as the hub sees it."""

    def __init__(self, claim: Claim, *, language: str) -> None:
        """Make a seat that hears nothing yet."""
        self.claim = claim
        self.language = language
        self.inboxes: frozenset[int] = frozenset()
        # The open conversation and its inbox.
        self.conversation: int | None = None
        self.inbox: int | None = None
        # Frames, or the code to close with.
        self.queue: asyncio.Queue[str | int] = asyncio.Queue()
        self.ended = False

    @property
    def groups(self) -> set[str]:
        """Return the groups this socket hears: what it may see, and what it shows."""
        heard = {groups.inbox(pk) for pk in self.inboxes}
        if self.conversation is not None and self.inbox in self.inboxes:
            heard.add(groups.conversation(self.conversation))
        return heard

    def put(self, text: str) -> None:
        """Queue a frame; a client too far behind is closed instead."""
        if self.ended:
            return
        if self.queue.qsize() >= QUEUE_LENGTH:
            self.end(frames.STALLED)
            return
        self.queue.put_nowait(text)

    def end(self, code: int) -> None:
        """Close the socket with a code, before anything that is still queued."""
        if self.ended:
            return
        self.ended = True
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(code)


class Hub:
    """The sockets of this process, by the groups they hear."""

    def __init__(self) -> None:
        """Make a hub without sockets; `hub()` gives the process its one."""
        self.seats: set[Seat] = set()
        self.listeners: dict[str, set[Seat]] = defaultdict(set)
        self.subscribed: set[str] = set()
        self.rights_read_at = 0.0
        self.channel = ""
        self.changing = asyncio.Lock()
        self.reading = asyncio.Lock()
        self.tasks: list[asyncio.Task[None]] = []

    async def join(self, seat: Seat) -> None:
        """Let a socket hear its inboxes."""
        if not self.tasks:
            self.tasks = [
                asyncio.create_task(self._hear()),
                asyncio.create_task(self._watch()),
            ]
        if not self.seats:
            # Those of the first socket were read a moment ago.
            self.rights_read_at = _now()
        self.seats.add(seat)
        await self.arrange(seat)

    async def leave(self, seat: Seat) -> None:
        """Forget a socket; the last one stops the hub."""
        self.seats.discard(seat)
        seat.ended = True
        for group in list(self.listeners):
            self._unlisten(group, seat)
        if self.seats:
            await self._subscribe()
            return
        _hubs.pop(asyncio.get_running_loop(), None)
        tasks, self.tasks = self.tasks, []
        async with self.reading:  # a query that runs is not left behind
            for task in tasks:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.channel:
            await self._subscribe()

    async def arrange(self, seat: Seat) -> None:
        """Let a socket hear what it may see and shows now, and nothing else."""
        wanted = seat.groups if seat in self.seats else set()
        for group in [g for g, seats in self.listeners.items() if seat in seats]:
            if group not in wanted:
                self._unlisten(group, seat)
        for group in wanted:
            self.listeners[group].add(seat)
        await self._subscribe()

    def deliver(self, message: Mapping[str, Any]) -> None:
        """Write a frame to every socket that hears its group. Never waits."""
        if _now() - self.rights_read_at > TRUST_SECONDS:
            return
        group, text = _frame_of(message)
        language = message.get("language")
        for seat in self.listeners.get(group, ()):
            if language is None or seat.language == language:
                seat.put(text)
            else:
                seat.put(_stale(message))

    async def read_rights(self) -> None:
        """Read anew who may stay and what they may see; end what is over."""
        async with self.reading:
            claims = {seat.claim for seat in self.seats}
            rights = await reading(admitted)(claims)
        self.rights_read_at = _now()
        for seat in list(self.seats):
            if seat.claim in claims:
                await self._apply(seat, rights.get(seat.claim))

    async def _apply(self, seat: Seat, inboxes: frozenset[int] | None) -> None:
        if inboxes == seat.inboxes:
            return
        if inboxes is None or seat.inboxes - inboxes:
            code = frames.SIGNED_OUT if inboxes is None else frames.RIGHTS_CHANGED
            seat.inboxes = inboxes or frozenset()
            await self.arrange(seat)
            seat.end(code)
            return
        seat.inboxes = inboxes
        await self.arrange(seat)

    async def _watch(self) -> None:
        """Read rights every second, and subscribe what Redis refused before."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self.read_rights()
                await self._subscribe()
            except Exception:
                logger.exception("The rights of the sockets could not be read.")

    async def _hear(self) -> None:
        """Take messages from the channel layer, for ever."""
        layer = get_channel_layer()
        while True:
            if not self.channel:
                await asyncio.sleep(WATCH_SECONDS)
                continue
            try:
                self.deliver(await layer.receive(self.channel))
                # Receiving what is there already does not wait: without a pause a
                # burst would fill every queue before any socket could write.
                await asyncio.sleep(0)
            except Exception:
                logger.exception("A message of the channel layer was lost.")
                await asyncio.sleep(WATCH_SECONDS)

    async def _subscribe(self) -> None:
        """Bring the process's subscriptions in line with what its sockets hear.

        Where Redis refuses, the watch tries again; sockets ask meanwhile.
        """
        layer = get_channel_layer()
        async with self.changing:
            try:
                async with asyncio.timeout(groups.SEND_SECONDS):
                    self.channel = self.channel or await layer.new_channel()
                    for group in self.listeners.keys() - self.subscribed:
                        await layer.group_add(group, self.channel)
                        self.subscribed.add(group)
                    for group in self.subscribed - self.listeners.keys():
                        await layer.group_discard(group, self.channel)
                        self.subscribed.discard(group)
            except (OSError, redis.RedisError) as error:
                logger.warning("The hub could not subscribe: %s", error)

    def _unlisten(self, group: str, seat: Seat) -> None:
        self.listeners[group].discard(seat)
        if not self.listeners[group]:
            del self.listeners[group]


def reading(function: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """Return a function that reads or writes rows, to be awaited by a socket."""
    awaited: Callable[P, Awaitable[R]] = database_sync_to_async(
        function, thread_sensitive=False, executor=READERS
    )
    return awaited


def hub() -> Hub:
    """Return the hub of this process."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


def _now() -> float:
    return asyncio.get_running_loop().time()


def _frame_of(message: Mapping[str, Any]) -> tuple[str, str]:
    """Return a message's group and its frame, serialized once for all sockets."""
    if message["type"] == "desk.frame":
        return message["group"], message["text"]
    return groups.conversation(message["conversation"]), frames.text(message)


def _stale(message: Mapping[str, Any]) -> str:
    return frames.text(
        frames.StaleFrame(type="stale", conversation=message["conversation"])
    )
