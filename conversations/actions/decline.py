"""An agent passes on a handoff: the next step is asked at once."""

from django.db import transaction

from conversations.actions.escalate import escalate
from conversations.actor import Actor
from conversations.models import Conversation, Handoff
from conversations.record import record_change


@transaction.atomic
def decline(conversation: Conversation, *, by: Actor, why: str = "") -> Conversation:
    """Say that this agent cannot take it; the handoff goes to the next step."""
    conversation = Conversation.objects.locked(conversation.pk)
    if not conversation.handoffs.filter(state=Handoff.State.WAITING).exists():
        return conversation
    record_change(conversation, verb="declined", by=by, why=why)
    return escalate(conversation, by=by, why="declined")
