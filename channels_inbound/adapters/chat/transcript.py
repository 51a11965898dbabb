"""What a visitor may read: the public messages of their own conversations.

Everything a visitor's window shows comes from here, written field by field: a
field or a kind that is new to the model stays hidden until it is named here.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from channels_inbound.adapters.chat.adapter import client_id_of
from channels_inbound.adapters.chat.visitor import Visitor
from conversations.models import Attachment, Conversation, Handoff, Message
from conversations.models.inbox import Channel
from conversations.models.message import MessageQuerySet
from customers.models import Identity, Scheme

# As many messages as a window shows at first, and as one look back adds.
PAGE_SIZE = 50

Delivery = Message.Delivery

# Chat is shown once its delivery began. Mail may still be taken back while it
# waits, so it is shown when it has left.
_HAS_LEFT = (
    Q(direction=Message.Direction.INBOUND)
    | Q(delivery__in=[Delivery.SENT, Delivery.DELIVERED, Delivery.READ])
    | Q(
        via__channel=Channel.CHAT,
        delivery__in=[Delivery.SENDING, Delivery.UNKNOWN],
    )
)


@dataclass(frozen=True)
class Page:
    """What is new to a window, and the cursor to ask from next time."""

    items: list[dict[str, Any]]
    cursor: str = ""
    # There are older messages that this window has not seen.
    has_earlier: bool = False


@dataclass(frozen=True)
class Cursor:
    """The newest message a window shows, and how many there were up to it.

    A message that comes late, as a mail does that waited for its undo window,
    makes the count wrong: then the window is sent a whole page again.
    """

    message: str = ""
    count: int = 0
    arrivals: int = 0

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return the cursor; anything we did not write begins at the start."""
        parts = text.split(".")
        if len(parts) != 3 or not (parts[1] + parts[2]).isdecimal():
            return cls()
        try:
            return cls(uuid.UUID(parts[0]).hex, int(parts[1][:9]), int(parts[2][:9]))
        except ValueError:
            return cls()

    def __str__(self) -> str:
        return f"{self.message}.{self.count}.{self.arrivals}"


def identity_of(visitor: Visitor) -> Identity | None:
    """Return the visitor's chat identity; before their first message there is none."""
    return (
        Identity.objects.select_related("customer")
        .filter(scheme=Scheme.CHAT, value=visitor.value)
        .first()
    )


def visible_to(visitor: Visitor, identity: Identity) -> MessageQuerySet:
    """Return the messages this visitor may read; every path to one starts here.

    A visitor whom the site vouches for reads what was said with the same
    customer on any channel, in conversations they chat in. Anybody else reads
    what went through this chat identity, and nothing more.
    """
    messages = Message.objects.public().filter(_HAS_LEFT)
    vouched = identity.assurance == Identity.Assurance.VERIFIED
    if not (visitor.is_signed and vouched):
        return messages.filter(identity=identity, via__channel=Channel.CHAT)
    return messages.filter(
        conversation__in=Conversation.objects.filter(
            customer__root=identity.customer.root_id, messages__identity=identity
        ).values("pk"),
        identity__customer__root=identity.customer.root_id,
    )


def read(visitor: Visitor, *, after: str = "") -> Page:
    """Return what came after a cursor, each message once. Costs 4 to 7 queries.

    Without a cursor, or when something came late, it is the newest page.
    """
    identity = identity_of(visitor)
    if identity is None:
        return Page([])
    cursor = Cursor.read(after)
    messages = visible_to(visitor, identity)
    seen = messages.filter(uuid=_uuid(cursor.message)).values_list("pk").first()
    floor = seen[0] + 1 if seen else 0
    below = messages.filter(pk__lt=floor).count() if seen else -1
    resumes = below == cursor.count
    if not resumes:
        start = _start_of_newest_page(messages)
        floor = min(floor, start) if seen else start
        below = messages.filter(pk__lt=floor).count()
    # Counted before it is read: what slips in between is missing from the count,
    # so that the next question finds it.
    rows = list(messages.filter(pk__gte=floor).with_thread_parts().in_order())
    arrivals = _arrivals(messages)
    items = [_message(message, identity) for message in rows]
    if len(arrivals) != cursor.arrivals:
        since = _order(rows[0].created_at, 0) if rows and below and not resumes else ""
        items += [item for item in arrivals if item["order"] >= since]
    newest = rows[-1].uuid.hex if rows else cursor.message
    return Page(
        sorted(items, key=lambda item: str(item["order"])),
        cursor=str(Cursor(newest, below + len(rows), len(arrivals))),
        has_earlier=below > 0,
    )


