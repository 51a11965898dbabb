"""Conversations: one matter with one customer, across any number of channels."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """The vocabulary of reading conversations."""

    def locked(self, pk: int) -> "Conversation":
        """Return the row locked until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def active(self) -> Self:
        """Return those that are not resolved."""
        return self.exclude(status=Conversation.Status.RESOLVED)

    def latest_first(self) -> Self:
        """Order by the newest activity first."""
        return self.order_by("-last_activity_at", "-pk")


class Conversation(models.Model):
    """One matter with one customer, in one inbox, on any number of channels."""

    class Status(models.TextChoices):
        """Where the matter stands."""

        OPEN = "open", "open"
        PENDING = "pending", "waiting for the customer"
        SNOOZED = "snoozed", "snoozed"
        RESOLVED = "resolved", "resolved"

    class Handler(models.TextChoices):
        """Who speaks next on our side."""

        BOT = "bot", "bot"
        HUMAN = "human", "people"

    class Priority(models.IntegerChoices):
        """How soon it matters, most pressing first."""

        URGENT = 1, "urgent"
        HIGH = 2, "high"
        NORMAL = 3, "normal"
        LOW = 4, "low"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=500, blank=True)
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, related_name="conversations"
    )
    inbox = models.ForeignKey(
        "conversations.Inbox", on_delete=models.PROTECT, related_name="conversations"
    )

    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    handler = models.CharField(max_length=10, choices=Handler, default=Handler.HUMAN)
    team = models.ForeignKey(
        "conversations.Team",
        on_delete=models.SET_NULL,
        related_name="conversations",
        null=True,
        blank=True,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="assigned_conversations",
        null=True,
        blank=True,
    )
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.NORMAL
    )
    # Bumped by every action under the row lock; screens compare it.
    version = models.PositiveIntegerField(default=1)
    # The newest message, for the list; never a draft.
    last_message = models.ForeignKey(
        "conversations.Message",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    # The customer's messages since our last public word: the badge in the list.
    unanswered_count = models.PositiveIntegerField(default=0)

    # When the oldest unanswered message came; bots and handoffs never reset it.
    waiting_since = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(default=timezone.now)
    first_replied_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            # the agents' queue: who waits in an inbox, oldest wait first
            models.Index(
                fields=["inbox", "waiting_since", "id"],
                name="waiting_in_an_inbox",
                condition=Q(
                    status="open", handler="human", waiting_since__isnull=False
                ),
            ),
            # lists of everything that is not resolved, newest activity first
            models.Index(
                fields=["inbox", "-last_activity_at", "-id"],
                name="active_in_an_inbox",
                condition=~Q(status="resolved"),
            ),
            # "Mine"
            models.Index(
                fields=["assignee", "-last_activity_at"],
                name="active_of_an_agent",
                condition=~Q(status="resolved"),
            ),
            # threading and the panel: the conversations of a customer, newest first
            models.Index(
                fields=["customer", "-last_activity_at"], name="those_of_a_customer"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="snoozed") | Q(snoozed_until__isnull=False),
                name="snoozed_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}".strip()

    def is_within(self, window: datetime.timedelta) -> bool:
        """Return whether something happened here during the last `window`."""
        return self.last_activity_at >= timezone.now() - window


class ReadMark(models.Model):
    """The newest message of a conversation that an agent has seen."""

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="read_marks"
    )
    message_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            # the list looks up one agent's marks for the rows it shows
            models.UniqueConstraint(
                "agent", "conversation", name="one_read_mark_per_agent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} read {self.conversation_id} to {self.message_id}"
