"""Files of messages, for those who may see the conversation."""

from django.http import FileResponse
from django.views.decorators.http import require_GET

from omnidesk.console.access import AgentRequest, attachment_for
from omnidesk.console.attachments import DOWNLOAD_TYPE, shown_type
from omnidesk.console.zones import agent_page

# Whatever the bytes are, they run nothing and load nothing.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def seal(response: FileResponse) -> FileResponse:
    """Forbid the browser to guess the type, run anything or keep a shared copy."""
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_GET
@agent_page
def attachment(request: AgentRequest, number: int, uuid: str) -> FileResponse:
    """Show an image, or download anything else, under the name it came with."""
    found = attachment_for(request.user, number, uuid)
    file = found.file.open("rb")
    content_type = shown_type(file)
    response = FileResponse(
        file,
        as_attachment=content_type == DOWNLOAD_TYPE,
        filename=found.filename.replace("\r", " ").replace("\n", " "),
        content_type=content_type,
    )
    return seal(response)
