"""SMS and MMS through MessageBird's older REST API.

Settings: `signing_key`.
"""

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.adapters.sms.numbers import phone
from channels_inbound.normalized import ReadAttachment, Reading, ReadMessage, web_url
from channels_inbound.payload import list_at, load_json, moment, text_at
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import (
    JWT_HASHES,
    jwt_claims,
    require_hash,
    require_in_time,
)

METHODS = {"POST", "GET"}
LEEWAY_SECONDS = 1  # as MessageBird's own library has it
ISSUER = "MessageBird"

# https://developers.messagebird.com/api/sms-messaging/#message-object
STATUSES = {
    "scheduled": "queued",
    "buffered": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "expired": "failed",
    "delivery_failed": "failed",
}
OPTED_OUT = "103"


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless a token of MessageBird covers URL and body.

    As MessageBird's own library 2.2 checks it. Whether a token's `jti` was seen
    before is for the caller, who knows the messages' ids.
    """
    secrets = request.secrets("signing_key")
    if secrets is None:
        return
    claims = jwt_claims(
        request.header("MessageBird-Signature-JWT"), secrets, algorithms=JWT_HASHES
    )
    if claims.get("iss") != ISSUER or not {"nbf", "exp"} <= claims.keys():
        raise InvalidSignature("The token is not MessageBird's or has no time.")
    require_in_time(claims, request.received_at, leeway=LEEWAY_SECONDS)
    require_hash(claims.get("url_hash"), request.url.encode(errors="replace"))
    if request.body or claims.get("payload_hash"):
        require_hash(claims.get("payload_hash") if request.body else "", request.body)


def read(request: ProviderRequest) -> Reading:
    """Return the message or the status. Raises Unreadable."""
    form = _parameters(request)
    reading = Reading(response_body="OK")
    if "status" in form:
        _read_status(reading, form)
        return reading
    # Short codes have words of their own, beside which others may stand.
    of_short_code = "shortcode" in form
    external_id = form.get("mid" if of_short_code else "id", "")
    sender = phone(form.get("originator", ""))
    attachments = _attachments(request, form)
    text = form.get("message" if of_short_code else "body")
    if not external_id or not sender or (text is None and not attachments):
        raise Unreadable("The request lacks the message's id, sender or text.")
    reading.add_message(
        ReadMessage(
            external_id,
            sender,
            text or "",
            attachments,
            moment(form.get("createdDatetime") or form.get("receive_datetime")),
        )
    )
    return reading


def _read_status(reading: Reading, form: dict[str, str]) -> None:
    external_id, code = form.get("id", ""), form.get("statusErrorCode", "")
    if not external_id:
        raise Unreadable("The request lacks the message's id.")
    reading.add_status(
        external_id,
        STATUSES.get(form["status"].lower()),
        code=code,
        reference=form.get("reference", ""),
    )
    if code == OPTED_OUT:
        reading.add_event(
            "opt_out", **{"from": phone(form.get("recipient", ""))}, code=code
        )


def _parameters(request: ProviderRequest) -> dict[str, str]:
    """Return the body's parameters, or the query's when there is no body."""
    if not request.body.strip():
        return request.query
    if request.body.lstrip().startswith(b"{"):
        return {name: text_at(request.json, name) for name in request.json}
    return request.form


def _attachments(
    request: ProviderRequest, form: dict[str, str]
) -> tuple[ReadAttachment, ...]:
    """Return the media: repeated parameters, or an array of JSON in one."""
    if request.body.lstrip().startswith(b"{"):
        values = [text for text in list_at(request.json, "mediaUrls") if text]
    else:
        values = [
            value
            for name, value in request.form_pairs or request.query_pairs
            if name.partition("[")[0] == "mediaUrls" and value
        ]
    urls: list[str] = []
    for value in values:
        if isinstance(value, str) and value.lstrip().startswith("["):
            try:
                listed = load_json(value.encode(errors="replace"))
            except Unreadable:
                continue
            urls += [text for text in listed if isinstance(text, str)]
        elif isinstance(value, str):
            urls.append(value)
    return tuple(ReadAttachment("file", web_url(url)) for url in dict.fromkeys(urls))
