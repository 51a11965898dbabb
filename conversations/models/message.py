"""Messages and notes, what the provider sent, and what was attached."""

import secrets
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class MessageQuerySet(models.QuerySet["Message"]):
    """The vocabulary of reading messages."""

    def public(self) -> Self:
        """Return what the customer may see; all customer-facing code reads this."""
        return self.filter(kind=Message.Kind.PUBLIC).exclude(
            delivery=Message.Delivery.CANCELED
        )

    def in_order(self) -> Self:
        """Order as a thread reads: by when we have them, oldest first."""
        return self.order_by("pk")

    def with_thread_parts(self) -> Self:
        """Load what a bubble shows, in three queries for any number of messages."""
        return self.select_related("identity", "via", "author").prefetch_related(
            "attachments", "original"
        )


class Message(models.Model):
    """What was said to or by the customer, or a note among agents."""

    class Kind(models.TextChoices):
        """Who may read it."""

        PUBLIC = "public", "message"
        NOTE = "note", "internal note"

    class Direction(models.TextChoices):
        """Which way it went."""

        INBOUND = "inbound", "from the customer"
        OUTBOUND = "outbound", "from us"

    class AuthorKind(models.TextChoices):
        """Who wrote it."""

        CUSTOMER = "customer", "customer"
        AGENT = "agent", "agent"
        BOT = "bot", "bot"
        RULE = "rule", "rule"
        SYSTEM = "system", "desk"

    class Delivery(models.TextChoices):
        """What became of it, as far as we know."""

        RECEIVED = "received", "received"  # inbound
        INTERNAL = "internal", "internal"  # a note goes nowhere
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        DELIVERED = "delivered", "delivered"
        READ = "read", "read"
        FAILED = "failed", "not sent"
        UNKNOWN = "unknown", "not known to have arrived"
        CANCELED = "canceled", "taken back"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="messages"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PUBLIC)
    direction = models.CharField(max_length=10, choices=Direction)
    author_kind = models.CharField(max_length=10, choices=AuthorKind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    # The customer's address it came from or goes to; a note has none.
    identity = models.ForeignKey(
        "customers.Identity",
        on_delete=models.PROTECT,
        related_name="messages",
        null=True,
        blank=True,
    )
    # Our own address it came to or leaves from; a note has none.
    via = models.ForeignKey(
        "conversations.InboxAddress",
        on_delete=models.PROTECT,
        related_name="messages",
        null=True,
        blank=True,
    )

    subject = models.CharField(max_length=500, blank=True)
    # The words alone, quotes and signature trimmed; the rest is in `original`.
    text = models.TextField(blank=True)
    # Articles or other sources a bot's answer rests on: [{"title", "url"}].
    sources = models.JSONField(default=list, blank=True)
    # A machine wrote it: it is never answered, and nobody waits because of it.
    automatic = models.BooleanField(default=False)
    # The provider or the site authenticated the sender.
    sender_verified = models.BooleanField(default=False)
    # Why it joined this conversation, one of threads.Reason.
    thread_reason = models.CharField(max_length=40, blank=True)
    # The provider's id of it; the Message-ID without brackets for mail.
    external_id = models.CharField(max_length=998, null=True, blank=True)
    # The sender's own id of a send, so that a retry is not a second message.
    client_id = models.CharField(max_length=64, null=True, blank=True)

    delivery = models.CharField(max_length=10, choices=Delivery)
    # What went wrong, in a sentence for the agent.
    explanation = models.TextField(blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    # Not before this moment; while `sending`, when the claim ends.
    deliver_at = models.DateTimeField(null=True, blank=True)

    sent_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            # a redelivered webhook or mail is one message, for ever
            models.UniqueConstraint(
                "via",
                "external_id",
                name="one_message_per_external_id",
                condition=Q(direction="inbound", external_id__isnull=False),
            ),
            # a retried send is one message
            models.UniqueConstraint(
                "conversation",
                "client_id",
                name="one_message_per_client_id",
                condition=Q(client_id__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(kind="note", via__isnull=True)
                | Q(kind="public", via__isnull=False),
                name="public_goes_by_an_address_and_notes_stay",
            ),
        ]
        indexes = [
            # the thread, in order, and what is newer than the agent has seen
            models.Index(fields=["conversation", "id"], name="the_thread"),
            # the delivery sweep: what is due to leave or was abandoned
            models.Index(
                fields=["deliver_at"],
                name="due_to_leave",
                condition=Q(delivery__in=["queued", "sending"]),
            ),
            # threading: the message a mail answers
            models.Index(
                fields=["external_id"],
                name="by_external_id",
                condition=Q(external_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} in #{self.conversation_id}"

    @property
    def is_inbound(self) -> bool:
        """Return whether the customer said it."""
        return self.direction == self.Direction.INBOUND

    @property
    def is_note(self) -> bool:
        """Return whether only agents may read it."""
        return self.kind == self.Kind.NOTE


class Original(models.Model):
    """What a provider sent, before anything was trimmed."""

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, related_name="original"
    )
    # All of the text, quotes and signature included.
    text = models.TextField(blank=True)
    # As received; sanitized when rendered, never before.
    html = models.TextField(blank=True)
    # Message-ID, References, recipients: what an answer must repeat.
    headers = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"original of message {self.message_id}"


def random_path(attachment: "Attachment", filename: str) -> str:
    """Return where the bytes are stored: a random name without an extension."""
    token = secrets.token_hex(20)
    return f"attachments/{token[:2]}/{token}"


class Attachment(models.Model):
    """A file of a message; before the message is sent, of its author."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="attachments", null=True
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file = models.FileField(upload_to=random_path, max_length=200)
    filename = models.CharField(max_length=255)
    # Sniffed from the bytes where we know the form, never the sender's word alone.
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="bytes")
    content_id = models.CharField(max_length=255, blank=True)
    is_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.filename
