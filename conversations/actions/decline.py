"""An agent passes on a handoff: the next step is asked at once."""

from django.db import transaction

from conversations.actions.escalate import escalate
from conversations.actor import Actor
from conversations.models import Conversation, Handoff
from conversations.record import record_change


@transaction.atomic
def decline(conversation: Conversation, *, by: Actor, why: str = "") -> Conversation:
    """Say that this agent cannot take it; the handoff goes to the next step.

    An agent passes on a handoff once: a second click skips no team. After the last
    step it stays where it is.
    """
    conversation = Conversation.objects.locked(conversation.pk)
    handoff = conversation.handoffs.filter(state=Handoff.State.WAITING).first()
    if handoff is None or _has_declined(conversation, handoff, by=by):
        return conversation
    record_change(conversation, verb="declined", by=by, why=why)
    return escalate(conversation, by=by, why="declined")


def _has_declined(conversation: Conversation, handoff: Handoff, *, by: Actor) -> bool:
    return conversation.timeline.filter(
        verb="declined", actor=by.user_id, created_at__gte=handoff.created_at
    ).exists()
