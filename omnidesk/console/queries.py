"""What the list and the navigation show, in a fixed number of queries."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left

from channels_inbound.models import Receipt
from conversations.access import inboxes_of, visible_to
from conversations.filters import narrow
from conversations.models import Conversation, Handoff, Inbox, Team
from omnidesk.accounts.models import User
from omnidesk.console.lists import LISTS, ConversationList

PAGE_SIZE = 50
PREVIEW_LENGTH = 140

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


@dataclass(frozen=True)
class Page:
    """Up to 50 rows, and where the next page begins, if there is one."""

    rows: list[Conversation]
    next_cursor: str | None
    # The filters that were understood, by name.
    filters: dict[str, Any]


@dataclass(frozen=True)
class Navigation:
    """The lists, teams and inboxes an agent sees, each with its count."""

    counts: Mapping[str, int]
    teams: list[tuple[Team, int]]
    inboxes: list[tuple[Inbox, int]]
    unread_receipts: int


def rows(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Load what `_row.html` shows, in one query: the preview, not the whole mail."""
    waiting = Handoff.objects.filter(
        conversation=OuterRef("pk"), state=Handoff.State.WAITING
    )
    return (
        conversations.select_related(
            "customer", "assignee", "team", "last_message__via", "last_message__author"
        )
        .defer("customer__notes", "last_message__text", "last_message__sources")
        .annotate(
            preview=Left("last_message__text", PREVIEW_LENGTH),
            handoff_at=Subquery(waiting.values("created_at")[:1]),
        )
    )


def row(conversation_id: int) -> Conversation:
    """Return one conversation with what its row shows. The caller has checked access."""
    return rows(Conversation.objects.all()).get(pk=conversation_id)


def chosen(user: User, shown: ConversationList, query: Any) -> QuerySet[Conversation]:
    """Return what a list holds for this agent, narrowed by the filters."""
    return narrow(visible_to(user).filter(shown.holds(user)), query)[0]


def page(
    user: User, shown: ConversationList, query: Any, *, cursor: str | None = None
) -> Page:
    """Return a page of a list. One query, however many pages came before."""
    narrowed, filters = narrow(visible_to(user).filter(shown.holds(user)), query)
    ordered = rows(narrowed).order_by(*_order(shown))
    found = list(_after(ordered, shown, cursor)[: PAGE_SIZE + 1])
    more = len(found) > PAGE_SIZE
    found = found[:PAGE_SIZE]
    return Page(
        rows=found,
        next_cursor=cursor_of(found[-1], shown) if more else None,
        filters=filters,
    )


def next_in(
    user: User, shown: ConversationList, query: Any, *, after: Conversation
) -> Conversation | None:
    """Return the conversation below this one, or the first one when it is the last."""
    others = chosen(user, shown, query).exclude(pk=after.pk)
    ordered = others.order_by(*_order(shown))
    if getattr(after, shown.sort_field) is not None:
        below = _after(ordered, shown, cursor_of(after, shown)).first()
        if below is not None:
            return below
    return ordered.first()


def cursor_of(conversation: Conversation, shown: ConversationList) -> str:
    """Return where the page after this row begins: microseconds and number."""
    moment: datetime.datetime = getattr(conversation, shown.sort_field)
    return f"{(moment - _EPOCH) // _MICROSECOND}-{conversation.pk}"


def _order(shown: ConversationList) -> tuple[str, str]:
    return shown.order, "-pk" if shown.is_descending else "pk"


def _after(
    ordered: QuerySet[Conversation], shown: ConversationList, cursor: str | None
) -> QuerySet[Conversation]:
    """Keep what comes after the cursor; a cursor that makes no sense is ignored."""
    if not cursor:
        return ordered
    microseconds, _, number = cursor.partition("-")
    try:
        moment = _EPOCH + int(microseconds) * _MICROSECOND
        pk = int(number)
    except (ValueError, OverflowError):
        return ordered
    field = shown.sort_field
    beyond = "lt" if shown.is_descending else "gt"
    return ordered.filter(
        Q(**{f"{field}__{beyond}": moment}) | Q(**{field: moment, f"pk__{beyond}": pk})
    )


def navigation(user: User) -> Navigation:
    """Count every list, team and inbox. Four queries, the counts in one of them."""
    teams = list(_teams_of(user))
    inboxes = list(inboxes_of(user))
    open_ = Q(status=Conversation.Status.OPEN)
    counted = {
        item.name: Count("pk", filter=item.holds(user))
        for item in LISTS.values()
        if item.name != "resolved"
    }
    counted |= {f"team_{t.pk}": Count("pk", filter=open_ & Q(team=t)) for t in teams}
    counted |= {
        f"inbox_{i.pk}": Count("pk", filter=open_ & Q(inbox=i)) for i in inboxes
    }
    # Resolved ones are most of the table and are not counted.
    counts = visible_to(user).active().aggregate(**counted)
    return Navigation(
        counts=counts,
        teams=[(team, counts[f"team_{team.pk}"]) for team in teams],
        inboxes=[(inbox, counts[f"inbox_{inbox.pk}"]) for inbox in inboxes],
        unread_receipts=quarantined(user).count(),
    )


def quarantined(user: User) -> QuerySet[Receipt]:
    """Return what came to the user's inboxes and could not be read, newest first."""
    return (
        Receipt.objects.filter(
            state=Receipt.State.QUARANTINED, account__inbox__in=inboxes_of(user)
        )
        .select_related("account__inbox")
        .order_by("-received_at", "-pk")
    )


def _teams_of(user: User) -> QuerySet[Team]:
    if user.sees_all_inboxes:
        return Team.objects.all()
    return Team.objects.filter(members=user)
