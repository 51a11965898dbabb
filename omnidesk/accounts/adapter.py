"""How allauth signs people in here: by invitation, never by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by managers in the admin."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody signs up to a company's desk."""
        return False
