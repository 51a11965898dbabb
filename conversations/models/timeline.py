"""What was done to a conversation: by whom, when and why. Append-only."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from conversations.models.message import Message


class TimelineEntry(models.Model):
    """One thing that was done. Feeds activity lines, audit, webhooks and reports."""

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="timeline"
    )
    # "assigned", "handed_off": the past tense of the action's name.
    verb = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=10, choices=Message.AuthorKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    # Which message it was done with, where there is one.
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    # What changed, by name: {"to": "Billing"}.
    detail = models.JSONField(default=dict, blank=True)
    why = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "timeline entries"
        indexes = [
            # the activity lines of a thread, in order
            models.Index(fields=["conversation", "id"], name="done_in_a_conversation"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.conversation_id}"
