"""Call a matter done."""

from django.db import transaction
from django.utils import timezone

from conversations.actor import Actor
from conversations.deadlines import clear_deadline
from conversations.models import Conversation, Deadline, Handoff
from conversations.record import record_change


@transaction.atomic
def resolve(conversation: Conversation, *, by: Actor) -> Conversation:
    """Mark the conversation resolved; what was due for it is no longer."""
    conversation = Conversation.objects.locked(conversation.pk)
    if conversation.status == Conversation.Status.RESOLVED:
        return conversation
    conversation.status = Conversation.Status.RESOLVED
    conversation.resolved_at = timezone.now()
    conversation.snoozed_until = None
    conversation.waiting_since = None
    conversation.unanswered_count = 0
    for kind in Deadline.Kind:
        clear_deadline(conversation, kind)
    conversation.handoffs.filter(state=Handoff.State.WAITING).update(
        state=Handoff.State.EXPIRED, closed_at=timezone.now()
    )
    record_change(
        conversation,
        verb="resolved",
        by=by,
        fields=[
            "status",
            "resolved_at",
            "snoozed_until",
            "waiting_since",
            "unanswered_count",
        ],
    )
    return conversation
