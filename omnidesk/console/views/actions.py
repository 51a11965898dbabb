"""What agents do to a conversation beside writing; each one a form that is posted."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from conversations import actions
from conversations.actor import agent
from conversations.errors import ConversationError
from omnidesk.console import answer, snoozing
from omnidesk.console.access import AgentRequest, conversation_for
from omnidesk.console.forms import AssignForm, PriorityForm, SnoozeForm, TeamForm
from omnidesk.console.numbers import key_in
from omnidesk.console.views.messages import resolve_and_move_on
from omnidesk.console.zones import agent_page

UNKNOWN = "Choose one of the offered values."


@require_POST
@agent_page
def accept(request: AgentRequest, number: int) -> HttpResponse:
    """Accept a handoff, take over from the bot, or take it from who was seen to have it."""
    conversation = conversation_for(request.user, number)
    seen = key_in(request.POST.get("seen_assignee"))
    try:
        actions.accept(conversation, by=agent(request.user), seen_assignee=seen)
    except ConversationError as error:
        return answer.complained(request, conversation, error.explanation)
    return answer.changed(request, conversation)


@require_POST
@agent_page
def decline(request: AgentRequest, number: int) -> HttpResponse:
    """Pass on a handoff: the next step is asked."""
    conversation = conversation_for(request.user, number)
    actions.decline(conversation, by=agent(request.user))
    return answer.changed(request, conversation)


@require_POST
@agent_page
def assign(request: AgentRequest, number: int) -> HttpResponse:
    """Give the conversation to an agent who may see it, or to nobody."""
    conversation = conversation_for(request.user, number)
    form = AssignForm(request.POST, conversation=conversation)
    if not form.is_valid():
        return answer.complained(request, conversation, UNKNOWN)
    to = form.cleaned_data["assignee"]
    actions.assign(conversation, to=to, by=agent(request.user))
    return answer.changed(request, conversation)


@require_POST
@agent_page
def team(request: AgentRequest, number: int) -> HttpResponse:
    """Give the conversation to a team of its inbox, or to none."""
    conversation = conversation_for(request.user, number)
    form = TeamForm(request.POST, conversation=conversation)
    if not form.is_valid():
        return answer.complained(request, conversation, UNKNOWN)
    to = form.cleaned_data["team"]
    actions.set_team(conversation, to=to, by=agent(request.user))
    return answer.changed(request, conversation)


@require_POST
@agent_page
def priority(request: AgentRequest, number: int) -> HttpResponse:
    """Say how soon it matters."""
    conversation = conversation_for(request.user, number)
    form = PriorityForm(request.POST)
    if not form.is_valid():
        return answer.complained(request, conversation, UNKNOWN)
    chosen = form.cleaned_data["priority"]
    actions.prioritize(conversation, priority=chosen, by=agent(request.user))
    return answer.changed(request, conversation)


@require_POST
@agent_page
def snooze(request: AgentRequest, number: int) -> HttpResponse:
    """Hide the conversation until a moment of the agent's day."""
    conversation = conversation_for(request.user, number)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        return answer.complained(request, conversation, UNKNOWN)
    until = snoozing.moment(form.cleaned_data["until"])
    try:
        actions.snooze(conversation, until=until, by=agent(request.user))
    except ConversationError as error:
        return answer.complained(request, conversation, error.explanation)
    return answer.changed(request, conversation)


@require_POST
@agent_page
def resolve(request: AgentRequest, number: int) -> HttpResponse:
    """Call it done and open the next one; with `stay`, remain here."""
    conversation = conversation_for(request.user, number)
    if "stay" not in request.POST:
        return resolve_and_move_on(request, conversation)
    actions.resolve(conversation, by=agent(request.user))
    answer.say_resolved(request, conversation)
    return answer.changed(request, conversation)


@require_POST
@agent_page
def reopen(request: AgentRequest, number: int) -> HttpResponse:
    """Take it up again and open it: an Undo may come from beside another one."""
    conversation = conversation_for(request.user, number)
    actions.reopen(conversation, by=agent(request.user))
    response = answer.moved_on(request, conversation, conversation)
    response["HX-Trigger"] = "desk:resync"
    return response
