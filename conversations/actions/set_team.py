"""Give a conversation to a team."""

from django.db import transaction

from conversations.actor import Actor
from conversations.models import Conversation, Team
from conversations.record import record_change


@transaction.atomic
def set_team(
    conversation: Conversation, *, to: Team | None, by: Actor, why: str = ""
) -> Conversation:
    """Make a team responsible, or none."""
    conversation = Conversation.objects.select_related("team").locked(conversation.pk)
    if conversation.team_id == (to.pk if to else None):
        return conversation
    conversation.team = to
    record_change(
        conversation,
        verb="team_set",
        by=by,
        fields=["team"],
        detail={"to": to.name if to else ""},
        why=why,
    )
    return conversation
