"""Hide a matter until a time, or until the customer writes."""

import datetime

from django.db import transaction
from django.utils import timezone

from conversations.actor import Actor
from conversations.deadlines import set_deadline_at
from conversations.errors import ConversationError
from conversations.models import Conversation, Deadline
from conversations.record import record_change


@transaction.atomic
def snooze(
    conversation: Conversation, *, until: datetime.datetime, by: Actor
) -> Conversation:
    """Hide the conversation until a moment to come; a message ends it sooner.

    Raises ConversationError for a moment that has passed.
    """
    if until <= timezone.now():
        raise ConversationError("Choose a time that is still to come.")
    conversation = Conversation.objects.locked(conversation.pk)
    conversation.status = Conversation.Status.SNOOZED
    conversation.snoozed_until = until
    conversation.resolved_at = None
    set_deadline_at(conversation, Deadline.Kind.SNOOZE, due_at=until)
    record_change(
        conversation,
        verb="snoozed",
        by=by,
        fields=["status", "snoozed_until", "resolved_at"],
        detail={"until": until.isoformat()},
    )
    return conversation
