"""Is a request from the provider? The checks that several of them share.

Everything is compared in constant time, and against every secret that is valid, so
that a rotation loses nothing.
"""

import base64
import binascii
import datetime
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any

from channels_inbound.adapter import InvalidSignature
from channels_inbound.payload import number_at

JWT_HASHES = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}


def agrees(given: str, expected: Iterable[str]) -> bool:
    """Tell whether the given text is one of the expected ones; "" never is."""
    found = False
    for text in expected:
        found |= hmac.compare_digest(
            given.encode(errors="replace"), text.encode(errors="replace")
        )
    return bool(given) and found


def require(given: str, expected: Iterable[str]) -> None:
    """Raise InvalidSignature unless the given text agrees with an expected one."""
    if not agrees(given, expected):
        raise InvalidSignature("The signature is missing or wrong.")


def hex_hmac(secret: bytes, signed: bytes, algorithm: str = "sha256") -> str:
    """Return the HMAC in lower-case hexadecimal digits."""
    return hmac.new(secret, signed, algorithm).hexdigest()


def base64_hmac(secret: bytes, signed: bytes, algorithm: str = "sha256") -> str:
    """Return the HMAC in base64 with padding."""
    return base64.b64encode(hmac.digest(secret, signed, algorithm)).decode()


def require_fresh(
    timestamp: float | None, now: datetime.datetime, *, seconds: float
) -> None:
    """Raise InvalidSignature unless the time is that near, before or after now."""
    if timestamp is None or not abs(now.timestamp() - timestamp) <= seconds:
        raise InvalidSignature("The request is too old or from the future.")


def require_ed25519(keys: Iterable[bytes], signature: str, signed: bytes) -> None:
    """Raise InvalidSignature unless one of the base64 public keys made it (RFC 8032)."""
    # Imported when needed: it is slow, and most channels do without.
    from cryptography.exceptions import InvalidSignature as WrongSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for key in keys:
        try:
            public = Ed25519PublicKey.from_public_bytes(
                base64.b64decode(key, validate=True)
            )
            public.verify(base64.b64decode(signature, validate=True), signed)
        except (WrongSignature, ValueError):
            continue
        return
    raise InvalidSignature("The signature is missing or wrong.")


def jwt_claims(
    token: str, secrets: Iterable[bytes], *, algorithms: Iterable[str]
) -> dict[str, Any]:
    """Return the claims of a token that one of the secrets signed (RFC 7519).

    Only the algorithms named are taken, whatever the token's header asks for.
    Raises InvalidSignature. Says nothing of the claims: see `require_in_time`.
    """
    head, _, rest = token.partition(".")
    body, _, signature = rest.partition(".")
    header = _json_part(head)
    algorithm = header.get("alg")
    if algorithm not in tuple(algorithms) or "crit" in header:
        raise InvalidSignature("The token's algorithm is not taken.")
    signed = f"{head}.{body}".encode(errors="replace")
    require(
        signature,
        (
            base64.urlsafe_b64encode(
                hmac.digest(secret, signed, JWT_HASHES[str(algorithm)])
            )
            .decode()
            .rstrip("=")
            for secret in secrets
        ),
    )
    return _json_part(body)


def require_in_time(
    claims: Mapping[str, Any], now: datetime.datetime, *, leeway: float
) -> None:
    """Raise InvalidSignature when `exp` has passed or `nbf` has not come."""
    for name, sign in (("nbf", 1), ("exp", -1)):
        if name not in claims:
            continue
        limit = number_at(claims, name)
        if limit is None or sign * (limit - now.timestamp()) > leeway:
            raise InvalidSignature("The token has expired or is not valid yet.")


def require_hash(claim: object, signed: bytes) -> None:
    """Raise InvalidSignature unless the claim is the hex SHA-256 of the bytes."""
    given = claim if isinstance(claim, str) else ""
    require(given.lower(), [hashlib.sha256(signed).hexdigest()])


def _json_part(part: str) -> dict[str, Any]:
    try:
        padded = part.encode("ascii") + b"=" * (-len(part) % 4)
        value = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError, binascii.Error) as error:
        raise InvalidSignature("The token cannot be read.") from error
    if not isinstance(value, dict):
        raise InvalidSignature("The token cannot be read.")
    return value