def read_earlier(visitor: Visitor, *, before: str) -> Page:
    """Return the page before a message. The cursor is not moved by it."""
    identity = identity_of(visitor)
    if identity is None:
        return Page([])
    messages = visible_to(visitor, identity)
    oldest = messages.filter(uuid=_uuid(before)).values_list("pk").first()
    if oldest is None:
        return Page([])
    older = messages.filter(pk__lt=oldest[0])
    rows = list(older.with_thread_parts().order_by("-pk")[: PAGE_SIZE + 1])
    return Page(
        [_message(message, identity) for message in reversed(rows[:PAGE_SIZE])],
        has_earlier=len(rows) > PAGE_SIZE,
    )


def file_for(visitor: Visitor, file_id: uuid.UUID) -> Attachment:
    """Return a file of a message the visitor may read. Raises DoesNotExist."""
    identity = identity_of(visitor)
    if identity is None:
        raise Attachment.DoesNotExist
    return Attachment.objects.get(
        uuid=file_id, message__in=visible_to(visitor, identity)
    )


def _start_of_newest_page(messages: MessageQuerySet) -> int:
    newest = list(messages.order_by("-pk").values_list("pk", flat=True)[:PAGE_SIZE])
    return newest[-1] if newest else 0


def _order(at: datetime.datetime, rank: int) -> str:
    """Return what items are sorted by: the moment, and an arrival before words."""
    return f"{at.timestamp():017.6f}.{rank}"


def _uuid(text: str) -> uuid.UUID:
    """Return the id, or one that no message has for anything that is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _message(message: Message, identity: Identity) -> dict[str, Any]:
    mine = message.identity_id == identity.pk and message.is_inbound
    via = message.via
    return {
        "id": message.uuid.hex,
        "kind": "message",
        "client_id": client_id_of(message.external_id) if mine else "",
        "author": _author(message),
        "text": message.text,
        # How else it went: "" is this chat.
        "channel": "" if via is None or via.channel == Channel.CHAT else via.channel,
        "at": message.sent_at.isoformat(),
        "order": _order(message.created_at, 1),
        "files": [_file(file) for file in message.attachments.all()],
        "sources": [_source(source) for source in message.sources],
    }


def _author(message: Message) -> dict[str, str]:
    """Return who wrote it, as the visitor may know them: never an agent's address."""
    if message.author_kind == Message.AuthorKind.CUSTOMER:
        return {"kind": "you", "name": ""}
    if message.author_kind == Message.AuthorKind.AGENT:
        return {"kind": "agent", "name": _first_name(message.author)}
    if message.author_kind == Message.AuthorKind.BOT:
        return {"kind": "bot", "name": ""}
    return {"kind": "desk", "name": ""}


def _first_name(agent: Any) -> str:
    return "" if agent is None else str(agent.first_name_or_name)


def _file(file: Attachment) -> dict[str, Any]:
    return {
        "id": file.uuid.hex,
        "name": file.filename,
        "type": file.content_type,
        "size": file.size,
    }


def _source(source: dict[str, str]) -> dict[str, str]:
    return {"title": str(source.get("title", "")), "url": str(source.get("url", ""))}


def _arrivals(messages: MessageQuerySet) -> list[dict[str, Any]]:
    """Return a line for each agent who came: by a handoff or with their first word."""
    came: dict[tuple[int, int], dict[str, Any]] = {}
    accepted = Handoff.objects.filter(
        conversation__in=messages.values("conversation"),
        state=Handoff.State.ACCEPTED,
        accepted_by__isnull=False,
        closed_at__isnull=False,
    ).select_related("accepted_by", "conversation")
    spoke = (
        messages.filter(author_kind=Message.AuthorKind.AGENT, author__isnull=False)
        .order_by("conversation", "author", "pk")
        .distinct("conversation", "author")
        .select_related("author", "conversation")
    )
    everyone: Iterable[tuple[Conversation, Any, Any]] = [
        *((row.conversation, row.accepted_by, row.closed_at) for row in accepted),
        *((row.conversation, row.author, row.created_at) for row in spoke),
    ]
    for conversation, agent, at in sorted(everyone, key=lambda line: line[2]):
        came.setdefault(
            (conversation.pk, agent.pk),
            {
                "id": uuid.uuid5(conversation.uuid, f"arrival:{agent.pk}").hex,
                "kind": "arrival",
                "author": {"kind": "agent", "name": _first_name(agent)},
                "at": at.isoformat(),
                "order": _order(at, 0),
            },
        )
    return list(came.values())
