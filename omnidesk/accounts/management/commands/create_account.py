"""Makes the first manager of a site; managers make everyone else in the admin."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from omnidesk.accounts.models import User


class Command(BaseCommand):
    """Make an account; the password is asked for, or read from a pipe."""

    help = "Make an account for someone who works at the desk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who they are and what they may do."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", choices=User.Role.values, default="manager")

    def handle(self, *, email: str, name: str, role: str, **options: Any) -> None:
        """Check everything, then make the account."""
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"Someone signs in with {email} already.")
        password = _password()
        try:
            validate_email(email)
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        User.objects.create_account(email, password=password, name=name, role=role)
        self.stdout.write(f"{name} can sign in with {email}.")


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\r\n")
