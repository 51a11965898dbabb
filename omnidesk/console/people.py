"""Who can be given a conversation: the agents and teams that see its inbox."""

from django.db.models import Q, QuerySet

from conversations.models import Conversation, Team
from omnidesk.accounts.models import User


def agents_of(conversation: Conversation) -> QuerySet[User]:
    """Return the agents who may see the conversation, by name."""
    everywhere = [User.Role.LEAD, User.Role.MANAGER]
    return (
        User.objects.filter(is_active=True)
        .filter(Q(role__in=everywhere) | Q(teams__inboxes=conversation.inbox_id))
        .distinct()
        .order_by("name", "pk")
    )


def teams_of(conversation: Conversation) -> QuerySet[Team]:
    """Return the teams that work the conversation's inbox, by name."""
    return Team.objects.filter(inboxes=conversation.inbox_id).order_by("name")
