"""Deadlines as rows, the steps that follow, and what was escalated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Deadline(models.Model):
    """Something that happens at a moment unless it is settled before."""

    class Kind(models.TextChoices):
        """What is due."""

        BOT_ANSWER = "bot_answer", "the bot's answer"
        HANDOFF_ACCEPTANCE = "handoff_acceptance", "a person for a handoff"
        SNOOZE = "snooze", "the end of a snooze"

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="deadlines"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    due_at = models.DateTimeField()
    attempt_count = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            # setting a deadline again moves it
            models.UniqueConstraint(
                "conversation", "kind", name="one_deadline_of_a_kind"
            ),
        ]
        indexes = [
            # the sweep: what is due, oldest first
            models.Index(fields=["due_at"], name="due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of #{self.conversation_id} at {self.due_at:%H:%M:%S}"


class EscalationStep(models.Model):
    """What happens when nobody accepts a handoff in time."""

    inbox = models.ForeignKey(
        "conversations.Inbox", on_delete=models.CASCADE, related_name="escalation_steps"
    )
    position = models.PositiveSmallIntegerField(help_text="1 is the first step.")
    after_seconds = models.PositiveIntegerField(
        help_text="How many seconds a handoff waits before this step is taken."
    )
    team = models.ForeignKey(
        "conversations.Team",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who is asked from this step on.",
    )
    raise_priority = models.BooleanField(default=False)

    class Meta:
        ordering = ["inbox", "position"]
        constraints = [
            models.UniqueConstraint("inbox", "position", name="one_step_per_position"),
            models.CheckConstraint(
                condition=Q(after_seconds__gt=0), name="a_step_waits_a_while"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inbox}: step {self.position}"

    def clean(self) -> None:
        """Refuse a team that could not see what it is asked to take."""
        chosen = bool(self.inbox_id and self.team_id)
        if chosen and not self.inbox.teams.filter(pk=self.team_id).exists():
            raise ValidationError(
                {
                    "team": _(
                        "This team does not work the inbox, so its members would not "
                        "see the conversation. Add the team to the inbox first."
                    )
                }
            )


class Escalation(models.Model):
    """A handoff went to the next step because time ran out."""

    handoff = models.ForeignKey(
        "conversations.Handoff", on_delete=models.CASCADE, related_name="escalations"
    )
    step = models.PositiveSmallIntegerField()
    team = models.ForeignKey(
        "conversations.Team", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            # two schedulers that fire one step escalate once
            models.UniqueConstraint("handoff", "step", name="one_escalation_per_step"),
        ]

    def __str__(self) -> str:
        return f"step {self.step} of {self.handoff}"
