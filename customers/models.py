"""Customers, their identities, and the addresses they only claimed."""

import uuid

from django.db import models
from django.utils import timezone


class Customer(models.Model):
    """One person we help."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    notes = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

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
    # What proved it or who said it: "dmarc", "site", "provider", "reply", "mail".
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
