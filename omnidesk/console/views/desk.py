"""The list, and a conversation beside it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from omnidesk.console import screen, thread
from omnidesk.console.access import AgentRequest, conversation_for
from omnidesk.console.numbers import key_in
from omnidesk.console.reading import mark_read
from omnidesk.console.zones import agent_page


@require_GET
@agent_page
def desk(request: AgentRequest) -> HttpResponse:
    """Show a list with no conversation open."""
    place = screen.place_of(request)
    context = screen.list_context(request.user, place, cursor=request.GET.get("from"))
    return render(request, "console/desk.html", context)


@require_GET
@agent_page
def rows(request: AgentRequest) -> HttpResponse:
    """Show the rows alone: a further page, or the first one again."""
    place = screen.place_of(request)
    context = screen.list_context(request.user, place, cursor=request.GET.get("from"))
    return render(request, "console/_rows.html", context)


@require_GET
@agent_page
def conversation(request: AgentRequest, number: int) -> HttpResponse:
    """Open a conversation: the whole desk, or its two panes for htmx."""
    user, place = request.user, screen.place_of(request)
    opened = conversation_for(user, number)
    context = screen.conversation_context(
        user, opened, place, before=key_in(request.GET.get("before"))
    )
    mark_read(user, opened, up_to=context["thread"].last_message_id)
    draft = screen.taken_back_text(user, opened, request.GET.get("draft", ""))
    if draft:
        context["form"].initial["text"] = draft
    if screen.is_partial(request):
        return render(request, "console/_opened.html", context)
    context |= screen.list_context(user, place)
    return render(request, "console/desk.html", context)


@require_GET
@agent_page
def earlier(request: AgentRequest, number: int) -> HttpResponse:
    """Show the part of a thread before a message."""
    opened = conversation_for(request.user, number)
    before = key_in(request.GET.get("before"))
    context = {
        "conversation": opened,
        "thread": thread.read(opened, before=before),
        "place": screen.place_of(request),
    }
    return render(request, "console/_items.html", context)


@require_GET
@agent_page
def panel(request: AgentRequest, number: int) -> HttpResponse:
    """Show the customer's panel alone."""
    opened = conversation_for(request.user, number)
    context = screen.conversation_context(
        request.user, opened, screen.place_of(request)
    )
    return render(request, "console/_panel.html", context)
