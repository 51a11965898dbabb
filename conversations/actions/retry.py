"""Send a failed message again."""

from django.db import transaction
from django.utils import timezone

from conversations.actor import Actor
from conversations.models import Conversation, Message
from conversations.record import record_delivery_change, write_entry


@transaction.atomic
def retry(message: Message, *, by: Actor) -> Message:
    """Queue a failed or uncertain message again; others are left alone."""
    conversation = Conversation.objects.locked(message.conversation_id)
    queued = Message.objects.filter(
        pk=message.pk,
        delivery__in=[Message.Delivery.FAILED, Message.Delivery.UNKNOWN],
    ).update(
        delivery=Message.Delivery.QUEUED,
        deliver_at=timezone.now(),
        attempt_count=0,
        explanation="",
    )
    message.refresh_from_db()
    if queued:
        write_entry(conversation, verb="retried", by=by, message=message)
        record_delivery_change(conversation, message)
    return message
