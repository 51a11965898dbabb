"""Users of the desk: agents, leads and managers."""

from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower


class AccountManager(UserManager["User"]):
    """Makes accounts whose mail address is their name."""

    def create_account(
        self, email: str, *, password: str | None, name: str, role: str, **extra: Any
    ) -> "User":
        """Return a new account; managers may use the admin.

        Without a password nobody signs in until one is set.
        """
        email = email.lower()
        return self.create_user(
            email,
            email=email,
            password=password,
            name=name,
            role=role,
            is_staff=role == User.Role.MANAGER,
            **extra,
        )


class User(AbstractUser):
    """Someone who works at the desk."""

    class Role(models.TextChoices):
        """What they may do."""

        # Sees the inboxes of their teams.
        AGENT = "agent", "agent"
        # Sees every inbox.
        LEAD = "lead", "team lead"
        # Sees every inbox and configures the desk in the admin.
        MANAGER = "manager", "manager"

    class Theme(models.TextChoices):
        """Which colors the console uses."""

        SYSTEM = "system", "as the system"
        LIGHT = "light", "light"
        DARK = "dark", "dark"

    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role, default=Role.AGENT)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)
    single_key_shortcuts = models.BooleanField(default=True)

    objects = AccountManager()  # type: ignore[misc] # AbstractUser declares its own as a class variable

    class Meta(AbstractUser.Meta):
        verbose_name = "agent"
        verbose_name_plural = "agents"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_account_per_mail_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def sees_all_inboxes(self) -> bool:
        """Return whether the role reaches beyond the user's own teams."""
        return self.role in {self.Role.LEAD, self.Role.MANAGER}

    @property
    def first_name_or_name(self) -> str:
        """Return what a customer may call them."""
        return self.name.split(" ")[0] if self.name else "Support"

    @property
    def initials(self) -> str:
        """Return two letters for the avatar: "Maya Ortiz" -> "MO"."""
        parts = self.name.split()
        return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper() or "?"
