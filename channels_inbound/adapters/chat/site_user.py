"""Is this the site's signed-in user? What the site's signature proves.

A site has two ways to vouch for its user, both with the account's `secret`:

- `jwt`: a JSON Web Token (RFC 7519), HS256, with `sub` (the site's id of the
  user) and `exp`, and optionally `email`, `email_verified`, `name`, `nbf`, `aud`
  (the account's token). It proves the id and the mail address, and it ends.
- `id` and `hash`: the HMAC-SHA256 of the id in hexadecimal. It proves the id
  alone, for ever: a mail address told beside it stays a claim.
"""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

from channels_inbound.adapters.chat.clean import clean_email, clean_line
from channels_inbound.adapters.chat.visitor import Visitor, anonymous
from channels_inbound.models import ChannelAccount

CLOCK_SKEW_SECONDS = 60
ID_LENGTH = 150
JWT_LENGTH = 8192


class WrongSignature(Exception):
    """What a page told of its user is not signed by the site; says why."""


def recognize(account: ChannelAccount, told: Mapping[str, Any]) -> Visitor:
    """Return the visitor that a page's `user` speaks of.

    A user without a signature is anonymous, and their name and address are
    claims. Raises WrongSignature for a signature that is not the site's.
    """
    if told.get("jwt"):
        return _from_jwt(account, str(told["jwt"]))
    if told.get("hash"):
        return _from_hash(account, told)
    return anonymous(
        account.pk,
        name=clean_line(told.get("name")),
        claimed_email=clean_email(told.get("email")),
    )


def _from_hash(account: ChannelAccount, told: Mapping[str, Any]) -> Visitor:
    user_id = _user_id(told.get("id"))
    expected = hmac.new(_secret(account), user_id.encode(), hashlib.sha256)
    given = str(told["hash"]).lower().encode("utf-8", "replace")
    if not hmac.compare_digest(expected.hexdigest().encode(), given):
        raise WrongSignature("The hash is not the HMAC-SHA256 of user.id.")
    return Visitor(
        account_id=account.pk,
        value=_value(account, user_id),
        external_id=_value(account, user_id),
        name=clean_line(told.get("name")),
        claimed_email=clean_email(told.get("email")),
    )


def _from_jwt(account: ChannelAccount, token: str) -> Visitor:
    claims = _claims(account, token)
    user_id = _user_id(claims.get("sub"))
    email = clean_email(claims.get("email"))
    proven = email != "" and claims.get("email_verified", True) is True
    return Visitor(
        account_id=account.pk,
        value=_value(account, user_id),
        external_id=_value(account, user_id),
        name=clean_line(claims.get("name")),
        email=email if proven else "",
        claimed_email="" if proven else email,
    )


def _claims(account: ChannelAccount, token: str) -> Mapping[str, Any]:
    """Return what the token says once its signature and its times are right."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > JWT_LENGTH or not token.isascii():
        raise WrongSignature("The jwt is not a JSON Web Token.")
    header, body, signature = parts
    # The algorithm is ours to choose, not the token's: "none" and RS256 are refused
    # before the key is used, and so is any extension we would have to understand.
    said = _json(header)
    if said.get("alg") != "HS256" or "crit" in said:
        raise WrongSignature("The jwt is not signed with HS256.")
    signed = f"{header}.{body}".encode("ascii")
    expected = hmac.new(_secret(account), signed, hashlib.sha256).digest()
    if not hmac.compare_digest(expected, _bytes(signature)):
        raise WrongSignature("The signature of the jwt is wrong.")
    claims = _json(body)
    _refuse_out_of_time(claims)
    if claims.get("aud", account.token) != account.token:
        raise WrongSignature("The jwt is meant for somebody else.")
    return claims


def _refuse_out_of_time(claims: Mapping[str, Any]) -> None:
    now = time.time()
    ends, begins = claims.get("exp"), claims.get("nbf", 0)
    if ends is None or not _is_number(ends) or not _is_number(begins):
        raise WrongSignature("The jwt does not say when it expires (exp).")
    if now > ends + CLOCK_SKEW_SECONDS:
        raise WrongSignature("The jwt has expired.")
    if now < begins - CLOCK_SKEW_SECONDS:
        raise WrongSignature("The jwt is not valid yet.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _secret(account: ChannelAccount) -> bytes:
    """Return the shared secret; without one nothing is ever signed."""
    secret = account.settings.get("secret") or ""
    if not isinstance(secret, str) or not secret:
        raise WrongSignature("This account has no secret to sign users with.")
    return secret.encode()


def _user_id(value: object) -> str:
    """Return the site's id of its user; numbers are as good as text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise WrongSignature("The user has no id.")
    user_id = str(value)
    if not user_id or len(user_id) > ID_LENGTH or not user_id.isprintable():
        raise WrongSignature("The id of the user is empty or too long.")
    return user_id


def _value(account: ChannelAccount, user_id: str) -> str:
    """Return an id that is unique over all sites: user 42 of two shops is two."""
    return f"{user_id}@{account.address}"


def _json(part: str) -> Mapping[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise WrongSignature("The jwt cannot be read.") from error
    if not isinstance(found, dict):
        raise WrongSignature("The jwt cannot be read.")
    return found


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(
            part + "=" * (-len(part) % 4), altchars=b"-_", validate=True
        )
    except (binascii.Error, ValueError) as error:
        raise WrongSignature("The jwt cannot be read.") from error
