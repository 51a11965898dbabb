"""Who has read how far."""

from conversations.models import Conversation, ReadMark
from omnidesk.accounts.models import User


def mark_read(user: User, conversation: Conversation, *, up_to: int) -> None:
    """Remember the newest message the agent has seen; never backwards. Two queries."""
    if not up_to:
        return
    marks = ReadMark.objects.filter(agent=user, conversation=conversation)
    if marks.filter(message_id__lt=up_to).update(message_id=up_to):
        return
    ReadMark.objects.bulk_create(
        [ReadMark(agent=user, conversation=conversation, message_id=up_to)],
        ignore_conflicts=True,
    )
