"""Webhooks of mail services, checked and read by django-anymail.

Settings: `anymail`, as the ANYMAIL setting of Django would be for this account, and
`django`, other settings that anymail knows. The site itself has none of them: anymail
would fall back on them for an account that lacks one.
The last part of the URL's path tells inbound from tracking: .../inbound/ or, for
Mailgun's raw mails, .../inbound_mime/.
"""

import base64
import json
from dataclasses import replace
from typing import Any

from anymail.exceptions import (
    AnymailError,
    AnymailWebhookValidationFailure,
)
from anymail.webhooks.base import AnymailBasicAuthMixin
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.adapters.esp.views import (
    Call,
    lacks_secret,
    service_of,
    view_for,
)
from channels_inbound.normalized import (
    ReadAttachment,
    Reading,
    ReadMessage,
    ReadStatus,
)
from channels_inbound.payload import (
    at,
    clean,
    load_json,
    number_at,
    text_at,
)
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import agrees, base64_hmac, require_fresh

METHODS = {"POST", "GET"}  # Unisender Go tries the URL with a GET
MAX_BODY_BYTES = 40 * 1024 * 1024  # mails come with their files, in base64
SVIX_TOLERANCE_SECONDS = 300
# Mailgun tries again for 8 hours, and what it signs is the time of the event.
MAILGUN_TOLERANCE_SECONDS = 9 * 3600

# What anymail raises for a request that makes no sense: it reads what services are
# documented to send, and trusts them to.
_NONSENSE = (
    AnymailError,
    AssertionError,
    AttributeError,
    ImproperlyConfigured,  # mail where a status is expected, or the reverse
    LookupError,
    MultiPartParserError,
    RecursionError,
    SuspiciousOperation,
    TypeError,
    ValueError,
)


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless the service sent it, Unreadable if it is junk.

    Beyond anymail: Resend's signature against the time of receipt, without another
    library. Where a service signs nothing, or like Mailgun not the body, an account
    in use needs the password in its URL; Mailgun's time must be recent too.
    """
    if request.method == "GET":
        return
    if lacks_secret(request) and not request.trusting:
        raise InvalidSignature("The account has no secret to check signatures with.")
    try:
        view, call = view_for(request), Call(request)
        if lacks_secret(request):
            AnymailBasicAuthMixin.validate_request(view, call)
        else:
            view.run_validators(call)
    except AnymailWebhookValidationFailure as error:
        raise InvalidSignature(str(error)) from error
    except _NONSENSE as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    signs_body = service_of(request) != "mailgun" and not view.warn_if_no_basic_auth
    if service_of(request) == "resend":
        signs_body |= _verify_svix(request)
    if request.trusting:
        return
    if not signs_body and not view.basic_auth:
        raise InvalidSignature("The account has no password in its webhook's URL.")
    if service_of(request) == "mailgun":
        require_fresh(
            _mailgun_time(request, call),
            request.received_at,
            seconds=MAILGUN_TOLERANCE_SECONDS,
        )


def read(request: ProviderRequest) -> Reading:
    """Return the mails, or the fates of ours in anymail's words. Raises Unreadable."""
    reading = Reading()
    if request.method == "GET":
        return reading
    parts = _parts(request)
    for part in parts:
        try:
            _read_events(reading, view_for(part).parse_events(Call(part)))
        except _NONSENSE as error:
            if len(parts) == 1:
                raise Unreadable(f"{type(error).__name__}: {error}") from error
            reading.add_event("unreadable")
    return reading


def _parts(request: ProviderRequest) -> list[ProviderRequest]:
    """Return the request, or one for each event of a batch.

    Anymail reads a batch as a whole, so that one event it cannot read would lose
    the others.
    """
    if not request.body.lstrip().startswith(b"["):
        return [request]
    events = load_json(request.body)
    return [
        replace(request, body=json.dumps([event]).encode()) for event in events
    ] or [request]


def _read_events(reading: Reading, events: list[Any]) -> None:
    for event in events:
        if event is not None and event.event_type == "inbound":
            _read_mail(reading, event)
        elif event is not None:
            # The same status may come for each receiver of a mail, and says so.
            reading.statuses.append(
                ReadStatus(
                    clean(str(event.message_id or "")),
                    str(event.event_type),
                    code=clean(str(event.reject_reason or "")),
                )
            )


def _read_mail(reading: Reading, event: Any) -> None:
    mail = event.message
    if mail is None:
        reading.add_event("content_elsewhere", external_id=str(event.event_id or ""))
        return
    sender = mail.from_email
    if isinstance(sender, list):
        sender = sender[0]
    message = ReadMessage(
        clean(str(mail["Message-ID"] or "")),
        clean(str(getattr(sender, "addr_spec", "") or "")),
        clean(mail.text or ""),
        tuple(
            ReadAttachment(
                part.get_content_type(), name=clean(part.get_filename() or "")
            )
            for part in mail.attachments
        ),
        mail.date,
        sender_name=clean(str(getattr(sender, "display_name", "") or "")),
        reply_to=clean(str(mail["In-Reply-To"] or "")),
    )
    # A mail without an id is one all the same; its copy is told by other means.
    reading.messages.append(message)
    elsewhere = getattr(mail, "content_elsewhere", "")
    if elsewhere:
        reading.add_event("content_elsewhere", external_id=elsewhere)


def _verify_svix(request: ProviderRequest) -> bool:
    """Check Resend's signature if there is a secret; tell whether there was.

    https://docs.svix.com/receiving/verifying-payloads/how-manual
    """
    path = request.url_parts.path
    name = "inbound_secret" if "/inbound" in path else "signing_secret"
    secret = ""
    for source in ("django", "anymail"):
        for prefix in ("", "ANYMAIL_"):
            key = f"{prefix}RESEND_{name.upper()}"
            secret = text_at(request.settings, source, key) or secret
    if not secret:
        return False
    time = number_at({"": request.header("svix-timestamp")}, "")
    require_fresh(time, request.received_at, seconds=SVIX_TOLERANCE_SECONDS)
    signed = f"{request.header('svix-id')}.{int(time or 0)}.".encode() + request.body
    try:
        key_bytes = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError as error:
        raise InvalidSignature("The secret is not base64.") from error
    expected = [f"v1,{base64_hmac(key_bytes, signed)}"]
    given = request.header("svix-signature").split(" ", 10)
    if not any(agrees(text, expected) for text in given):
        raise InvalidSignature("The signature is missing or wrong.")
    return True


def _mailgun_time(request: ProviderRequest, call: Call) -> float | None:
    if call.content_type == "application/json":
        return number_at(at(load_json(request.body), "signature"), "timestamp")
    return number_at(call.POST.dict(), "timestamp")
