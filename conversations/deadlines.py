"""Deadlines are rows: set, move, clear and claim them."""

import datetime

from django.db import transaction
from django.utils import timezone

from conversations.models import Conversation, Deadline

RETRY_SECONDS = 60  # a deadline whose action fails comes again after so long


def set_deadline(conversation: Conversation, kind: str, *, seconds: float) -> None:
    """Set or move a deadline to `seconds` from now."""
    due_at = timezone.now() + datetime.timedelta(seconds=seconds)
    Deadline.objects.update_or_create(
        conversation=conversation, kind=kind, defaults={"due_at": due_at}
    )


def keep_deadline(conversation: Conversation, kind: str, *, seconds: float) -> None:
    """Set a deadline unless there is one: more of the same does not move it."""
    due_at = timezone.now() + datetime.timedelta(seconds=seconds)
    Deadline.objects.get_or_create(
        conversation=conversation, kind=kind, defaults={"due_at": due_at}
    )


def set_deadline_at(
    conversation: Conversation, kind: str, *, due_at: datetime.datetime
) -> None:
    """Set or move a deadline to a moment."""
    Deadline.objects.update_or_create(
        conversation=conversation, kind=kind, defaults={"due_at": due_at}
    )


def clear_deadline(conversation: Conversation, kind: str) -> None:
    """Forget a deadline; nothing happens if there is none."""
    Deadline.objects.filter(conversation=conversation, kind=kind).delete()


@transaction.atomic
def claim_due() -> Deadline | None:
    """Return the oldest due deadline that no other worker holds, or None.

    It is pushed forward before anything is done about it: if the action raises
    or the worker dies, it comes again in a minute, and others go first.
    """
    deadline = (
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(due_at__lte=timezone.now())
        .order_by("due_at")
        .first()
    )
    if deadline is None:
        return None
    deadline.due_at = timezone.now() + datetime.timedelta(seconds=RETRY_SECONDS)
    deadline.attempt_count += 1
    deadline.save(update_fields=["due_at", "attempt_count"])
    return deadline
