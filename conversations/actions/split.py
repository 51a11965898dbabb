"""Move messages that are another matter or person's to their own conversation."""

from collections.abc import Sequence

from django.db import transaction

from conversations.actor import Actor
from conversations.errors import ConversationError
from conversations.models import Conversation, Message
from conversations.record import record_change
from conversations.waiting import recount
from customers.models import Customer


@transaction.atomic
def split(
    conversation: Conversation,
    *,
    messages: Sequence[Message],
    customer: Customer,
    by: Actor,
    why: str = "",
) -> Conversation:
    """Return a new conversation of `customer` that holds `messages`.

    Both keep a line that names the other. Raises ConversationError without messages
    or where one is not of this conversation.
    """
    conversation = Conversation.objects.locked(conversation.pk)
    keys = [message.pk for message in messages]
    moved = conversation.messages.filter(pk__in=keys)
    if not keys or moved.count() != len(set(keys)):
        raise ConversationError("Choose messages of this conversation to move.")
    part = Conversation.objects.create(
        subject=conversation.subject,
        customer=customer,
        inbox_id=conversation.inbox_id,
        status=conversation.status,
        snoozed_until=conversation.snoozed_until,
        resolved_at=conversation.resolved_at,
        handler=Conversation.Handler.HUMAN,
        team_id=conversation.team_id,
        assignee_id=conversation.assignee_id,
        priority=conversation.priority,
    )
    moved.update(conversation=part)
    for one, other in ((conversation, part), (part, conversation)):
        record_change(
            one,
            verb="split",
            by=by,
            fields=_refreshed(one),
            detail={"other": other.pk, "moved": len(keys)},
            why=why,
        )
    return part


def _refreshed(conversation: Conversation) -> list[str]:
    """Work out what depends on the messages; return the fields that were set."""
    last = (
        conversation.messages.exclude(delivery=Message.Delivery.CANCELED)
        .order_by("-pk")
        .first()
    )
    conversation.last_message = last
    if last is not None:
        conversation.last_activity_at = last.created_at
    fields = ["last_message", "last_activity_at"]
    if conversation.status != Conversation.Status.RESOLVED:
        fields += recount(conversation)
    return fields
