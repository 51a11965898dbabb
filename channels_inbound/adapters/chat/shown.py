"""The visitor's page confirms what it has shown."""

import uuid
from collections.abc import Sequence
from typing import Any

from channels_inbound.adapters.chat.transcript import identity_of, visible_to
from channels_inbound.adapters.chat.visitor import Visitor
from conversations import outbox
from conversations.models import Message
from conversations.models.inbox import Channel

IDS = 100  # in one frame


def record_seen(visitor: Visitor, *, ids: Sequence[Any], read: bool) -> None:
    """Mark our messages as delivered, or as read, once each.

    Only messages that went to this very visitor by chat: what a mail did, its
    own provider tells.
    """
    identity = identity_of(visitor)
    if identity is None:
        return
    state = Message.Delivery.READ if read else Message.Delivery.DELIVERED
    shown = visible_to(visitor, identity).filter(
        uuid__in=_uuids(ids[:IDS]),
        identity=identity,
        via__channel=Channel.CHAT,
        direction=Message.Direction.OUTBOUND,
    )
    for pk in shown.exclude(delivery=state).values_list("pk", flat=True):
        outbox.record_delivery(pk, state)


def _uuids(ids: Sequence[Any]) -> list[uuid.UUID]:
    found = []
    for text in ids:
        try:
            found.append(uuid.UUID(str(text)))
        except ValueError:
            continue
    return found
