"""What the bot said to which message, and how sure it was."""

from django.db import models
from django.utils import timezone


class Turn(models.Model):
    """The bot's one answer to a customer's message."""

    class Outcome(models.TextChoices):
        """What kind of answer it was."""

        ANSWERED = "answered", "answered from an article"
        SUGGESTED = "suggested", "asked which article is meant"
        MISSED = "missed", "asked for other words"
        GREETED = "greeted", "small talk"

    # The customer's message.
    message = models.OneToOneField(
        "conversations.Message", on_delete=models.CASCADE, related_name="bot_turn"
    )
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="bot_turns"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    confidence = models.FloatField(default=0.0)
    # The articles shown: [{"title", "url", "confidence"}].
    sources = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [
            # how often the bot has missed here, and what it has shown
            models.Index(fields=["conversation", "id"], name="turns_of_the_bot"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} message {self.message_id}"

    @property
    def is_miss(self) -> bool:
        """Return whether the customer got no answer."""
        return self.outcome in {self.Outcome.SUGGESTED, self.Outcome.MISSED}
