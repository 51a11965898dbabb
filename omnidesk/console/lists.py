"""The lists an agent can look at: what is in each, and in which order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conversations.models import Conversation

if TYPE_CHECKING:
    from omnidesk.accounts.models import User

OPEN = Q(status=Conversation.Status.OPEN)
WITH_PEOPLE = Q(handler=Conversation.Handler.HUMAN)


@dataclass(frozen=True)
class ConversationList:
    """One list: its name in the URL, and which conversations it holds."""

    name: str
    label: str | Promise
    icon: str
    query: Q
    # Only what the viewer answers for.
    is_of_viewer: bool = False
    # The field that orders it; "-" puts the newest first.
    order: str = "-last_activity_at"
    # What an empty list says.
    empty: str | Promise = ""

    def holds(self, user: "User") -> Q:
        """Return what is in the list for this agent."""
        return self.query & Q(assignee=user.pk) if self.is_of_viewer else self.query

    @property
    def sort_field(self) -> str:
        """Return the ordering field without its direction."""
        return self.order.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        """Return whether the largest value comes first."""
        return self.order.startswith("-")


LISTS: dict[str, ConversationList] = {
    item.name: item
    for item in (
        ConversationList(
            "needs_reply",
            _("Needs reply"),
            "inbox",
            OPEN & WITH_PEOPLE & Q(waiting_since__isnull=False),
            order="waiting_since",
            empty=_("Nobody waits for an answer. Well done."),
        ),
        ConversationList(
            "mine",
            _("Mine"),
            "user",
            OPEN,
            is_of_viewer=True,
            empty=_("You have no open conversations. Take one from “Unassigned”."),
        ),
        ConversationList(
            "unassigned",
            _("Unassigned"),
            "user-plus",
            OPEN & WITH_PEOPLE & Q(assignee=None),
            empty=_("Every open conversation has somebody who answers for it."),
        ),
        ConversationList(
            "snoozed",
            _("Snoozed"),
            "alarm-clock",
            Q(status=Conversation.Status.SNOOZED),
            order="snoozed_until",
            empty=_("Nothing is snoozed."),
        ),
        ConversationList(
            "bot",
            _("With the bot"),
            "bot",
            OPEN & Q(handler=Conversation.Handler.BOT),
            empty=_("The bot has no conversations now."),
        ),
        ConversationList(
            "open",
            _("All open"),
            "list",
            OPEN,
            empty=_("Nothing is open."),
        ),
        ConversationList(
            "resolved",
            _("Resolved"),
            "circle-check",
            Q(status=Conversation.Status.RESOLVED),
            empty=_("Nothing has been resolved yet."),
        ),
    )
}
DEFAULT_LIST = LISTS["needs_reply"]


def list_named(name: str | None) -> ConversationList:
    """Return the list of that name, or the default one for a name unknown."""
    return LISTS.get(name or "", DEFAULT_LIST)
