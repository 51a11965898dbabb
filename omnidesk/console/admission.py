"""Who may keep a socket, and which inboxes it hears."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from conversations.access import inbox_ids_of
from omnidesk.accounts.models import User


@dataclass(frozen=True)
class Claim:
    """What a socket was opened with: a user's session at one password."""

    user_id: int
    session_key: str
    password_hash: str


def admitted(claims: Collection[Claim]) -> dict[Claim, frozenset[int]]:
    """Return the inboxes each claim opens now; a claim that is over is left out.

    Up to four queries for any number of claims. A sign-out, another password, a
    deactivated account, a changed role or team: all are seen here.
    """
    users = {
        user.pk: user
        for user in User.objects.filter(
            pk__in={claim.user_id for claim in claims}, is_active=True
        )
    }
    sessions = set(
        Session.objects.filter(
            session_key__in={claim.session_key for claim in claims},
            expire_date__gt=timezone.now(),
        ).values_list("session_key", flat=True)
    )
    inboxes = inbox_ids_of(users.values())
    return {
        claim: inboxes[claim.user_id]
        for claim in claims
        if claim.session_key in sessions
        and claim.user_id in users
        and _is_of_password(claim, users[claim.user_id])
    }


def _is_of_password(claim: Claim, user: User) -> bool:
    return constant_time_compare(claim.password_hash, user.get_session_auth_hash())
