"""A conversation as it reads: bubbles and activity lines in one order."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils import timezone

from conversations.models import Conversation, Handoff, Message, TimelineEntry
from conversations.threads import Reason
from omnidesk.console import words

WINDOW = 100  # messages shown at once; older ones come on request


@dataclass(frozen=True)
class Bubble:
    """One message with what its place in the thread adds to it."""

    message: Message
    # The conversation's version when this was read.
    version: int
    # "Ana continued on WhatsApp", where the customer changed the channel.
    continued: str = ""
    # Whether it is the first of its day here.
    day: datetime.date | None = None

    kind = "bubble"

    @property
    def at(self) -> datetime.datetime:
        """Return when we had it."""
        return self.message.created_at

    @property
    def author(self) -> str:
        """Return who wrote it."""
        return words.author(self.message)

    @property
    def reason(self) -> str:
        """Return why it joined this conversation, if it was not by its thread."""
        if self.message.thread_reason in {"", Reason.NEW, Reason.SAME_ADDRESS}:
            return ""
        return words.joined_because(self.message.thread_reason)

    @property
    def can_be_taken_back(self) -> bool:
        """Return whether its delivery has not begun and waits for the undo window."""
        message = self.message
        return (
            message.delivery == Message.Delivery.QUEUED
            and message.author_kind == Message.AuthorKind.AGENT
            and message.attempt_count == 0
            and message.deliver_at is not None
            and message.deliver_at > timezone.now()
        )

    @property
    def can_be_retried(self) -> bool:
        """Return whether an agent may send it again."""
        return self.message.delivery in {
            Message.Delivery.FAILED,
            Message.Delivery.UNKNOWN,
        }

    @property
    def seconds_left(self) -> int:
        """Return how long it can still be taken back, in whole seconds."""
        if self.message.deliver_at is None:
            return 0
        left = (self.message.deliver_at - timezone.now()).total_seconds()
        return max(1, round(left))

    @property
    def fate(self) -> str:
        """Return what became of it, in words."""
        return words.fate(self.message)


@dataclass(frozen=True)
class Line:
    """One activity line: who did what, when and why."""

    entry: TimelineEntry
    version: int
    day: datetime.date | None = None

    kind = "line"

    @property
    def at(self) -> datetime.datetime:
        """Return when it was done."""
        return self.entry.created_at

    @property
    def sentence(self) -> str:
        """Return what was done, in words."""
        return words.activity(self.entry)


@dataclass(frozen=True)
class Thread:
    """The newest part of a conversation, or a part before a message."""

    items: list[Bubble | Line]
    # The oldest message shown, where there are older ones.
    earlier_before: int | None
    # The newest message: what a reply is written after.
    last_message_id: int


def read(conversation: Conversation, *, before: int | None = None) -> Thread:
    """Return up to 100 messages and the activity between them. Three queries."""
    messages = with_parts(conversation.messages.all())
    if before is not None:
        messages = messages.filter(pk__lt=before)
    found = list(messages.order_by("-pk")[: WINDOW + 1])
    more = len(found) > WINDOW
    shown = list(reversed(found[:WINDOW]))
    entries = _entries(conversation).select_related("actor")
    if more:
        entries = entries.filter(created_at__gte=shown[0].created_at)
    if before is not None and shown:
        entries = entries.filter(created_at__lte=shown[-1].created_at)
    bubbles = _bubbles(shown, version=conversation.version)
    lines = [
        Line(entry, version=conversation.version) for entry in entries.order_by("pk")
    ]
    return Thread(
        items=_with_days(sorted([*bubbles, *lines], key=_place)),
        earlier_before=shown[0].pk if more else None,
        last_message_id=shown[-1].pk if shown else 0,
    )


def bubble(message_id: int) -> Bubble:
    """Return one bubble as its thread shows it. The caller has checked access.

    Five queries: what came before decides the separators above it.
    """
    message = (
        with_parts(Message.objects.all())
        .select_related("conversation", "identity__customer", "via__inbox", "author")
        .get(pk=message_id)
    )
    earlier = Message.objects.filter(
        conversation=message.conversation_id, pk__lt=message.pk
    ).order_by("-pk")
    heard = (
        earlier.public()
        .filter(direction=Message.Direction.INBOUND)
        .select_related("via")
        .first()
    )
    return Bubble(
        message,
        version=message.conversation.version,
        continued=_continued(message, heard),
        day=_day_above(
            message.created_at,
            earlier,
            _entries(message.conversation).filter(created_at__lt=message.created_at),
        ),
    )


def line(entry_id: int) -> Line | None:
    """Return one activity line, or None where the thread shows none. Three queries."""
    entry = TimelineEntry.objects.select_related("actor", "conversation").get(
        pk=entry_id
    )
    if entry.verb in words.QUIET:
        return None
    conversation = entry.conversation
    return Line(
        entry,
        version=conversation.version,
        day=_day_above(
            entry.created_at,
            conversation.messages.filter(created_at__lte=entry.created_at),
            _entries(conversation).filter(pk__lt=entry.pk),
        ),
    )


def bubbles_of(messages: Sequence[Message], *, version: int) -> list[Bubble]:
    """Return bubbles of messages that were loaded already, as in a 409."""
    return _bubbles(messages, version=version)


def with_parts(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Load what a bubble shows: never the original itself, which may be megabytes."""
    return (
        messages.select_related("identity__customer", "via__inbox", "author")
        .prefetch_related("attachments")
        .annotate(
            has_html=Case(
                When(original__html__gt="", then=Value(value=True)),
                default=Value(value=False),
            ),
            trimmed_length=Length("original__text") - Length(F("text")),
        )
    )


