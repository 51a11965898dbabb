"""What an agent may see and do: the only way to fetch on someone's behalf."""

from collections.abc import Iterable
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


def inbox_ids_of(users: Iterable[Viewer]) -> dict[int, frozenset[int]]:
    """Return what `inboxes_of` says for many users at once, by user. Two queries."""
    users = [user for user in users if user.is_active]
    found: dict[int, set[int]] = {user.pk: set() for user in users}
    everywhere = {user.pk for user in users if user.sees_all_inboxes}
    if everywhere:
        every_inbox = set(Inbox.objects.values_list("pk", flat=True))
        found |= dict.fromkeys(everywhere, every_inbox)
    for user_id, inbox_id in Inbox.teams.through.objects.filter(
        team__members__in=found.keys() - everywhere
    ).values_list("team__members", "inbox_id"):
        if user_id in found and user_id not in everywhere:
            found[user_id].add(inbox_id)
    return {pk: frozenset(inboxes) for pk, inboxes in found.items()}


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
