"""Ask the next team because nobody accepted a handoff in time."""

from django.db import transaction

from conversations import bus, events
from conversations.actor import Actor
from conversations.deadlines import clear_deadline, set_deadline
from conversations.models import (
    Conversation,
    Deadline,
    Escalation,
    EscalationStep,
    Handoff,
)
from conversations.record import record_change


@transaction.atomic
def escalate(conversation: Conversation, *, by: Actor, why: str) -> Conversation:
    """Take the handoff's next escalation step; after the last one it stays there.

    Does nothing when no handoff waits. Each step happens once, whoever fires it.
    """
    conversation = Conversation.objects.select_related("inbox").locked(conversation.pk)
    handoff = (
        conversation.handoffs.select_for_update(of=("self",))
        .filter(state=Handoff.State.WAITING)
        .first()
    )
    clear_deadline(conversation, Deadline.Kind.HANDOFF_ACCEPTANCE)
    if handoff is None:
        return conversation
    steps = list(conversation.inbox.escalation_steps.order_by("position"))
    if handoff.step >= len(steps):
        return conversation
    step = steps[handoff.step]
    _take(conversation, handoff, step, by=by, why=why)
    if handoff.step < len(steps):
        set_deadline(
            conversation,
            Deadline.Kind.HANDOFF_ACCEPTANCE,
            seconds=steps[handoff.step].after_seconds,
        )
    return conversation


def _take(
    conversation: Conversation,
    handoff: Handoff,
    step: EscalationStep,
    *,
    by: Actor,
    why: str,
) -> None:
    handoff.step += 1
    handoff.team = conversation.team = step.team
    handoff.save(update_fields=["step", "team"])
    fields = ["team"]
    if step.raise_priority and conversation.priority > Conversation.Priority.URGENT:
        conversation.priority -= 1
        fields.append("priority")
    Escalation.objects.create(handoff=handoff, step=handoff.step, team=step.team)
    record_change(
        conversation,
        verb="escalated",
        by=by,
        fields=fields,
        detail={"to": step.team.name, "step": handoff.step},
        why=why,
    )
    bus.publish(
        events.HandoffRequested(
            conversation_id=conversation.pk,
            inbox_id=conversation.inbox_id,
            version=conversation.version,
            handoff_id=handoff.pk,
        )
    )
