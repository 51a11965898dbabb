"""What came in and could not be read: seen, downloaded, tried again."""

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from channels_inbound.ingest import retry_quarantined
from channels_inbound.models import Receipt
from omnidesk.console import queries, screen
from omnidesk.console.access import AgentRequest, receipt_for
from omnidesk.console.views.attachments import seal
from omnidesk.console.zones import agent_page

PAGE_SIZE = 50


@require_GET
@agent_page
def receipts(request: AgentRequest) -> HttpResponse:
    """List what could not be read, newest first, with the reason."""
    found = queries.quarantined(request.user).defer("raw", "context")
    context = {
        "place": screen.place_of(request),
        "lists": screen.all_lists(),
        "navigation": queries.navigation(request.user),
        "is_receipts": True,
        "receipts": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "console/receipts.html", context)


@require_GET
@agent_page
def raw(request: AgentRequest, pk: int) -> FileResponse:
    """Download the bytes as they came."""
    receipt = receipt_for(request.user, pk)
    return seal(
        FileResponse(
            io.BytesIO(bytes(receipt.raw)),
            as_attachment=True,
            filename=f"receipt-{receipt.pk}.bin",
            content_type="application/octet-stream",
        )
    )


@require_POST
@agent_page
def retry(request: AgentRequest, pk: int) -> HttpResponse:
    """Read it again, because something was repaired meanwhile."""
    receipt = receipt_for(request.user, pk)
    received = retry_quarantined(receipt)
    state = Receipt.objects.values_list("state", flat=True).get(pk=receipt.pk)
    if received:
        return redirect("console:conversation", received[0].message.conversation_id)
    if state == Receipt.State.PROCESSED:
        messages.success(request, _("It was read."))
    else:
        messages.error(request, _("It still could not be read."))
    return redirect("console:receipts")
