"""The shapes of what goes over the console's socket, both ways."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

FRAME_BYTES = 64 * 1024
SHOWN_LIMIT = 500  # rows or messages a screen may say that it shows

# Why a socket was closed, in the range for applications (RFC 6455, 7.4.2).
SIGNED_OUT, RIGHTS_CHANGED, STALLED, TOO_MUCH = 4401, 4403, 4408, 4429


class BadFrame(ValueError):
    """What a client sent has not the shape of any frame."""


# From the desk to the screen.


class RowFrame(TypedDict):
    """A conversation as lists show it. Whole: any newer version replaces the row."""

    type: Literal["row"]
    conversation: int
    version: int
    html: str
    # The lists it is in now; those of one agent hold for `assignee` only.
    lists: list[str]
    assignee: int | None
    # Whether this is about a customer's new message.
    news: bool


class ThreadFrame(TypedDict):
    """What one version added to a thread: good only on top of the version before."""

    type: Literal["message.added", "message.changed", "conversation.changed"]
    conversation: int
    version: int
    # Bubbles and activity lines, then parts beside the thread, by element id.
    items: dict[str, str]
    parts: dict[str, str]
    # What to read out: "Ana: Any news?", or nothing.
    announce: str


class Person(TypedDict):
    """A colleague at the same conversation."""

    id: int
    name: str
    initials: str
    state: Literal["viewing", "noting", "replying"]


class PresenceFrame(TypedDict):
    """Who looks at a conversation now."""

    type: Literal["presence"]
    conversation: int
    people: list[Person]


class TypingFrame(TypedDict):
    """The customer writes."""

    type: Literal["customer.typing"]
    conversation: int
    name: str


class StaleFrame(TypedDict):
    """Something newer is there, in another language than the frame's: ask for it."""

    type: Literal["stale"]
    conversation: int


class ThreadAnswer(TypedDict):
    """What the open thread lacks."""

    conversation: int
    # The conversation is hidden from the agent, or was never there.
    gone: NotRequired[bool]
    version: NotRequired[int]
    items: NotRequired[dict[str, str]]
    removed: NotRequired[list[str]]
    parts: NotRequired[dict[str, str]]
    people: NotRequired[list[Person]]


class SyncAnswer(TypedDict):
    """What a screen lacks of what it shows."""

    type: Literal["synced"]
    rows: dict[str, str]
    removed: list[int]
    views: str
    count: str
    thread: ThreadAnswer | None


def text(frame: Mapping[str, Any]) -> str:
    """Return a frame as it goes over the wire."""
    return json.dumps(frame, separators=(",", ":"), ensure_ascii=False)


# From the screen to the desk.


@dataclass(frozen=True)
class ShownThread:
    """The thread a screen shows."""

    conversation: int
    version: int
    # The delivery each message is shown with, and the newest activity line.
    messages: Mapping[int, str]
    last_entry: int


@dataclass(frozen=True)
class Shown:
    """Everything a screen shows: a list by its query string, its rows, a thread."""

    view: str
    rows: Mapping[int, int]
    thread: ShownThread | None


def read(said: str | bytes | None) -> dict[str, Any]:
    """Return a frame of a client. Raises BadFrame for all that is no JSON object."""
    if not said or len(said) > FRAME_BYTES:
        raise BadFrame
    try:
        frame = json.loads(said)
    except (ValueError, RecursionError):
        raise BadFrame from None
    if not isinstance(frame, dict):
        raise BadFrame
    return frame


def number(value: object) -> int:
    """Return a whole number that fits a key. Raises BadFrame."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise BadFrame
    return value


def shown(frame: Mapping[str, Any]) -> Shown:
    """Return what a `sync` frame says is shown. Raises BadFrame."""
    view, rows, thread = frame.get("view", ""), frame.get("rows"), frame.get("thread")
    if not isinstance(view, str) or not _is_text(view):
        raise BadFrame
    return Shown(
        view=view,
        rows=_numbered(rows),
        thread=None if thread is None else shown_thread(thread),
    )


def shown_thread(thread: object) -> ShownThread:
    """Return what a frame says of the open thread. Raises BadFrame."""
    if not isinstance(thread, dict):
        raise BadFrame
    messages = thread.get("messages")
    if not isinstance(messages, dict) or len(messages) > SHOWN_LIMIT:
        raise BadFrame
    return ShownThread(
        conversation=number(thread.get("conversation")),
        version=number(thread.get("version")),
        messages={_key(pk): str(state) for pk, state in messages.items()},
        last_entry=number(thread.get("last_entry", 0)),
    )


def _is_text(value: str) -> bool:
    """Return whether the database can be asked for it: no NUL, no lone surrogate."""
    return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _numbered(rows: object) -> dict[int, int]:
    if not isinstance(rows, dict) or len(rows) > SHOWN_LIMIT:
        raise BadFrame
    return {_key(pk): number(version) for pk, version in rows.items()}


def _key(name: str) -> int:
    if not name.isascii() or not name.isdigit() or len(name) > 18:
        raise BadFrame
    return int(name)
