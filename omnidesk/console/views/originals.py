"""What a provider sent, before anything was trimmed: shown on demand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from conversations.models import Original
from omnidesk.console import screen
from omnidesk.console.access import AgentRequest, message_for
from omnidesk.console.originals import sanitize
from omnidesk.console.zones import agent_page

# Twice the same lock: the frame's sandbox attribute, and this for whoever opens
# the address itself. Inline styles were filtered by name and can load nothing.
POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "img-src data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


@require_GET
@agent_page
def quoted(request: AgentRequest, number: int, message_id: int) -> HttpResponse:
    """Show all of a message's text, quotes and signature included."""
    message = message_for(request.user, number, message_id)
    original = Original.objects.filter(message=message).defer("html").first()
    if original is None:
        raise Http404
    name = "_quoted" if screen.is_partial(request) else "quoted"
    context = {"message": message, "original": original}
    return render(request, f"console/{name}.html", context)


@require_GET
@agent_page
@xframe_options_sameorigin
def html(request: AgentRequest, number: int, message_id: int) -> HttpResponse:
    """Show a mail's own HTML, made harmless, for a sandboxed frame."""
    message = message_for(request.user, number, message_id)
    original = Original.objects.filter(message=message).exclude(html="").first()
    if original is None:
        raise Http404
    sanitized = sanitize(original.html, message.attachments.all())
    context = {
        "message": message,
        "body": mark_safe(sanitized.html),  # noqa: S308 - sanitized by nh3 just above
        "blocked_count": sanitized.blocked_count,
    }
    response = render(request, "console/original.html", context)
    response["Content-Security-Policy"] = POLICY
    return response
