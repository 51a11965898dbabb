"""Celery's side of the channels: wake-ups and sweeps. The rows are the truth."""

from celery import shared_task

from channels_inbound import delivery, ingest, mailroom
from conversations import outbox


@shared_task
def deliver_message(message_id: int) -> None:
    """Deliver one message now."""
    delivery.deliver(message_id)


@shared_task
def deliver_due() -> int:
    """Deliver every message that is due, and settle what was abandoned."""
    for lost in outbox.abandoned():
        delivery.give_up(lost)
    due = outbox.due()
    for message_id in due:
        # What waits longer for a worker is found again by a later sweep.
        deliver_message.apply_async((message_id,), expires=10)
    return len(due)


@shared_task
def process_stored() -> int:
    """Process receipts that were stored and whose process did not finish them."""
    due = ingest.due_receipts()
    for receipt_id in due:
        ingest.process(receipt_id)
    return len(due)


@shared_task
def drain_mail_spool() -> int:
    """Bring in the mail that came while the database was away."""
    return mailroom.drain_spool()
