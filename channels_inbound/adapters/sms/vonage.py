"""SMS through Vonage: its SMS API and its Messages API.

Settings: `signature_secret`, `signature_method` (md5hash, which is Vonage's default,
md5, sha1, sha256 or sha512), `number`.
"""

import hashlib
from typing import Any

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.adapters.sms.numbers import is_other_number, phone
from channels_inbound.normalized import ReadAttachment, Reading, ReadMessage, web_url
from channels_inbound.payload import clean, dict_at, moment, number_at, text_at
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import (
    hex_hmac,
    jwt_claims,
    require,
    require_fresh,
    require_hash,
    require_in_time,
)

METHODS = {"POST", "GET"}
TOLERANCE_SECONDS = 300  # Vonage names none; it signs each attempt anew
HMACS = {"md5", "sha1", "sha256", "sha512"}
DEFAULT_METHOD = "md5hash"

# https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts
STATUSES = {
    "accepted": "sent",
    "buffered": "sent",
    "delivered": "delivered",
    "expired": "failed",
    "failed": "failed",
    "rejected": "failed",
}
# https://developer.vonage.com/en/messages/concepts/message-status
MESSAGES_STATUSES = {
    "submitted": "sent",
    "delivered": "delivered",
    "read": "read",
    "rejected": "failed",
    "undeliverable": "failed",
}
MEDIA = ("image", "audio", "video", "file", "vcard")


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless the signature secret signed the parameters.

    A request without any is Vonage trying the URL: there is nothing to believe.
    The Messages API sends a token instead, which covers the body.
    """
    secrets = request.secrets("signature_secret")
    if secrets is None or not (request.body.strip() or request.query_pairs):
        return
    token = request.header("authorization")
    if token.lower().startswith("bearer "):
        _verify_token(request, token[7:].strip(), secrets)
        return
    parameters = _parameters(request)
    given = parameters.pop("sig", "").lower()
    signed = "".join(
        f"&{name}={value.replace('&', '_').replace('=', '_')}"
        for name, value in sorted(parameters.items())
    ).encode(errors="replace")
    method = request.setting("signature_method").lower() or DEFAULT_METHOD
    require(given, [_signature(method, secret, signed) for secret in secrets])
    if "timestamp" in parameters:
        require_fresh(
            _seconds(parameters["timestamp"]),
            request.received_at,
            seconds=TOLERANCE_SECONDS,
        )


def read(request: ProviderRequest) -> Reading:
    """Return the message or the status. Raises Unreadable."""
    reading = Reading()
    if not (request.body.strip() or request.query_pairs):
        return reading
    form = {name: clean(value) for name, value in _parameters(request).items()}
    if "message_uuid" in form:
        _read_messages_api(reading, request.json, request.setting("number"))
        return reading
    external_id = form.get("messageId") or form.get("message-id") or ""
    if not external_id:
        raise Unreadable("The request has no message id.")
    if "status" in form and "text" not in form:
        if not is_other_number(form.get("to", ""), request.setting("number")):
            code = form.get("err-code", "")
            reading.add_status(
                external_id,
                STATUSES.get(form["status"].lower()),
                code="" if code == "0" else code,
                reference=form.get("client-ref", ""),
            )
        return reading
    if not form.get("msisdn"):
        raise Unreadable("The request has no sender.")
    if is_other_number(form.get("to", ""), request.setting("number")):
        return reading
    reading.add_message(
        ReadMessage(
            external_id,
            phone(form["msisdn"]),
            form.get("text", ""),
            sent_at=moment(form.get("message-timestamp")),
        )
    )
    if form.get("concat", "").lower() == "true":
        # Long messages come in parts, each by itself and in any order.
        reading.add_event(
            "part",
            external_id=external_id,
            of=form.get("concat-ref", ""),
            number=form.get("concat-part", ""),
            total=form.get("concat-total", ""),
        )
    return reading


def _read_messages_api(reading: Reading, body: dict[str, Any], ours: str) -> None:
    """Read the form of the Messages API."""
    external_id = text_at(body, "message_uuid")
    if text_at(body, "status"):
        if not is_other_number(text_at(body, "from"), ours):
            reading.add_status(
                external_id,
                MESSAGES_STATUSES.get(text_at(body, "status").lower()),
                code=text_at(body, "error", "title"),
                reference=text_at(body, "client_ref"),
            )
        return
    if is_other_number(text_at(body, "to"), ours):
        return
    files = [(kind, dict_at(body, kind)) for kind in MEDIA if dict_at(body, kind)]
    captions = [text_at(file, "caption") for _, file in files]
    reading.add_message(
        ReadMessage(
            external_id,
            phone(text_at(body, "from")),
            text_at(body, "text") or next(filter(None, captions), ""),
            tuple(
                ReadAttachment(
                    "contact" if kind == "vcard" else kind,
                    web_url(text_at(file, "url")),
                )
                for kind, file in files
            ),
            moment(body.get("timestamp")),
        )
    )


def _verify_token(
    request: ProviderRequest, token: str, secrets: tuple[bytes, ...]
) -> None:
    claims = jwt_claims(token, secrets, algorithms=["HS256"])
    require_in_time(claims, request.received_at, leeway=TOLERANCE_SECONDS)
    require_fresh(
        number_at(claims, "iat"), request.received_at, seconds=TOLERANCE_SECONDS
    )
    # It covers the body alone: parameters in the query would be anybody's.
    require_hash(claims.get("payload_hash") if request.body else "", request.body)


def _parameters(request: ProviderRequest) -> dict[str, str]:
    """Return the parameters as signed: of the body, or of the query without one."""
    body = request.body.strip()
    if not body:
        return dict(request.query_pairs)
    if not body.startswith(b"{"):
        return dict(request.form_pairs)
    return {
        name: str(value).lower()
        if isinstance(value, bool)
        else text_at({"": value}, "")
        for name, value in request.json.items()
    }


def _signature(method: str, secret: bytes, signed: bytes) -> str:
    if method == "md5hash":
        return hashlib.md5(signed + secret).hexdigest()  # noqa: S324  # Vonage's default
    if method not in HMACS:
        raise InvalidSignature("The signature's method is not known.")
    return hex_hmac(secret, signed, method)


def _seconds(timestamp: str) -> float | None:
    read = moment(timestamp)
    return read.timestamp() if read else None
