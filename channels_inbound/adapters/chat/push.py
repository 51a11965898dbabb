"""Tell the visitor's windows, and the agents', that something happened.

A push is a hint that may get lost: windows read the rows, and ask every 15 s.
"""

import asyncio
import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from conversations.events import HandoffAccepted
from conversations.models import Conversation
from customers.models import Identity, Scheme

logger = logging.getLogger(__name__)

SEND_SECONDS = 2  # nobody waits longer for Redis


def visitor_group(identity_id: int) -> str:
    """Return the group of all windows of one visitor."""
    return f"visitor.{identity_id}"


def wake(identity_id: int) -> None:
    """Make the visitor's windows read what is new."""
    _send(visitor_group(identity_id), {"type": "chat.wake"})


def typing(identity_id: int, *, name: str, on: bool) -> None:
    """Show or hide that an agent writes a reply, by first name. Never for a note."""
    _send(visitor_group(identity_id), {"type": "chat.typing", "name": name, "on": on})


def agent_joined(event: HandoffAccepted) -> None:
    """Say in the visitors' windows that a person has come."""
    for identity_id in (
        Identity.objects.filter(
            scheme=Scheme.CHAT, messages__conversation=event.conversation_id
        )
        .values_list("pk", flat=True)
        .distinct()
    ):
        wake(identity_id)


def visitor_types(identity: Identity) -> None:
    """Show agents who have the visitor's conversation open that they write."""
    conversation = (
        Conversation.objects.active()
        .filter(messages__identity=identity)
        .latest_first()
        .first()
    )
    if conversation is not None:
        _send(
            f"desk.conversation.{conversation.pk}",
            {
                "type": "customer.typing",
                "conversation": conversation.pk,
                "name": identity.display_name or identity.customer.name,
            },
        )


def _send(group: str, message: dict[str, Any]) -> None:
    try:
        async_to_sync(_group_send)(group, message)
    except Exception:
        logger.warning("A push to %s was lost.", group, exc_info=True)


async def _group_send(group: str, message: dict[str, Any]) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await get_channel_layer().group_send(group, message)
