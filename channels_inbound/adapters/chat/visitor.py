"""Who looks at the chat window, and the token that says so."""

import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core import signing

SALT = "channels_inbound.chat.visitor"
# An anonymous visitor who comes back within a month finds what was said.
ANONYMOUS_SECONDS = 30 * 86400
# The site vouches for its user again with every page; a forgotten tab ends.
SIGNED_SECONDS = 86400


class BadToken(Exception):
    """The token is not ours, is for another account, or is too old."""


@dataclass(frozen=True)
class Visitor:
    """One browser, or one signed-in user of the site in any browser."""

    account_id: int
    # The value of their chat identity; ours to choose, never the browser's.
    value: str
    name: str = ""
    # The site's id of its user: proven by the site's signature, or empty.
    external_id: str = ""
    # The mail address that a signed JWT vouches for, or empty.
    email: str = ""
    # A mail address that somebody typed or an unsigned page told.
    claimed_email: str = ""
    # Seconds since 1970; 0 before it is written into a token.
    expires_at: int = 0

    @property
    def is_signed(self) -> bool:
        """Return whether the site vouches for who this is."""
        return self.external_id != ""

    @property
    def is_expired(self) -> bool:
        """Return whether the token it was read from is too old now."""
        return self.expires_at <= time.time()

    @property
    def key(self) -> str:
        """Return a name for the browser's own storage that tells nothing."""
        return hashlib.sha256(self.value.encode()).hexdigest()[:16]


def anonymous(account_id: int, *, name: str = "", claimed_email: str = "") -> Visitor:
    """Return a visitor nobody knows, with an id beyond guessing (192 bits)."""
    return Visitor(
        account_id=account_id,
        value=f"v-{secrets.token_hex(24)}",
        name=name,
        claimed_email=claimed_email,
    )


def write_token(visitor: Visitor) -> str:
    """Return a token for the visitor, good for a month, or a day when signed.

    It goes into a header or the first frame of a socket, never into a URL or a
    cookie.
    """
    seconds = SIGNED_SECONDS if visitor.is_signed else ANONYMOUS_SECONDS
    fresh = replace(visitor, expires_at=int(time.time()) + seconds)
    return signing.dumps(asdict(fresh), salt=SALT)


def read_token(token: str, *, account_id: int | None = None) -> Visitor:
    """Return whom a token names. Raises BadToken.

    With `account_id` a token of any other account is refused.
    """
    try:
        visitor = from_facts(signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise BadToken("The token is not one of ours.") from error
    if visitor.is_expired:
        raise BadToken("The token is too old.")
    if account_id is not None and visitor.account_id != account_id:
        raise BadToken("The token is for another account.")
    return visitor


def from_facts(facts: Mapping[str, Any]) -> Visitor:
    """Return the visitor that `asdict` wrote down. Raises TypeError."""
    return Visitor(**facts)
