"""How an action answers: the changed parts for htmx, a redirect for plain forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from conversations.models import Conversation
from omnidesk.console import queries, screen
from omnidesk.console.access import AgentRequest, conversation_for
from omnidesk.console.forms import ComposerForm
from omnidesk.console.reading import mark_read


def changed(
    request: AgentRequest,
    conversation: Conversation,
    *,
    text: str | None = None,
    composer: bool = False,
) -> HttpResponse:
    """Show what an action changed. `composer`: with a new one, holding `text`."""
    place = screen.place_of(request)
    if not screen.is_partial(request):
        return redirect(place.url(conversation))
    fresh = conversation_for(request.user, conversation.pk)
    context = screen.conversation_context(request.user, fresh, place)
    if text:
        context["form"].initial["text"] = text
    context |= _row_context(request, fresh, place)
    return render(
        request, "console/_changed.html", {**context, "with_composer": composer}
    )


def moved_on(
    request: AgentRequest, conversation: Conversation, following: Conversation | None
) -> HttpResponse:
    """Open the next conversation after this one is done with."""
    place = screen.place_of(request)
    if not screen.is_partial(request):
        return redirect(place.url(following))
    context: dict[str, Any] = {
        "place": place,
        **_row_context(request, conversation, place),
    }
    if following is not None:
        opened = conversation_for(request.user, following.pk)
        context |= screen.conversation_context(request.user, opened, place)
        mark_read(request.user, opened, up_to=context["thread"].last_message_id)
    response = render(request, "console/_moved_on.html", context)
    response["HX-Push-Url"] = place.url(following)
    return response


def refused(
    request: AgentRequest,
    conversation: Conversation,
    form: ComposerForm,
    *,
    status: int,
) -> HttpResponse:
    """Show the composer again with its text and what is wrong, or new meanwhile."""
    place = screen.place_of(request)
    context = screen.conversation_context(request.user, conversation, place, form=form)
    if screen.is_partial(request):
        return render(request, "console/_refused.html", context, status=status)
    context |= screen.list_context(request.user, place)
    return render(request, "console/desk.html", context, status=status)


def complained(
    request: AgentRequest, conversation: Conversation, explanation: str
) -> HttpResponse:
    """Say why an action was not done, beside how things are now."""
    messages.error(request, explanation)
    return changed(request, conversation)


def _row_context(
    request: AgentRequest, conversation: Conversation, place: screen.Place
) -> dict[str, Any]:
    """Return the row as it is now, and whether it still belongs to the list."""
    shown = queries.chosen(request.user, place.shown, place.query)
    return {
        "row": queries.row(conversation.pk),
        "row_stays": shown.filter(pk=conversation.pk).exists(),
        "lists": screen.all_lists(),
        "navigation": queries.navigation(request.user),
    }


def say_resolved(request: AgentRequest, conversation: Conversation) -> None:
    """Say that it is resolved, with a way to undo it."""
    subject = Truncator(conversation.subject or str(conversation.customer)).chars(60)
    messages.success(
        request,
        _("Resolved “%(subject)s”.") % {"subject": subject},
        # The template makes the Undo button's address of it.
        extra_tags=reverse("console:reopen", args=[conversation.pk]),
    )
