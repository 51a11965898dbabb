"""Parts of the screen as HTML that is the same for every viewer."""

import dataclasses

from django.db.models import BooleanField, ExpressionWrapper
from django.template.loader import render_to_string

from conversations.models import Conversation
from omnidesk.console import queries, screen, thread
from omnidesk.console.frames import RowFrame
from omnidesk.console.lists import LISTS
from omnidesk.console.thread import Bubble, Line


def row_frame(conversation_id: int, *, version: int, news: bool) -> RowFrame:
    """Return a conversation's row and which lists it is in. One query.

    What it says is at least as new as `version`, which is what it is stamped with:
    the frame of a later version brings the rest.
    """
    places = {
        f"in_{item.name}": ExpressionWrapper(item.query, output_field=BooleanField())
        for item in LISTS.values()
    }
    row = (
        queries.rows(Conversation.objects.all())
        .annotate(**places)
        .get(pk=conversation_id)
    )
    row.version = version
    return RowFrame(
        type="row",
        conversation=row.pk,
        version=version,
        html=row_html(row),
        lists=[name for name in LISTS if getattr(row, f"in_{name}")],
        assignee=row.assignee_id,
        news=news,
    )


def row_html(row: Conversation) -> str:
    """Return a row from `queries.rows`. Live rows carry no list's query string."""
    return render_to_string("console/_row.html", {"row": row})


def item_html(item: Bubble | Line, *, version: int) -> tuple[str, str]:
    """Return a bubble's or an activity line's element id and HTML."""
    if isinstance(item, Bubble):
        bubble = dataclasses.replace(item, version=version)
        html = render_to_string("console/_message.html", {"bubble": bubble})
        return f"message-{item.message.pk}", html
    line = dataclasses.replace(item, version=version)
    return f"entry-{item.entry.pk}", render_to_string(
        "console/_entry.html", {"line": line}
    )


def parts(conversation_id: int, *, version: int) -> dict[str, str]:
    """Return the thread's header and packet card by element id. Four queries."""
    conversation = Conversation.objects.select_related(
        "customer", "team", "assignee"
    ).get(pk=conversation_id)
    conversation.version = version
    context = {
        "conversation": conversation,
        "handoff": thread.waiting_handoff(conversation),
        **screen.header_context(conversation),
    }
    return {
        "header": render_to_string("console/_header.html", context),
        "handoff": render_to_string("console/_handoff.html", context),
    }
