"""Who has read how far."""

from conversations.models import Conversation, ReadMark
from omnidesk.accounts.models import User


def mark_read(user: User, conversation: Conversation, *, up_to: int) -> None:
    """Remember the newest message the agent has seen. One query, never backwards."""
    if not up_to:
        return
    ReadMark.objects.bulk_create(
        [ReadMark(agent=user, conversation=conversation, message_id=up_to)],
        update_conflicts=True,
        unique_fields=["agent", "conversation"],
        update_fields=["message_id"],
    )
