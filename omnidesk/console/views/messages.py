"""What agents write: replies and notes, taken back or sent again."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conversations import actions
from conversations.actor import agent
from conversations.errors import ConversationError, Stale, TooLate
from conversations.models import Conversation, Message
from omnidesk.console import answer, attachments, queries, screen, thread
from omnidesk.console.access import AgentRequest, conversation_for, message_for
from omnidesk.console.forms import ComposerForm
from omnidesk.console.reply_channels import reply_channels
from omnidesk.console.zones import agent_page


@require_POST
@agent_page
def write(request: AgentRequest, number: int) -> HttpResponse:
    """Send a reply or write a note; 409 with what is newer, 422 with what is wrong."""
    conversation = conversation_for(request.user, number)
    form = ComposerForm(
        request.POST,
        request.FILES,
        user=request.user,
        ways=reply_channels(conversation),
    )
    if not form.is_valid():
        return answer.refused(request, conversation, form, status=422)
    form.kept_files += attachments.keep(form.cleaned_data["uploads"], by=request.user)
    try:
        _write(request, conversation, form)
    except Stale as stale:
        form.newer = thread.bubbles_of(stale.newer, version=conversation.version)
        return answer.refused(request, conversation, form, status=409)
    except ConversationError as error:
        form.add_error(None, error.explanation)
        return answer.refused(request, conversation, form, status=422)
    if form.cleaned_data["resolve"]:
        return resolve_and_move_on(request, conversation)
    return answer.changed(request, conversation, composer=True)


@transaction.atomic
def _write(
    request: AgentRequest, conversation: Conversation, form: ComposerForm
) -> None:
    """Call the action; files that a repeated post brought again are forgotten."""
    data, by = form.cleaned_data, agent(request.user)
    if data["kind"] == "note" or form.way is None:
        actions.note(
            conversation,
            text=data["text"],
            by=by,
            client_id=data["client_id"],
            attachments=form.kept_files,
        )
    else:
        actions.reply(
            conversation,
            text=data["text"],
            via=form.way.via,
            identity=form.way.identity,
            by=by,
            after=data["after"],
            client_id=data["client_id"],
            attachments=form.kept_files,
        )
    attachments.forget(form.kept_files)


def resolve_and_move_on(
    request: AgentRequest, conversation: Conversation
) -> HttpResponse:
    """Resolve a conversation and open the one below it in the list."""
    place = screen.place_of(request)
    following = queries.next_in(
        request.user, place.shown, place.query, after=conversation
    )
    actions.resolve(conversation, by=agent(request.user))
    answer.say_resolved(request, conversation)
    return answer.moved_on(request, conversation, following)


@require_POST
@agent_page
def take_back(request: AgentRequest, number: int, message_id: int) -> HttpResponse:
    """Undo a reply that has not left; its words go back into the composer."""
    message = message_for(request.user, number, message_id)
    try:
        actions.take_back(message, by=agent(request.user))
    except TooLate as error:
        return answer.complained(request, message.conversation, error.explanation)
    if screen.is_partial(request):
        return answer.changed(
            request, message.conversation, text=message.text, composer=True
        )
    url = screen.place_of(request).url(message.conversation)
    joint = "&" if "?" in url else "?"
    return redirect(f"{url}{joint}draft={message.pk}")


@require_POST
@agent_page
def retry(request: AgentRequest, number: int, message_id: int) -> HttpResponse:
    """Send a failed message again."""
    message = message_for(request.user, number, message_id)
    tried = actions.retry(message, by=agent(request.user))
    if tried.delivery != Message.Delivery.QUEUED:
        return answer.complained(
            request, message.conversation, _("This message is on its way already.")
        )
    return answer.changed(request, message.conversation)
