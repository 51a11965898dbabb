"""Say how soon a matter matters."""

from django.db import transaction

from conversations.actor import Actor
from conversations.models import Conversation
from conversations.record import record_change


@transaction.atomic
def prioritize(conversation: Conversation, *, priority: int, by: Actor) -> Conversation:
    """Set the priority, 1 (urgent) to 4 (low). Raises ValueError for others."""
    label = Conversation.Priority(priority).label
    conversation = Conversation.objects.locked(conversation.pk)
    if conversation.priority == priority:
        return conversation
    conversation.priority = priority
    record_change(
        conversation,
        verb="prioritized",
        by=by,
        fields=["priority"],
        detail={"to": str(label)},
    )
    return conversation
