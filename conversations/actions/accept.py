"""A person steps in: accept a handoff, or take over from the bot."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from conversations import bus, events
from conversations.actor import Actor
from conversations.deadlines import clear_deadline
from conversations.errors import Taken
from conversations.models import Conversation, Deadline, Handoff
from conversations.record import record_change, save_with_version


@transaction.atomic
def accept(
    conversation: Conversation, *, by: Actor, seen_assignee: int | None = None
) -> Conversation:
    """Make the agent the assignee and end the bot's turn and the handoff's wait.

    Of several agents who take it at once one gets it: raises Taken for an assignee
    other than `seen_assignee`, whom the agent saw and takes it from.
    """
    conversation = Conversation.objects.select_related("assignee").locked(
        conversation.pk
    )
    if conversation.assignee_id == by.user_id or by.user_id is None:
        return conversation
    if conversation.assignee_id not in {None, seen_assignee}:
        raise Taken(f"{conversation.assignee} has just taken this conversation.")
    before = conversation.assignee
    conversation.assignee_id = by.user_id
    if take_over(conversation, by=by):
        save_with_version(conversation, fields=["assignee"])
        return conversation
    record_change(
        conversation,
        verb="assigned",
        by=by,
        fields=["assignee"],
        detail={"to": str(by.user), "from": str(before) if before else ""},
    )
    return conversation


def take_over(
    conversation: Conversation, *, by: Actor, assignee: AbstractBaseUser | None = None
) -> bool:
    """End the bot's turn and the waiting handoff; return whether there was one.

    The caller holds the conversation's lock and is inside a transaction. Nothing
    happens where a person already has the conversation.
    """
    handoff = conversation.handoffs.filter(state=Handoff.State.WAITING).first()
    was_with_bot = conversation.handler == Conversation.Handler.BOT
    if handoff is None and not was_with_bot:
        return False
    who = assignee if assignee is not None else by.user
    conversation.handler = Conversation.Handler.HUMAN
    fields = ["handler"]
    if conversation.assignee_id is None and who is not None:
        conversation.assignee_id = who.pk
        fields.append("assignee")
    if handoff is not None:
        handoff.state = Handoff.State.ACCEPTED
        handoff.accepted_by_id = who.pk if who is not None else None
        handoff.closed_at = timezone.now()
        handoff.save(update_fields=["state", "accepted_by", "closed_at"])
    clear_deadline(conversation, Deadline.Kind.HANDOFF_ACCEPTANCE)
    clear_deadline(conversation, Deadline.Kind.BOT_ANSWER)
    verb = "took_over" if handoff is None else "accepted"
    record_change(
        conversation, verb=verb, by=by, fields=fields, detail={"by": str(who or "")}
    )
    if handoff is not None:
        bus.publish(
            events.HandoffAccepted(
                conversation_id=conversation.pk,
                inbox_id=conversation.inbox_id,
                version=conversation.version,
                handoff_id=handoff.pk,
            )
        )
    return True