def waiting_handoff(conversation: Conversation) -> Handoff | None:
    """Return the handoff that waits for a person here, if there is one."""
    return (
        conversation.handoffs.filter(state=Handoff.State.WAITING)
        .select_related("team")
        .first()
    )


def _entries(conversation: Conversation) -> QuerySet[TimelineEntry]:
    """Return what was done and is not said by a bubble already."""
    return conversation.timeline.exclude(verb__in=words.QUIET)


def _day_above(
    moment: datetime.datetime,
    messages: QuerySet[Message],
    entries: QuerySet[TimelineEntry],
) -> datetime.date | None:
    """Return the day of the moment, unless something before it is of the same day."""
    day = _day(moment)
    for before in (messages, entries):
        newest = before.order_by("-pk").values_list("created_at", flat=True).first()
        if newest is not None and _day(newest) == day:
            return None
    return day


def _bubbles(messages: Iterable[Message], *, version: int) -> list[Bubble]:
    heard: Message | None = None
    found = []
    for message in messages:
        found.append(
            Bubble(message, version=version, continued=_continued(message, heard))
        )
        if message.is_inbound:
            heard = message
    return found


def _continued(message: Message, heard: Message | None) -> str:
    """Return the separator above an inbound message on another channel than the last."""
    if not message.is_inbound or message.via is None:
        return ""
    if heard is None or heard.via is None:
        return ""
    if heard.via.channel == message.via.channel:
        return ""
    return words.continued(message)


def _place(item: Bubble | Line) -> tuple[datetime.datetime, int, int]:
    """Order by time; what was done with a message comes after it."""
    if isinstance(item, Bubble):
        return item.at, 0, item.message.pk
    return item.at, 1, item.entry.pk


def _with_days(items: Sequence[Bubble | Line]) -> list[Bubble | Line]:
    dated: list[Bubble | Line] = []
    last: datetime.date | None = None
    for item in items:
        day = _day(item.at)
        if day == last:
            dated.append(item)
            continue
        last = day
        dated.append(_dated(item, day))
    return dated


def _dated(item: Bubble | Line, day: datetime.date) -> Bubble | Line:
    if isinstance(item, Bubble):
        return Bubble(item.message, item.version, item.continued, day)
    return Line(item.entry, item.version, day)


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()
