"""Undo a reply that has not left yet."""

from django.db import transaction

from conversations.actor import Actor
from conversations.errors import ConversationError, TooLate
from conversations.models import Conversation, Message
from conversations.record import record_delivery_change, write_entry
from conversations.waiting import recount


@transaction.atomic
def take_back(message: Message, *, by: Actor) -> Message:
    """Cancel a queued message; raises TooLate once its delivery has begun.

    An agent takes back what they wrote themselves, nobody else's (ConversationError).

    The customer's wait and the list's preview are as if it had not been written.
    """
    if by.is_agent and message.author_id != by.user_id:
        raise ConversationError("Only its author can take a message back.")
    conversation = Conversation.objects.locked(message.conversation_id)
    taken = Message.objects.filter(
        pk=message.pk, delivery=Message.Delivery.QUEUED, attempt_count=0
    ).update(delivery=Message.Delivery.CANCELED, deliver_at=None)
    if not taken:
        raise TooLate
    message.refresh_from_db()
    conversation.last_message = (
        conversation.messages.exclude(delivery=Message.Delivery.CANCELED)
        .order_by("-pk")
        .first()
    )
    conversation.save(update_fields=["last_message", *recount(conversation)])
    write_entry(conversation, verb="took_back", by=by, message=message)
    record_delivery_change(conversation, message)
    return message
