"""How an agent likes the console."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from omnidesk.console import screen
from omnidesk.console.access import AgentRequest
from omnidesk.console.forms import ThemeForm
from omnidesk.console.zones import agent_page


@require_POST
@agent_page
def theme(request: AgentRequest) -> HttpResponse:
    """Choose light, dark or the system's colors."""
    form = ThemeForm(request.POST)
    if form.is_valid():
        request.user.theme = form.cleaned_data["theme"]
        request.user.save(update_fields=["theme"])
    return redirect(screen.place_of(request).url())


@require_POST
@agent_page
def shortcuts(request: AgentRequest) -> HttpResponse:
    """Switch single-key shortcuts on or off (WCAG 2.1.4)."""
    request.user.single_key_shortcuts = request.POST.get("single_key") == "on"
    request.user.save(update_fields=["single_key_shortcuts"])
    return redirect(screen.place_of(request).url())
