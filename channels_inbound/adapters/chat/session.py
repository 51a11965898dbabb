"""A window opens: who is it, and what does it show?"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels_inbound.adapters.chat import transcript
from channels_inbound.adapters.chat.site_user import WrongSignature, recognize
from channels_inbound.adapters.chat.visitor import (
    BadToken,
    Visitor,
    anonymous,
    read_token,
    write_token,
)
from channels_inbound.models import ChannelAccount
from customers.models import Claim, Scheme

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Started:
    """Who the window's visitor is, and what the site's developer should know."""

    visitor: Visitor
    warning: str = ""


def begin(account: ChannelAccount, said: Mapping[str, Any], *, header: str) -> Started:
    """Return the visitor of a window: signed, known by a token, or new.

    The site vouches for its user with every page: where it does not, or with a
    wrong signature, the signed visitor of the page before is gone, and so is what
    they could read. A browser that was shared shows nothing after signing out.
    """
    known = _anonymous_of(account, header)
    told = said.get("user")
    if not isinstance(told, dict) or not told:
        return Started(known or anonymous(account.pk))
    try:
        visitor = recognize(account, told)
    except WrongSignature as error:
        logger.info("Chat account %s: %s", account.pk, error)
        return Started(known or anonymous(account.pk), warning=str(error))
    if visitor.is_signed or known is None:
        return Started(visitor)
    return Started(
        Visitor(
            account_id=account.pk,
            value=known.value,
            name=visitor.name or known.name,
            claimed_email=visitor.claimed_email or known.claimed_email,
        )
    )


def describe(started: Started, *, after: str) -> dict[str, Any]:
    """Return what the window needs to know, with a fresh token."""
    visitor = started.visitor
    page = transcript.read(visitor, after=after)
    return {
        "token": write_token(visitor),
        "visitor": {"key": visitor.key, "name": visitor.name},
        "ask_email": not _is_reachable(visitor),
        "items": page.items,
        "cursor": page.cursor,
        "earlier": page.has_earlier,
        "warning": started.warning,
    }


def _anonymous_of(account: ChannelAccount, header: str) -> Visitor | None:
    """Return the anonymous visitor of a token: one that is signed is no proof here."""
    scheme, _space, token = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    try:
        visitor = read_token(token.strip(), account_id=account.pk)
    except BadToken:
        return None
    return None if visitor.is_signed else visitor


def _is_reachable(visitor: Visitor) -> bool:
    """Return whether there is a mail address, if only one that was typed."""
    if visitor.email or visitor.claimed_email:
        return True
    identity = transcript.identity_of(visitor)
    if identity is None:
        return False
    root = identity.customer.root_id
    return Claim.objects.filter(customer__root=root, scheme=Scheme.MAILTO).exists()
