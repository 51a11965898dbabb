"""Give a conversation to an agent."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from conversations.actions.accept import take_over
from conversations.actor import Actor
from conversations.models import Conversation
from conversations.record import record_change


@transaction.atomic
def assign(
    conversation: Conversation, *, to: AbstractBaseUser | None, by: Actor
) -> Conversation:
    """Give the conversation to an agent, or to nobody, and say so in the timeline.

    An agent who gets it answers for it: the bot stays quiet from then on.
    """
    conversation = Conversation.objects.select_related("assignee").locked(
        conversation.pk
    )
    if conversation.assignee_id == (to.pk if to else None):
        return conversation
    before = conversation.assignee
    conversation.assignee_id = to.pk if to is not None else None
    if to is not None:
        take_over(conversation, by=by, assignee=to)
    record_change(
        conversation,
        verb="assigned" if to else "unassigned",
        by=by,
        fields=["assignee"],
        detail={"to": str(to) if to else "", "from": str(before) if before else ""},
    )
    return conversation
