"""What a screen lacks of what it shows: the truth behind every live frame."""

from collections.abc import Mapping

from django.db.models import Q
from django.http import QueryDict
from django.template.loader import render_to_string

from conversations.access import get_for
from conversations.models import Conversation
from omnidesk.accounts.models import User
from omnidesk.console import pieces, presence, queries, screen, thread
from omnidesk.console.frames import Shown, ShownThread, SyncAnswer, ThreadAnswer
from omnidesk.console.lists import list_named
from omnidesk.console.screen import LIST_PARAMETERS, Place

# Deliveries whose explanation or time can change while the state stays.
_RESTLESS = frozenset({"queued", "sending", "failed", "unknown"})


def answer(user: User, shown: Shown) -> SyncAnswer:
    """Return the rows, counts and parts of the thread that are stale or missing.

    Two queries tell whether a row is stale; only stale ones are loaded.
    """
    place = place_named(shown.view)
    rows, removed = _rows(user, place, shown.rows)
    page = queries.Page(rows=[], next_cursor=None, filters={})
    counts = {
        "place": place,
        "page": page,
        "lists": screen.all_lists(),
        "navigation": queries.navigation(user),
    }
    return SyncAnswer(
        type="synced",
        rows=rows,
        removed=removed,
        views=render_to_string("console/_views.html", counts),
        # A narrowed list counts its rows, which the screen does itself.
        count=""
        if place.is_narrowed
        else render_to_string("console/_count.html", counts).strip(),
        thread=None if shown.thread is None else thread_answer(user, shown.thread),
    )


def place_named(view: str) -> Place:
    """Return the list that a screen's query string names."""
    said, query = QueryDict(view.removeprefix("?")), QueryDict(mutable=True)
    for name in LIST_PARAMETERS:
        if said.get(name):
            query[name] = said[name]
    return Place(query=query, shown=list_named(query.get("view")))


def thread_answer(user: User, shown: ShownThread) -> ThreadAnswer:
    """Return what the open thread lacks; a hidden one and none at all look the same."""
    number = shown.conversation
    try:
        conversation = get_for(user, number)
    except Conversation.DoesNotExist:
        return ThreadAnswer(conversation=number, gone=True)
    people = presence.people(number)
    version = conversation.version
    if version == shown.version:
        return ThreadAnswer(conversation=number, version=version, people=people)
    items, removed = _items(conversation, shown)
    return ThreadAnswer(
        conversation=number,
        version=version,
        items=items,
        removed=removed,
        parts=pieces.parts(number, version=version),
        people=people,
    )


def _rows(
    user: User, place: Place, shown: Mapping[int, int]
) -> tuple[dict[str, str], list[int]]:
    """Return the rows that are new or stale, and the numbers that left the list."""
    held = queries.chosen(user, place.shown, place.query)
    length = max(queries.PAGE_SIZE, len(shown))
    order = (place.shown.order, "-pk" if place.shown.is_descending else "pk")
    versions = dict(held.order_by(*order).values_list("pk", "version")[:length])
    # A row that new ones pushed off the page is still in the list.
    rest = shown.keys() - versions.keys()
    if rest:
        versions |= held.filter(pk__in=rest).values_list("pk", "version")
    stale = [pk for pk, version in versions.items() if shown.get(pk) != version]
    loaded = queries.rows(Conversation.objects.filter(pk__in=stale)) if stale else ()
    html = {f"row-{row.pk}": pieces.row_html(row) for row in loaded}
    return html, sorted(shown.keys() - versions.keys())


def _items(
    conversation: Conversation, shown: ShownThread
) -> tuple[dict[str, str], list[str]]:
    """Return bubbles and lines that are new or stale, and ids of moved messages."""
    reach = Q(pk__gte=min(shown.messages, default=0)) | Q(pk__in=list(shown.messages))
    now = dict(
        conversation.messages.filter(reach)
        .order_by("-pk")
        .values_list("pk", "delivery")[: thread.WINDOW + len(shown.messages)]
    )
    stale = {
        pk for pk, state in now.items() if _is_stale(shown.messages.get(pk), state)
    }
    read = thread.read(conversation)
    found = [item for item in read.items if _wanted(item, stale, shown.last_entry)]
    older = stale - {
        item.message.pk for item in read.items if isinstance(item, thread.Bubble)
    }
    found += [thread.bubble(pk) for pk in sorted(older)]
    items = dict(pieces.item_html(i, version=conversation.version) for i in found)
    return items, [f"message-{pk}" for pk in shown.messages if pk not in now]


def _is_stale(shown: str | None, state: str) -> bool:
    return shown != state or state in _RESTLESS


def _wanted(item: "thread.Bubble | thread.Line", stale: set[int], entry: int) -> bool:
    if isinstance(item, thread.Bubble):
        return item.message.pk in stale
    return item.entry.pk > entry
