"""Take up a resolved, snoozed or pending matter again."""

from django.db import transaction

from conversations.actor import Actor
from conversations.deadlines import clear_deadline
from conversations.models import Conversation, Deadline
from conversations.record import record_change
from conversations.waiting import recount


@transaction.atomic
def reopen(conversation: Conversation, *, by: Actor, why: str = "") -> Conversation:
    """Make the conversation open; the customer's old wait counts again."""
    conversation = Conversation.objects.locked(conversation.pk)
    if conversation.status == Conversation.Status.OPEN:
        return conversation
    conversation.status = Conversation.Status.OPEN
    conversation.resolved_at = None
    conversation.snoozed_until = None
    clear_deadline(conversation, Deadline.Kind.SNOOZE)
    record_change(
        conversation,
        verb="reopened",
        by=by,
        fields=["status", "resolved_at", "snoozed_until", *recount(conversation)],
        why=why,
    )
    return conversation
