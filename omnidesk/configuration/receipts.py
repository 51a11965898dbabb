"""Receipts: what providers sent, and what could not be read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from channels_inbound import ingest
from channels_inbound.models import Receipt
from omnidesk.configuration.by_role import ReadOnlyAdmin
from omnidesk.configuration.site import site

SHOWN_BYTES = 20_000


@admin.register(Receipt, site=site)
class ReceiptAdmin(ReadOnlyAdmin):
    """Receipts."""

    list_display = ("pk", "account", "state", "error", "received_at")
    list_filter = ("state", "account")
    list_select_related = ("account",)
    ordering = ("-received_at",)
    fields = (
        *("account", "state", "error", "attempt_count", "next_attempt_at"),
        *("received_at", "processed_at", "raw_text"),
    )
    actions = ("read_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Receipt]:
        """Leave the bytes where they are until one receipt is opened."""
        receipts: QuerySet[Receipt] = super().get_queryset(request)
        return receipts.defer("raw")

    @admin.action(description="Read again", permissions=["view"])
    def read_again(self, request: HttpRequest, chosen: QuerySet[Receipt]) -> None:
        """Try to read what is in quarantine once more."""
        waiting = list(chosen.filter(state=Receipt.State.QUARANTINED))
        filed = sum(1 for receipt in waiting if ingest.retry_quarantined(receipt))
        words = {"filed": filed, "tried": len(waiting)}
        self.message_user(
            request, _("%(filed)s of %(tried)s receipts could be read.") % words
        )

    @admin.display(description="as received")
    def raw_text(self, receipt: Receipt) -> SafeString:
        """Show the beginning of the bytes as text."""
        raw = bytes(receipt.raw)[:SHOWN_BYTES].decode("utf-8", "replace")
        return format_html("<pre>{}</pre>", raw)
