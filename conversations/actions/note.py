"""Write something down for the other agents."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from conversations.actor import Actor
from conversations.models import Attachment, Conversation, Message
from conversations.record import record_message


@transaction.atomic
def note(
    conversation: Conversation,
    *,
    text: str,
    by: Actor,
    client_id: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> Message:
    """Add an internal note. The same `client_id` again returns the first one."""
    conversation = Conversation.objects.locked(conversation.pk)
    if client_id is not None:
        written = conversation.messages.filter(client_id=client_id).first()
        if written is not None:
            return written
    now = timezone.now()
    message = Message.objects.create(
        conversation=conversation,
        kind=Message.Kind.NOTE,
        direction=Message.Direction.OUTBOUND,
        author_kind=by.kind,
        author_id=by.user_id,
        text=text,
        client_id=client_id,
        delivery=Message.Delivery.INTERNAL,
        sent_at=now,
        created_at=now,
    )
    for attachment in attachments:
        attachment.message = message
        attachment.save(update_fields=["message"])
    record_message(conversation, message)
    return message
