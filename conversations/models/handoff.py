"""Handoffs from the bot to people, with everything that was said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Handoff(models.Model):
    """The bot asks people to go on, and says what they need to know."""

    class Reason(models.TextChoices):
        """Why the bot does not go on."""

        WISH = "wish", "asked for a person"
        UNSURE = "unsure", "the bot did not know"
        MISSES = "misses", "the bot missed twice"
        LANGUAGE = "language", "no answers in this language"
        ERROR = "error", "the bot failed"
        TIMEOUT = "timeout", "the bot did not answer in time"
        LIMIT = "limit", "the bot has said enough"
        ASKED = "asked", "an agent asked"

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "waiting for a person"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        EXPIRED = "expired", "expired"

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="handoffs"
    )
    reason = models.CharField(max_length=20, choices=Reason)
    # What the customer wants, in one line.
    ask = models.CharField(max_length=300, blank=True)
    # What is known: order numbers, addresses (conversations.packet), and what the
    # bot has tried and shown.
    facts = models.JSONField(default=dict, blank=True)
    # The transcript runs from this message to the next one.
    first_message = models.ForeignKey(
        "conversations.Message",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    last_message = models.ForeignKey(
        "conversations.Message",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    team = models.ForeignKey(
        "conversations.Team",
        on_delete=models.PROTECT,
        related_name="handoffs",
        null=True,
        blank=True,
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    # Escalation steps taken so far.
    step = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # two workers that hand off at once make one handoff
            models.UniqueConstraint(
                "conversation",
                name="one_waiting_handoff_per_conversation",
                condition=Q(state="waiting"),
            ),
        ]
        indexes = [
            # a team's queue, oldest first; the customer's place in it
            models.Index(
                fields=["team", "created_at"],
                name="waiting_for_a_team",
                condition=Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"handoff of #{self.conversation_id}: {self.reason}"
