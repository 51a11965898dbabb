"""What an agent may see and do: the only way to fetch on someone's behalf."""

from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet

from conversations.models import Conversation, Inbox
from conversations.models.conversation import ConversationQuerySet


class Viewer(Protocol):
    """What access needs to know of a user."""

    pk: int
    is_active: bool

    @property
    def sees_all_inboxes(self) -> bool:
        """Return whether the role reaches beyond the user's own teams."""


def inboxes_of(user: Viewer) -> QuerySet[Inbox]:
    """Return the inboxes whose conversations the user may see."""
    if not user.is_active:
        return Inbox.objects.none()
    if user.sees_all_inboxes:
        return Inbox.objects.all()
    return Inbox.objects.filter(
        Exists(
            Inbox.teams.through.objects.filter(
                inbox_id=OuterRef("pk"), team__members=user.pk
            )
        )
    )


def visible_to(user: Viewer) -> ConversationQuerySet:
    """Return the conversations the user may see, and with that answer.

    Everything that shows, sends, searches, exports or streams a conversation
    starts here.
    """
    return Conversation.objects.filter(inbox__in=inboxes_of(user))


def get_for(user: Viewer, pk: int) -> Conversation:
    """Return one conversation; raises Conversation.DoesNotExist for a hidden one.

    A hidden conversation and one that does not exist look the same.
    """
    return (
        visible_to(user)
        .select_related("customer", "inbox", "team", "assignee", "last_message")
        .get(pk=pk)
    )


def may_see(user: Viewer, conversation_id: int) -> bool:
    """Return whether the user may see the conversation now. One query."""
    return visible_to(user).filter(pk=conversation_id).exists()
