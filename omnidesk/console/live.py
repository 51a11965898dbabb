"""Renders what changed, once, and sends it to every screen that shows it."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

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
from omnidesk.console import frames, groups, pieces, presence, thread
from omnidesk.console.frames import ThreadFrame
from omnidesk.console.thread import Bubble, Line

ANNOUNCED_LENGTH = 140

Change = Literal["message.added", "message.changed", "conversation.changed"]


def message_added(event: MessageAdded) -> None:
    """Send a new bubble and the conversation's row."""
    is_news = event.direction == Message.Direction.INBOUND
    with translation.override(settings.LANGUAGE_CODE):
        _send_row(event, news=is_news)
        if not presence.is_anybody_at(event.conversation_id):
            return
        bubble = thread.bubble(event.message_id)
        # What the message itself brought about has no event of its own.
        entries = TimelineEntry.objects.filter(message=event.message_id)
        lines = map(thread.line, entries.values_list("pk", flat=True))
        _send_thread(
            event,
            change="message.added",
            items=[bubble, *filter(None, lines)],
            announce=_spoken(bubble) if is_news else "",
        )


def message_changed(event: MessageChanged) -> None:
    """Send a bubble again because its delivery changed."""
    with translation.override(settings.LANGUAGE_CODE):
        _send_row(event)
        if presence.is_anybody_at(event.conversation_id):
            bubble = thread.bubble(event.message_id)
            _send_thread(event, change="message.changed", items=[bubble])


def conversation_changed(event: ConversationChanged) -> None:
    """Send the conversation's row, header, packet card and activity line."""
    with translation.override(settings.LANGUAGE_CODE):
        _send_row(event)
        if presence.is_anybody_at(event.conversation_id):
            line = thread.line(event.entry_id)
            items = [] if line is None else [line]
            _send_thread(event, change="conversation.changed", items=items)


def handoff_requested(event: HandoffRequested) -> None:
    """Do nothing: the change of the same version has carried the packet card."""


def _send_row(event: Event, *, news: bool = False) -> None:
    """Tell every list of the inbox. One query."""
    row = pieces.row_frame(event.conversation_id, version=event.version, news=news)
    _send(groups.inbox(event.inbox_id), event, row)


def _send_thread(
    event: Event,
    *,
    change: Change,
    items: Iterable[Bubble | Line],
    announce: str = "",
) -> None:
    """Tell the screens that show the thread.

    Most threads are open nowhere and are not rendered. Who opens one is at it before
    they read it, so that nothing falls between.
    """
    number, version = event.conversation_id, event.version
    frame = ThreadFrame(
        type=change,
        conversation=number,
        version=version,
        items=dict(pieces.item_html(item, version=version) for item in items),
        parts=pieces.parts(number, version=version),
        announce=announce,
    )
    _send(groups.conversation(number), event, frame)


def _send(group: str, event: Event, frame: Mapping[str, Any]) -> None:
    text, language = frames.text(frame), settings.LANGUAGE_CODE
    message = groups.frame(group, event.conversation_id, text, language=language)
    groups.send({group: message})


def _spoken(bubble: Bubble) -> str:
    message: Message = bubble.message
    said = " ".join(message.text.split())
    return f"{bubble.author}: {Truncator(said).chars(ANNOUNCED_LENGTH)}"
