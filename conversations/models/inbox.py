"""Inboxes, our own addresses that feed them, and the teams that work them."""

from django.conf import settings
from django.db import models

from customers.models import Scheme


class Channel(models.TextChoices):
    """The medium a message travels by."""

    EMAIL = "email", "e-mail"
    CHAT = "chat", "chat"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"
    MESSENGER = "messenger", "Messenger"
    INSTAGRAM = "instagram", "Instagram"
    TELEGRAM = "telegram", "Telegram"
    LINE = "line", "LINE"
    VIBER = "viber", "Viber"


# Which kind of identity each channel reaches.
SCHEME_OF_CHANNEL: dict[str, str] = {
    Channel.EMAIL: Scheme.MAILTO,
    Channel.SMS: Scheme.TEL,
    **{
        channel: channel
        for channel in Channel.values
        if channel not in {Channel.EMAIL, Channel.SMS}
    },
}

# How long a reply waits before it leaves, so that its author can take it back.
UNDO_SECONDS: dict[str, int] = {Channel.EMAIL: 10, Channel.CHAT: 0}
UNDO_SECONDS_OF_MESSENGERS = 3


class Team(models.Model):
    """Agents who share work."""

    name = models.CharField(max_length=80, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="teams", blank=True
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Inbox(models.Model):
    """One stream of conversations that a set of teams works."""

    name = models.CharField(max_length=80, unique=True)
    teams = models.ManyToManyField(Team, related_name="inboxes", blank=True)
    handoff_team = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who gets conversations that the bot hands off.",
    )
    bot_enabled = models.BooleanField(
        default=True, help_text="The bot answers first; people take over from it."
    )
    bot_answer_seconds = models.PositiveIntegerField(
        default=20,
        help_text="A bot that has said nothing for so long hands off to people.",
    )
    join_window_hours = models.PositiveIntegerField(
        default=24,
        help_text="A verified customer who writes on another channel within so many "
        "hours continues the same conversation.",
    )
    signature = models.TextField(
        blank=True, help_text="Ends every mail that leaves this inbox."
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "inboxes"

    def __str__(self) -> str:
        return self.name


class InboxAddress(models.Model):
    """One of our own addresses: the support mailbox, the site widget, a number.

    `channels_inbound.ChannelAccount` extends it with the adapter and the secrets;
    the domain sees only this half.
    """

    name = models.CharField(max_length=80)
    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="addresses")
    channel = models.CharField(max_length=20, choices=Channel)
    address = models.CharField(
        max_length=320,
        help_text="support@example.com, +61400000000, or the site of a widget.",
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            # a mail or a call for an address must find one inbox, not two
            models.UniqueConstraint(
                "channel", "address", name="one_inbox_per_own_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.address})"

    @property
    def undo_seconds(self) -> int:
        """Return how long a message sent from here can be taken back."""
        return UNDO_SECONDS.get(self.channel, UNDO_SECONDS_OF_MESSENGERS)
