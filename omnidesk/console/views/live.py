"""The screen's sync by HTTP, while its socket is down."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from omnidesk.console import attendance, frames
from omnidesk.console.access import AgentRequest
from omnidesk.console.zones import agent_page

POLLING = "poll"  # the name under which a screen without a socket is present


@require_POST
@agent_page
def sync(request: AgentRequest) -> HttpResponse:
    """Answer what the screen says it shows with what it lacks."""
    if int(request.headers.get("Content-Length") or 0) > frames.FRAME_BYTES:
        return JsonResponse({"type": "error"}, status=400)
    try:
        shown = frames.shown(frames.read(request.body))
    except frames.BadFrame:
        return JsonResponse({"type": "error"}, status=400)
    return JsonResponse(attendance.sync_of(request.user, POLLING, shown))
