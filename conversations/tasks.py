"""Celery's sweep over the deadlines of conversations."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.db import transaction

from conversations import actions
from conversations.actor import SYSTEM
from conversations.deadlines import claim_due
from conversations.models import Conversation, Deadline, Handoff

logger = logging.getLogger(__name__)

BATCH = 500  # deadlines a sweep fires before it makes room for the next one


@shared_task
def fire_due_deadlines() -> int:
    """Fire what is due, oldest first; return how many.

    Any number of schedulers and workers may run it at once: each deadline is
    claimed by one, and the action re-checks under the conversation's lock.
    """
    for fired in range(BATCH):
        deadline = claim_due()
        if deadline is None:
            return fired
        try:
            fire(deadline)
        except Exception:
            logger.exception("Deadline %s failed and comes again.", deadline.pk)
    return BATCH


@transaction.atomic
def fire(deadline: Deadline) -> None:
    """Do what a claimed deadline stands for, unless it was settled meanwhile.

    1. Lock the conversation: nobody can settle or move the deadline from here.
    2. Leave if the row is gone or was moved since it was claimed.
    3. Act, and remove the row unless the action set it anew.
    """
    Conversation.objects.locked(deadline.conversation_id)
    claimed = Deadline.objects.filter(pk=deadline.pk, due_at=deadline.due_at)
    if not claimed.exists():
        return
    _FIRE[deadline.kind](deadline)
    claimed.delete()


def _hand_off_silent_bot(deadline: Deadline) -> None:
    actions.hand_off(deadline.conversation, reason=Handoff.Reason.TIMEOUT, by=SYSTEM)


def _escalate(deadline: Deadline) -> None:
    actions.escalate(deadline.conversation, by=SYSTEM, why="nobody accepted in time")


def _wake(deadline: Deadline) -> None:
    actions.reopen(deadline.conversation, by=SYSTEM, why="the snooze ended")


_FIRE: dict[str, Callable[[Deadline], None]] = {
    Deadline.Kind.BOT_ANSWER: _hand_off_silent_bot,
    Deadline.Kind.HANDOFF_ACCEPTANCE: _escalate,
    Deadline.Kind.SNOOZE: _wake,
}
