"""The door out: messages that are due to leave, and what became of them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from conversations import threads
from conversations.models import Attachment, Conversation, Message
from conversations.record import record_delivery_change

# Longer than a task may run (CELERY_TASK_TIME_LIMIT): whoever is past it is dead.
LEASE_SECONDS = 150

Delivery = Message.Delivery

# What may follow what: a late "sent" never hides "delivered", and a failure is
# final unless the provider then says that it arrived.
_NEXT: dict[str, frozenset[str]] = {
    Delivery.QUEUED: frozenset(
        {
            Delivery.SENT,
            Delivery.DELIVERED,
            Delivery.READ,
            Delivery.FAILED,
            Delivery.UNKNOWN,
        }
    ),
    Delivery.SENDING: frozenset(
        {
            Delivery.QUEUED,
            Delivery.SENT,
            Delivery.DELIVERED,
            Delivery.READ,
            Delivery.FAILED,
            Delivery.UNKNOWN,
        }
    ),
    Delivery.SENT: frozenset({Delivery.DELIVERED, Delivery.READ, Delivery.FAILED}),
    Delivery.DELIVERED: frozenset({Delivery.READ}),
    Delivery.FAILED: frozenset({Delivery.DELIVERED, Delivery.READ}),
    Delivery.UNKNOWN: frozenset(
        {Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.FAILED}
    ),
}


@dataclass(frozen=True)
class OutboundMessage:
    """What an adapter needs to send, and nothing else."""

    message_id: int
    message_uuid: str
    via_id: int
    identity_id: int
    recipient: str
    recipient_name: str
    # Who the customer sees: an agent's first name, the bot's or the desk's name.
    author_kind: str
    author_name: str
    subject: str
    text: str
    html: str
    # Goes into the Reply-To and the Message-ID; says which conversation answers.
    reply_token: str
    # The external ids of what it answers, oldest first.
    references: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    # How often it was tried, this time included.
    attempt: int
    created_at: datetime.datetime

    @property
    def is_automatic(self) -> bool:
        """Return whether no person wrote it."""
        return self.author_kind != Message.AuthorKind.AGENT


@dataclass(frozen=True)
class Abandoned:
    """A message whose sender died or hung: nobody knows whether it left."""

    message_id: int
    via_id: int
    # How often it was tried, the last time included.
    attempt: int


def due(limit: int = 100) -> list[int]:
    """Return the messages to deliver now, longest due first."""
    return list(
        Message.objects.filter(delivery=Delivery.QUEUED, deliver_at__lte=timezone.now())
        .order_by("deliver_at", "pk")
        .values_list("pk", flat=True)[:limit]
    )


def abandoned(limit: int = 100) -> list[Abandoned]:
    """Return claimed messages whose lease is over."""
    return [
        Abandoned(message_id=pk, via_id=via_id, attempt=attempt)
        for pk, via_id, attempt in Message.objects.filter(
            delivery=Delivery.SENDING, deliver_at__lte=timezone.now()
        )
        .order_by("deliver_at")
        .values_list("pk", "via_id", "attempt_count")[:limit]
    ]


def via_of(message_id: int) -> int | None:
    """Return our own address that a message leaves from."""
    return (
        Message.objects.filter(pk=message_id).values_list("via_id", flat=True).first()
    )


def claim(message_id: int) -> OutboundMessage | None:
    """Lease a due message to this caller, or return None: it is not due or taken."""
    now = timezone.now()
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        return None
    claimed = Message.objects.filter(
        pk=message_id, delivery=Delivery.QUEUED, deliver_at__lte=now
    ).update(
        delivery=Delivery.SENDING,
        deliver_at=now + datetime.timedelta(seconds=LEASE_SECONDS),
        attempt_count=message.attempt_count + 1,
    )
    if not claimed:
        return None
    return _outbound(message_id)


@transaction.atomic
def record_delivery(
    message_id: int,
    delivery: str,
    *,
    external_id: str | None = None,
    explanation: str = "",
    retry_after: float | None = None,
) -> bool:
    """Write down what became of a message; return whether that was news.

    With `retry_after` (seconds) and delivery "queued" it is tried again then.
    States only move forward: a late or repeated report changes nothing.
    """
    found = Message.objects.filter(pk=message_id).first()
    if found is None:
        return False
    conversation = Conversation.objects.locked(found.conversation_id)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    if delivery not in _NEXT.get(message.delivery, ()):
        return False
    message.delivery = delivery
    message.explanation = explanation
    message.external_id = external_id or message.external_id
    message.deliver_at = None
    if delivery == Delivery.QUEUED:
        message.deliver_at = timezone.now() + datetime.timedelta(
            seconds=retry_after or 0
        )
    message.save(update_fields=["delivery", "explanation", "external_id", "deliver_at"])
    record_delivery_change(conversation, message)
    return True


def find_sent(via_id: int, external_ids: Iterable[str]) -> list[int]:
    """Return our messages that a provider or a bounce speaks of by their ids."""
    return list(
        Message.objects.filter(
            via_id=via_id,
            direction=Message.Direction.OUTBOUND,
            external_id__in=list(external_ids),
        ).values_list("pk", flat=True)
    )


def _outbound(message_id: int) -> OutboundMessage:
    message = Message.objects.select_related(
        "identity__customer", "via__inbox", "author", "conversation", "original"
    ).get(pk=message_id)
    identity, via = message.identity, message.via
    if identity is None or via is None:
        raise ValueError(f"Message {message_id} is a note and cannot leave.")
    original = getattr(message, "original", None)
    return OutboundMessage(
        message_id=message.pk,
        message_uuid=message.uuid.hex,
        via_id=via.pk,
        identity_id=identity.pk,
        recipient=identity.value,
        recipient_name=identity.display_name or identity.customer.name,
        author_kind=message.author_kind,
        author_name=_author_name(message),
        subject=message.subject,
        text=message.text,
        html=original.html if original is not None else "",
        reply_token=threads.write_token(message.conversation_id, identity.pk),
        references=tuple(_references(message)),
        attachments=tuple(message.attachments.all()),
        attempt=message.attempt_count,
        created_at=message.created_at,
    )


def _author_name(message: Message) -> str:
    author: Any = message.author
    if author is not None:
        return str(author.first_name_or_name)
    return "" if message.via is None else message.via.inbox.name


def _references(message: Message) -> list[str]:
    """Return the ids of the thread before this message on its channel, oldest first."""
    earlier = (
        Message.objects.public()
        .filter(
            conversation=message.conversation_id,
            via=message.via_id,
            pk__lt=message.pk,
            external_id__isnull=False,
        )
        .order_by("-pk")
        .values_list("external_id", flat=True)[:20]
    )
    return [external_id for external_id in reversed(earlier) if external_id]
