"""Webhooks of mail services, checked and read by django-anymail.

Settings: `anymail`, as the ANYMAIL setting of Django would be for this account, and
`django`, other settings that anymail knows. Nothing is taken from the site's own.
The last part of the URL's path tells inbound from tracking: .../inbound/ or, for
Mailgun's raw mails, .../inbound_mime/.
"""

import base64
import io
import warnings
from typing import Any
from urllib.parse import urlsplit

from anymail.exceptions import (
    AnymailError,
    AnymailInsecureWebhookWarning,
    AnymailNotSupportedWarning,
    AnymailWebhookValidationFailure,
)
from anymail.utils import get_request_basic_auth
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.module_loading import import_string

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.normalized import (
    ReadAttachment,
    Reading,
    ReadMessage,
    ReadStatus,
)
from channels_inbound.payload import (
    at,
    clean,
    dict_at,
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

_ANYMAIL = "anymail.webhooks.{0}.{1}WebhookView"
_OFFLINE = "channels_inbound.adapters.esp.offline.{1}"
# Service -> where its views are, and the words their names begin with.
SERVICES = {
    "amazon_ses": (_OFFLINE, _OFFLINE, "AmazonSES"),
    "brevo": (_OFFLINE, _ANYMAIL, "Brevo"),
    "mailersend": (_ANYMAIL, _ANYMAIL, "MailerSend"),
    "mailgun": (_ANYMAIL, _ANYMAIL, "Mailgun"),
    "mailjet": (_ANYMAIL, _ANYMAIL, "Mailjet"),
    "mailtrap": (_OFFLINE, _ANYMAIL, "Mailtrap"),
    "mandrill": (_ANYMAIL, _ANYMAIL, "Mandrill"),
    "postal": (_ANYMAIL, _ANYMAIL, "Postal"),
    "postmark": (_ANYMAIL, _ANYMAIL, "Postmark"),
    "resend": (_OFFLINE, _ANYMAIL, "Resend"),
    "sendgrid": (_ANYMAIL, _ANYMAIL, "SendGrid"),
    "sparkpost": (_ANYMAIL, _ANYMAIL, "SparkPost"),
    "unisender_go": (None, _ANYMAIL, "UnisenderGo"),
}
# What anymail raises for a request that makes no sense: it reads what services are
# documented to send, and trusts them to.
_NONSENSE = (
    AnymailError,
    AssertionError,
    AttributeError,
    LookupError,
    MultiPartParserError,
    RecursionError,
    SuspiciousOperation,
    TypeError,
    ValueError,
)


class _Call(WSGIRequest):
    """The request as Django's, of any size: we have counted its bytes already."""

    def __init__(self, request: ProviderRequest) -> None:
        parts = urlsplit(request.url)
        names = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in request.headers.items()
        }
        super().__init__(
            names
            | {
                "REQUEST_METHOD": request.method,
                "PATH_INFO": parts.path,
                "QUERY_STRING": parts.query,
                "CONTENT_TYPE": request.header("content-type"),
                "CONTENT_LENGTH": str(len(request.body)),
                "SERVER_NAME": parts.hostname or "localhost",
                "SERVER_PORT": "443",
                "wsgi.url_scheme": parts.scheme or "https",
                "wsgi.input": io.BytesIO(request.body),
            }
        )
        self._bytes = request.body

    @property
    def body(self) -> bytes:
        return self._bytes


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless the service sent it, Unreadable if it is junk.

    Beyond anymail: Resend's signature against the time of receipt, without another
    library. Where a service signs nothing, or like Mailgun not the body, an account
    in use needs the password in its URL; Mailgun's time must be recent too.
    """
    if request.method == "GET":
        return
    try:
        view, call = _view(request), _Call(request)
        view.run_validators(call)
    except AnymailWebhookValidationFailure as error:
        raise InvalidSignature(str(error)) from error
    except _NONSENSE as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    signs_body = _service(request) != "mailgun" and not view.warn_if_no_basic_auth
    if _service(request) == "resend":
        signs_body |= _verify_svix(request)
    if request.trusting:
        return
    if not signs_body and not view.basic_auth:
        raise InvalidSignature("The account has no password in its webhook's URL.")
    if _service(request) == "mailgun":
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
    try:
        for event in _view(request).parse_events(_Call(request)):
            if event is not None and event.event_type == "inbound":
                _read_mail(reading, event)
            elif event is not None:
                reading.statuses.append(
                    ReadStatus(
                        clean(str(event.message_id or "")),
                        str(event.event_type),
                        code=clean(str(event.reject_reason or "")),
                    )
                )
    except _NONSENSE as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return reading


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


def _service(request: ProviderRequest) -> str:
    return request.channel.removeprefix("email.")


def _view(request: ProviderRequest) -> Any:
    """Return anymail's view for the service, set up with this account's settings."""
    service = _service(request)
    inbound, tracking, words = SERVICES[service]
    path = urlsplit(request.url).path.rstrip("/")
    place: str | None = tracking
    if service == "mandrill":
        kind = "Combined"
    elif path.rpartition("/")[2].startswith("inbound"):
        place, kind = inbound, "Inbound"
    else:
        kind = "Tracking"
    if place is None:
        raise ValueError("The service sends no inbound mail.")
    options = _options(request, service)
    with warnings.catch_warnings():
        # An account without a check is refused elsewhere, with words of ours.
        warnings.simplefilter("ignore", AnymailInsecureWebhookWarning)
        warnings.simplefilter("ignore", AnymailNotSupportedWarning)
        return import_string(place.format(service, words + kind))(**options)


def _options(request: ProviderRequest, service: str) -> dict[str, Any]:
    """Return the settings by the names that anymail's views take them by.

    {"MAILGUN_WEBHOOK_SIGNING_KEY": x} → {"webhook_signing_key": x}.
    """
    prefix = f"{service.upper()}_"
    options: dict[str, Any] = {"webhook_secret": []}
    for source in ("django", "anymail"):
        for key, value in dict_at(request.settings, source).items():
            name = key.removeprefix("ANYMAIL_")
            if name == "WEBHOOK_SECRET":
                options["webhook_secret"] = value
            elif name.startswith(prefix):
                options[name.removeprefix(prefix).lower()] = value
    if service == "mandrill":
        options.setdefault("webhook_url", _url_as_called(request))
    if service == "resend":
        # See _verify_svix.
        options |= {"signing_secret": None, "inbound_secret": None}
    return options


def _url_as_called(request: ProviderRequest) -> str:
    """Return the URL with the password in it, as Mandrill signs it."""
    password = get_request_basic_auth(_Call(request))
    if password is None:
        return request.url
    scheme, mark, rest = request.url.partition("://")
    return f"{scheme}{mark}{password}@{rest}"


def _verify_svix(request: ProviderRequest) -> bool:
    """Check Resend's signature if there is a secret; tell whether there was.

    https://docs.svix.com/receiving/verifying-payloads/how-manual
    """
    path = urlsplit(request.url).path
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


def _mailgun_time(request: ProviderRequest, call: _Call) -> float | None:
    if call.content_type == "application/json":
        return number_at(at(load_json(request.body), "signature"), "timestamp")
    return number_at(call.POST.dict(), "timestamp")
