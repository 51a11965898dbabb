"""Renders what changed, once, and sends it to every screen that shows it."""

from collections.abc import Iterable
from typing import Literal

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator

from conversations.events import (
    ConversationChanged,
    Event,
    HandoffRequested,
    MessageAdded,
    MessageChanged,
)
from conversations.models import Message, TimelineEntry
from omnidesk.console import frames, groups, pieces, thread
from omnidesk.console.frames import ThreadFrame
from omnidesk.console.thread import Bubble, Line

ANNOUNCED_LENGTH = 140

Change = Literal["message.added", "message.changed", "conversation.changed"]


def message_added(event: MessageAdded) -> None:
    """Send a new bubble and the conversation's row."""
    with translation.override(settings.LANGUAGE_CODE):
        bubble = thread.bubble(event.message_id)
        is_news = bubble.message.is_inbound
        # What the message itself brought about has no event of its own.
        entries = TimelineEntry.objects.filter(message=event.message_id)
        lines = map(thread.line, entries.values_list("pk", flat=True))
        _send(
            event,
            change="message.added",
            items=[bubble, *filter(None, lines)],
            announce=_spoken(bubble) if is_news else "",
            news=is_news,
        )


def message_changed(event: MessageChanged) -> None:
    """Send a bubble again because its delivery changed."""
    with translation.override(settings.LANGUAGE_CODE):
        bubble = thread.bubble(event.message_id)
        _send(event, change="message.changed", items=[bubble])


def conversation_changed(event: ConversationChanged) -> None:
    """Send the conversation's row, header, packet card and activity line."""
    with translation.override(settings.LANGUAGE_CODE):
        line = thread.line(event.entry_id)
        items = [] if line is None else [line]
        _send(event, change="conversation.changed", items=items)


def handoff_requested(event: HandoffRequested) -> None:
    """Do nothing: the change of the same version has carried the packet card."""


def _send(
    event: Event,
    *,
    change: Change,
    items: Iterable[Bubble | Line],
    announce: str = "",
    news: bool = False,
) -> None:
    """Render and send both frames: the list's and the thread's."""
    number, version = event.conversation_id, event.version
    threads = ThreadFrame(
        type=change,
        conversation=number,
        version=version,
        items=dict(pieces.item_html(item, version=version) for item in items),
        parts=pieces.parts(number, version=version),
        announce=announce,
    )
    row = pieces.row_frame(number, version=version, news=news)
    groups.send(
        {
            group: groups.frame(
                group, number, frames.text(frame), language=settings.LANGUAGE_CODE
            )
            for group, frame in (
                (groups.conversation(number), threads),
                (groups.inbox(event.inbox_id), row),
            )
        }
    )


def _spoken(bubble: Bubble) -> str:
    message: Message = bubble.message
    said = " ".join(message.text.split())
    return f"{bubble.author}: {Truncator(said).chars(ANNOUNCED_LENGTH)}"
