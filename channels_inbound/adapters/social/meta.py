"""What WhatsApp, Messenger and Instagram have in common: Meta's webhooks."""

from typing import Any

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.payload import clean
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import agrees, hex_hmac, require

METHODS = {"POST", "GET"}
PREFIX = "sha256="


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless Meta sent it.

    A GET is the handshake and carries the verify token that was typed at Meta; a
    POST is signed with the app's secret over its raw bytes, in which Meta escapes
    what is not ASCII. The older SHA-1 header beside it proves nothing.
    """
    if request.method == "GET":
        _verify_handshake(request)
        return
    secrets = request.secrets("app_secret")
    if secrets is None:
        return
    prefix, given = (
        request.header("X-Hub-Signature-256")[: len(PREFIX)],
        request.header("X-Hub-Signature-256")[len(PREFIX) :],
    )
    if prefix.lower() != PREFIX:
        raise InvalidSignature("The signature is missing or of another kind.")
    require(given.lower(), [hex_hmac(secret, request.body) for secret in secrets])


def challenge(request: ProviderRequest) -> str:
    """Return what a handshake wants to hear, to be sent as plain text only."""
    return clean(request.query.get("hub.challenge", ""))


def entries(request: ProviderRequest, *, of: str) -> list[Any]:
    """Return the entries if the request is about this kind of object, else none.

    Raises Unreadable.
    """
    found = request.json.get("entry")
    if found is not None and not isinstance(found, list):
        raise Unreadable("The entries are not an array.")
    return found or [] if request.json.get("object") == of else []


def _verify_handshake(request: ProviderRequest) -> None:
    expected = [
        secret.decode("utf-8", "replace")
        for secret in request.secrets("verify_token") or ()
    ]
    given = request.query.get("hub.verify_token", "")
    if request.query.get("hub.mode") != "subscribe" or not agrees(given, expected):
        raise InvalidSignature("The verify token is missing or wrong.")
