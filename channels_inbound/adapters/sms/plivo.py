"""SMS and MMS through Plivo.

Settings: `auth_id`, `auth_token`, `number`.
"""

import re

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.adapters.sms.numbers import is_other_number, phone
from channels_inbound.normalized import ReadAttachment, Reading, ReadMessage, web_url
from channels_inbound.payload import moment
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import agrees, base64_hmac

METHODS = {"POST", "GET"}
MAX_SIGNATURES = 10

# https://www.plivo.com/docs/messaging/api/message/message-object
STATUSES = {
    "queued": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "rejected": "failed",
}
_MEDIA = re.compile(r"Media(?:Url)?(\d{1,3})")


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless one signature of the list is ours.

    Version 3, as Plivo's own library 4.63 computes it. Version 2 leaves the
    parameters unsigned, so that one seen signature would forge any message: it is
    not taken.
    """
    secrets = request.secrets("auth_token")
    if secrets is None:
        return
    nonce = request.header("X-Plivo-Signature-V3-Nonce")
    signed = f"{_base(request)}.{nonce}".encode(errors="replace")
    expected = [base64_hmac(secret, signed) for secret in secrets]
    # The list has an entry for each token that is valid at the provider.
    given = request.header("X-Plivo-Signature-V3").split(",", MAX_SIGNATURES)
    if not any(agrees(text.strip(), expected) for text in given):
        raise InvalidSignature("The signature is missing or wrong.")


def read(request: ProviderRequest) -> Reading:
    """Return the message or the status. Raises Unreadable."""
    form = request.form if request.method == "POST" else request.query
    reading, external_id = Reading(), form.get("MessageUUID", "")
    is_status = "Status" in form
    our_side, their_side = ("From", "To") if is_status else ("To", "From")
    if not external_id or not form.get(our_side) or not form.get(their_side):
        raise Unreadable("The request lacks the message's id, sender or receiver.")
    if is_other_number(form[our_side], request.setting("number")):
        return reading
    if is_status:
        reading.add_status(
            # Each part of a long message has its own id; we know the parent's.
            form.get("ParentMessageUUID") or external_id,
            STATUSES.get(form["Status"].lower()),
            code=form.get("ErrorCode", ""),
        )
        return reading
    reading.add_message(
        ReadMessage(
            external_id,
            phone(form["From"]),
            form.get("Text", ""),
            _attachments(form),
            moment(form.get("MessageTime")),
        )
    )
    return reading


def _attachments(form: dict[str, str]) -> tuple[ReadAttachment, ...]:
    found = {
        int(match[1]): value
        for name, value in form.items()
        if (match := _MEDIA.fullmatch(name)) and value
    }
    return tuple(
        ReadAttachment("file", web_url(found[index])) for index in sorted(found)
    )


def _base(request: ProviderRequest) -> str:
    """Return the signed text up to the nonce.

    The query is sorted, then follow the sorted parameters of a POST, each name and
    value joined without a sign between; a dot parts the two when both are there.
    """
    parts = request.url_parts
    base = f"{parts.scheme}://{parts.netloc}{parts.path}"
    query = "&".join(f"{key}={value}" for key, value in sorted(request.query_pairs))
    form = ""
    if request.method == "POST":
        form = "".join(key + value for key, value in sorted(request.form_pairs))
    if query or form:
        base += f"?{query}"
    if query and form:
        base += "."
    return base + form
