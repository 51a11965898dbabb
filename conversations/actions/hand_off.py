"""Pass a conversation from the bot to people, with all that was said."""

from typing import Any

from django.db import transaction

from conversations import bus, events, packet
from conversations.actor import SYSTEM, Actor
from conversations.deadlines import clear_deadline, set_deadline
from conversations.models import Conversation, Deadline, Handoff
from conversations.notices import tell_handoff
from conversations.record import record_change


@transaction.atomic
def hand_off(
    conversation: Conversation,
    *,
    reason: str,
    by: Actor,
    ask: str = "",
    facts: dict[str, Any] | None = None,
) -> Handoff | None:
    """Put the conversation into the people's queue and tell the customer.

    Returns the handoff, or None when a person has the conversation already. The
    customer's waiting time goes on from their first message: it is never reset.
    `facts` are added to those that `packet.facts_of` finds.
    """
    conversation = Conversation.objects.select_related("inbox", "customer").locked(
        conversation.pk
    )
    if conversation.handler == Conversation.Handler.HUMAN:
        return None
    conversation.handler = Conversation.Handler.HUMAN
    conversation.status = Conversation.Status.OPEN
    conversation.resolved_at = None
    conversation.snoozed_until = None
    clear_deadline(conversation, Deadline.Kind.SNOOZE)
    conversation.team_id = conversation.inbox.handoff_team_id
    handoff = _make(conversation, reason=reason, ask=ask, facts=facts or {})
    record_change(
        conversation,
        verb="handed_off",
        by=by,
        fields=["handler", "status", "resolved_at", "snoozed_until", "team"],
        detail={"ask": handoff.ask, "team": str(conversation.team or "")},
        why=Handoff.Reason(reason).label,
    )
    _await_acceptance(conversation)
    bus.publish(
        events.HandoffRequested(
            conversation_id=conversation.pk,
            inbox_id=conversation.inbox_id,
            version=conversation.version,
            handoff_id=handoff.pk,
        )
    )
    tell_handoff(conversation, handoff, by=SYSTEM)
    return handoff


def _make(
    conversation: Conversation, *, reason: str, ask: str, facts: dict[str, Any]
) -> Handoff:
    spoken = conversation.messages.public().in_order()
    first, last = spoken.first(), spoken.last()
    return Handoff.objects.create(
        conversation=conversation,
        reason=reason,
        ask=packet.one_line(ask) or packet.ask_of(conversation),
        facts={**packet.facts_of(conversation), **facts},
        first_message=first,
        last_message=last,
        team=conversation.team,
    )


def _await_acceptance(conversation: Conversation) -> None:
    clear_deadline(conversation, Deadline.Kind.BOT_ANSWER)
    step = conversation.inbox.escalation_steps.order_by("position").first()
    if step is not None:
        set_deadline(
            conversation,
            Deadline.Kind.HANDOFF_ACCEPTANCE,
            seconds=step.after_seconds,
        )
