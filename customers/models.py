"""Customers, their identities, and the addresses they only claimed."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class CustomerManager(models.Manager["Customer"]):
    """Makes customers that stand for themselves."""

    def create(self, **values: Any) -> "Customer":
        """Return a new customer who is their own root."""
        customer = super().create(**values)
        customer.root_id = customer.pk
        customer.save(update_fields=["root"])
        return customer


class Customer(models.Model):
    """One person we help, or one of several records of one person.

    Merging records moves nothing: it links them, and `root` names the one that
    stands for all. Identities, conversations and touchpoints stay with the record
    they came to, so that undoing a merge has nothing to bring back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    notes = models.TextField(blank=True)
    # The record that stands for the person: this one, or where merges lead. NULL
    # only between the insert and the statement after it.
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="members", null=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CustomerManager()

    def __str__(self) -> str:
        return self.name or f"Customer {self.pk}"


class Scheme(models.TextChoices):
    """What kind of address an identity is."""

    MAILTO = "mailto", "e-mail"
    TEL = "tel", "phone"
    CHAT = "chat", "website visitor"
    WHATSAPP = "whatsapp", "WhatsApp"
    MESSENGER = "messenger", "Messenger"
    INSTAGRAM = "instagram", "Instagram"
    TELEGRAM = "telegram", "Telegram"
    LINE = "line", "LINE"
    VIBER = "viber", "Viber"
    LOYALTY = "loyalty", "loyalty card"
    EXTERNAL = "external", "shop account"
    DEVICE = "device", "device"


class Identity(models.Model):
    """One address of a customer that has spoken to us or has been proven."""

    class Assurance(models.TextChoices):
        """How sure we are that the customer holds the address."""

        # The provider, the site's signature or a one-time code says so.
        VERIFIED = "verified", "verified"
        # An unauthenticated sender wrote it.
        CLAIMED = "claimed", "not verified"

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="identities"
    )
    scheme = models.CharField(max_length=20, choices=Scheme)
    value = models.CharField(max_length=320)
    display_name = models.CharField(max_length=200, blank=True)
    assurance = models.CharField(
        max_length=10, choices=Assurance, default=Assurance.CLAIMED
    )
    # What proved it or where it was used: "site", or a channel as "email" or "chat".
    source = models.CharField(max_length=40, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            # identify() relies on it: of two first messages one wins.
            models.UniqueConstraint("scheme", "value", name="one_identity_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Claim(models.Model):
    """An address a customer typed and nothing has proven.

    It never holds the address: joining people needs a verified identity, or an
    agent who looks at the claim.
    """

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="claims"
    )
    scheme = models.CharField(max_length=20, choices=Scheme)
    value = models.CharField(max_length=320)
    source = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "customer", "scheme", "value", name="one_claim_per_customer_and_address"
            ),
        ]
        indexes = [
            # identify(): who has claimed the address that has just been proven
            models.Index(fields=["scheme", "value"], name="claims_of_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value} (claimed)"


class Merge(models.Model):
    """Two records are one person: who said so, when, why, and whether it still holds."""

    winner = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="merges_won"
    )
    loser = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="merges_lost"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    why = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        constraints = [
            # a record is merged into one other at a time: links form a tree
            models.UniqueConstraint(
                "loser", name="one_merge_in_force", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(
                condition=~Q(winner=F("loser")), name="nobody_merges_with_themselves"
            ),
        ]
        indexes = [
            # recompute(): the links in force below a record
            models.Index(
                fields=["winner"],
                name="merges_in_force",
                condition=Q(undone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser_id} is {self.winner_id}"


class Distinction(models.Model):
    """Somebody said that two records are not the same person. Holds both ways."""

    # The lower primary key first, so that a pair is one row.
    low = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("low", "high", name="one_distinction_per_pair"),
            models.CheckConstraint(
                condition=Q(low__lt=F("high")), name="lower_record_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} is not {self.high_id}"
