"""Our accounts with providers, what they sent us, and our tries to send."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conversations.models import InboxAddress


def make_token() -> str:
    """Return an unguessable name for the account in a URL (128 bits)."""
    return secrets.token_urlsafe(16)


class ChannelAccount(InboxAddress):
    """Our credentials with one provider, feeding one inbox through one address."""

    adapter = models.CharField(
        max_length=40, help_text="The code that speaks with the provider: email, chat."
    )
    token = models.CharField(
        max_length=40, default=make_token, unique=True, editable=False
    )
    # Names as the adapter documents them: {"smtp_url": ..., "secret": ...}.
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "channel account"


class Receipt(models.Model):
    """A provider's raw request or a raw mail, stored before anything reads it."""

    class State(models.TextChoices):
        """How far it got."""

        STORED = "stored", "stored"
        PROCESSED = "processed", "filed"
        FAILED = "failed", "failed, comes again"
        QUARANTINED = "quarantined", "could not be read"

    account = models.ForeignKey(
        ChannelAccount, on_delete=models.PROTECT, related_name="receipts"
    )
    # The provider's event id, or a hash of the bytes: the same event is one receipt.
    event_key = models.CharField(max_length=255)
    raw = models.BinaryField()
    # What came beside the body: {"envelope_from": ..., "recipients": [...]}.
    context = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.STORED)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now, null=True)
    # Why it failed, for the person who looks at it.
    error = models.TextField(blank=True)
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # a redelivered event finds its receipt
            models.UniqueConstraint(
                "account", "event_key", name="one_receipt_per_event"
            ),
        ]
        indexes = [
            # the sweep: what has not been processed, oldest due first
            models.Index(
                fields=["next_attempt_at"],
                name="receipts_to_process",
                condition=Q(state__in=["stored", "failed"]),
            ),
            # the console's "Could not be read"
            models.Index(
                fields=["account", "-received_at"],
                name="receipts_in_quarantine",
                condition=Q(state="quarantined"),
            ),
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk} ({self.state})"


class DeliveryAttempt(models.Model):
    """One try to send a message, as the provider answered it."""

    message = models.ForeignKey(
        "conversations.Message", on_delete=models.CASCADE, related_name="attempts"
    )
    account = models.ForeignKey(
        ChannelAccount, on_delete=models.PROTECT, related_name="attempts"
    )
    outcome = models.CharField(max_length=10)
    # The provider's answer, secrets removed; never the customer's words.
    answer = models.TextField(blank=True)
    duration_ms = models.PositiveIntegerField(default=0, help_text="milliseconds")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"attempt at message {self.message_id}: {self.outcome}"
