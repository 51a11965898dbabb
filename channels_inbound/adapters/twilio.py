"""Twilio's webhooks, which are the same for SMS and for WhatsApp."""

import hashlib
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.normalized import (
    ReadAttachment,
    Reading,
    ReadMessage,
    place,
    web_url,
)
from channels_inbound.payload import number_at
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import base64_hmac, require

METHODS = {"POST", "GET"}

# https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
STATUSES = {
    "accepted": "queued",
    "queued": "queued",
    "scheduled": "queued",
    "sending": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
INBOUND = {"", "received", "receiving"}
OPT_OUTS = {"STOP": "opt_out", "START": "opt_in", "HELP": "help_asked"}
OPTED_OUT = "21610"  # the error of a message to somebody who sent STOP
ALGORITHMS = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}
DEFAULT_PORTS = {"https": 443, "http": 80}

_SCOPED_ID = re.compile(r"(?:whatsapp:)?([A-Z]{2}\.\w+)")
_MEDIA = re.compile(r"MediaUrl(\d{1,3})")


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless the account's auth token made the signature.

    Base64 HMAC over the URL and the sorted parameters of a POST (Twilio's own
    RequestValidator 9.13). Where Twilio's side adds the port, we do too.
    """
    secrets = request.secrets("auth_token")
    if secrets is None:
        return
    algorithm = ALGORITHMS.get(_algorithm(request))
    if algorithm is None:
        raise InvalidSignature("The signature's algorithm is not known.")
    parameters = _signed_parameters(request)
    require(
        request.header("X-Twilio-Signature"),
        [
            base64_hmac(
                secret, (url + parameters).encode("utf-8", "replace"), algorithm
            )
            for secret in secrets
            for url in _with_and_without_port(request.url)
        ],
    )


def read_form(
    request: ProviderRequest,
    *,
    sender: Callable[[str], str],
    is_other: Callable[[dict[str, str]], bool],
    buttons: bool,
) -> Reading:
    """Return the message or the status of a form.

    `sender` turns From into our form, `is_other` tells a form that is not for this
    account's number; with `buttons` a tap's label is the text. Raises Unreadable.
    """
    form = request.form if request.method == "POST" else request.query
    reading = Reading(response_body="<Response/>")
    account = request.setting("account_sid")
    not_ours = account and (form.get("AccountSid") or account) != account
    if not_ours or is_other(form):
        return reading
    external_id = (
        form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid") or ""
    )
    if not external_id:
        raise Unreadable("The request has no message id.")
    word = (form.get("MessageStatus") or form.get("SmsStatus") or "").lower()
    if word not in INBOUND:
        _read_status(reading, form, external_id, word)
        return reading
    if not form.get("From", "").strip():
        raise Unreadable("The request has no sender.")
    text = form.get("Body", "")
    if buttons:
        text = form.get("ButtonText") or text
    reading.add_message(
        ReadMessage(
            external_id,
            sender(form["From"]),
            text,
            tuple(_attachments(form)),
            sender_name=form.get("ProfileName", ""),
            reply_to=form.get("OriginalRepliedMessageSid", ""),
            sender_alias=_alias(form.get("ExternalUserId", "")),
        )
    )
    consent = OPT_OUTS.get(form.get("OptOutType", "").upper())
    if consent:
        reading.add_event(consent, **{"from": sender(form["From"])})
    return reading


def _read_status(
    reading: Reading, form: dict[str, str], external_id: str, word: str
) -> None:
    code = form.get("ErrorCode", "")
    reading.add_status(external_id, STATUSES.get(word), code=code)
    if code == OPTED_OUT:
        reading.add_event("opt_out", **{"from": form.get("To", "")}, code=code)


def _attachments(form: dict[str, str]) -> Iterator[ReadAttachment]:
    """Yield the media that are there, whatever NumMedia says of their number."""
    found = {
        int(match[1]): value
        for name, value in form.items()
        if (match := _MEDIA.fullmatch(name)) and value
    }
    for index in sorted(found):
        kind = form.get(f"MediaContentType{index}", "").partition("/")[0].lower()
        yield ReadAttachment(
            kind if kind in {"image", "audio", "video"} else "file",
            web_url(found[index]),
        )
    where = place(
        number_at(form, "Latitude"),
        number_at(form, "Longitude"),
        f"{form.get('Label', '')} {form.get('Address', '')}",
    )
    if where:
        yield where


def _alias(address: str) -> str:
    """Return the business-scoped id of whatsapp:US.1234, or "" for anything else."""
    match = _SCOPED_ID.fullmatch(address.strip())
    return match[1] if match else ""


def _algorithm(request: ProviderRequest) -> str:
    """Return the algorithm that a request signed with a shared key names."""
    settings = request.header("X-Twilio-Webhooks-Signature-Settings")
    for part in settings.split(","):
        name, _, value = part.partition("=")
        if name.strip() == "algorithm" and value.strip():
            return value.strip().upper()
    return "HMAC_SHA1"


def _signed_parameters(request: ProviderRequest) -> str:
    """Return what follows the URL in the signed text. Raises InvalidSignature.

    A body that is no form is signed by its hash in the URL's query.
    """
    hashes = [value for name, value in request.query_pairs if name == "bodySHA256"]
    if hashes and "form" not in request.header("content-type"):
        require(hashes[0].lower(), [hashlib.sha256(request.body).hexdigest()])
        return ""
    if request.method == "GET":
        return ""
    return "".join(name + value for name, value in sorted(set(request.form_pairs)))


def _with_and_without_port(url: str) -> list[str]:
    """Return the URL, without its port, and with the scheme's own one."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.netloc
    except ValueError:
        return [url]
    if port:
        return [url, url.replace(host, host.rpartition(":")[0], 1)]
    default = DEFAULT_PORTS.get(parts.scheme)
    return (
        [url, url.replace(host, f"{host}:{default}", 1)] if default and host else [url]
    )
