"""What a site's own server does: sign its user for the widget."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any


def sign(claims: Mapping[str, Any], *, secret: str) -> str:
    """Return a JSON Web Token signed with HS256 (RFC 7515, RFC 7519)."""
    head = _encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    signed = f"{head}.{_encode(json.dumps(claims).encode())}"
    mac = hmac.new(secret.encode(), signed.encode(), hashlib.sha256)
    return f"{signed}.{_encode(mac.digest())}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
