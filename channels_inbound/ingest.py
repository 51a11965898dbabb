"""Take what a provider sent: store it, commit, and only then work on it."""

import datetime
import hashlib
import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from channels_inbound.adapter import DeliveryReport, Parsed, RawRequest, Unreadable
from channels_inbound.models import ChannelAccount, Receipt
from channels_inbound.payload import clean
from channels_inbound.registry import adapter_named
from conversations import intake, outbox
from conversations.intake import InboundMessage, Received

logger = logging.getLogger(__name__)

# A receipt that fails is tried again after these waits, then quarantined.
RETRY_SECONDS = (15, 60)
# A worker that died over a receipt gives it up after so long: longer than a task
# may run (CELERY_TASK_TIME_LIMIT).
CLAIM_SECONDS = 150
# The sweep leaves a new receipt to the process that stored it for so long.
GRACE_SECONDS = 5


def accept(account: ChannelAccount, request: RawRequest) -> Receipt:
    """Store a provider's request and commit: from here nothing can lose it.

    Raises InvalidSignature. The same event again returns its first receipt.
    """
    adapter = adapter_named(account.adapter)
    adapter.verify(account, request)
    key = (
        adapter.event_key(account, request) or hashlib.sha256(request.body).hexdigest()
    )
    Receipt.objects.bulk_create(
        [
            Receipt(
                account=account,
                event_key=key[:255],
                raw=request.body,
                # An envelope or a header may hold bytes that jsonb refuses.
                context=clean(dict(request.context)),
            )
        ],
        ignore_conflicts=True,
    )
    return Receipt.objects.defer("raw").get(account=account, event_key=key[:255])


def process(receipt_id: int) -> list[Received]:
    """File what a stored receipt says; return the messages.

    Never raises for what the receipt holds: a failure is written on it, tried
    again by the sweep, and quarantined in the end, where agents see it.
    """
    receipt = _claim(receipt_id)
    if receipt is None:
        return []
    try:
        received = _file(receipt)
    except Unreadable as error:
        _fail(receipt, str(error), final=True)
        return []
    except Exception as error:
        logger.exception("Receipt %s could not be processed.", receipt.pk)
        _fail(receipt, f"{type(error).__name__}: {error}", final=False)
        return []
    Receipt.objects.filter(pk=receipt.pk).update(
        state=Receipt.State.PROCESSED,
        next_attempt_at=None,
        processed_at=timezone.now(),
        error="",
    )
    return received


def due_receipts(limit: int = 50) -> list[int]:
    """Return receipts that were stored and not processed, oldest due first.

    One that has just come is left to the process that stored it.
    """
    now = timezone.now()
    return list(
        Receipt.objects.filter(
            state__in=[Receipt.State.STORED, Receipt.State.FAILED],
            next_attempt_at__lte=now,
            received_at__lte=now - datetime.timedelta(seconds=GRACE_SECONDS),
        )
        .order_by("next_attempt_at")
        .values_list("pk", flat=True)[:limit]
    )


def retry_quarantined(receipt: Receipt) -> list[Received]:
    """Read a quarantined receipt again, because somebody asked for it."""
    Receipt.objects.filter(pk=receipt.pk, state=Receipt.State.QUARANTINED).update(
        state=Receipt.State.STORED, attempt_count=0, next_attempt_at=timezone.now()
    )
    return process(receipt.pk)


@transaction.atomic
def _claim(receipt_id: int) -> Receipt | None:
    """Lease a due receipt to this caller, or return None: it is done or taken.

    The attempt is counted before it is made: a receipt that kills us ends too.
    """
    now = timezone.now()
    receipt = (
        Receipt.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("account__inbox")
        .filter(
            pk=receipt_id,
            state__in=[Receipt.State.STORED, Receipt.State.FAILED],
            next_attempt_at__lte=now,
        )
        .first()
    )
    if receipt is None:
        return None
    receipt.attempt_count += 1
    receipt.next_attempt_at = now + datetime.timedelta(seconds=CLAIM_SECONDS)
    if receipt.attempt_count > len(RETRY_SECONDS) + 1:
        receipt.state = Receipt.State.QUARANTINED
        receipt.next_attempt_at = None
        receipt.error = receipt.error or "Reading it ended the process, three times."
    receipt.save(update_fields=["attempt_count", "next_attempt_at", "state", "error"])
    return None if receipt.state == Receipt.State.QUARANTINED else receipt


def _file(receipt: Receipt) -> list[Received]:
    account = receipt.account
    request = RawRequest(
        body=bytes(receipt.raw),
        context=receipt.context,
        received_at=receipt.received_at,
    )
    parsed = adapter_named(account.adapter).parse(account, request)
    return list(_apply(account, parsed))


def _apply(account: ChannelAccount, parsed: Iterable[Parsed]) -> Iterable[Received]:
    for item in parsed:
        if isinstance(item, InboundMessage):
            yield intake.receive(account, item)
        elif not _report(account, item) and item.otherwise is not None:
            yield intake.receive(account, item.otherwise)


def _report(account: ChannelAccount, report: DeliveryReport) -> bool:
    """Write down what is reported; return whether it is about messages of ours."""
    found = outbox.find_sent(account.pk, report.external_ids)
    for message_id in found:
        outbox.record_delivery(
            message_id, report.delivery, explanation=report.explanation
        )
    return bool(found)


def _fail(receipt: Receipt, error: str, *, final: bool) -> None:
    if final or receipt.attempt_count > len(RETRY_SECONDS):
        state, again = Receipt.State.QUARANTINED, None
    else:
        state = Receipt.State.FAILED
        wait = RETRY_SECONDS[receipt.attempt_count - 1]
        again = timezone.now() + datetime.timedelta(seconds=wait)
    Receipt.objects.filter(pk=receipt.pk).update(
        state=state, next_attempt_at=again, error=clean(error)[:2000]
    )
