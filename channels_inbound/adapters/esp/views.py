"""Anymail's views, set up with one account's settings."""

import io
import warnings
from typing import Any

from anymail.exceptions import (
    AnymailInsecureWebhookWarning,
    AnymailNotSupportedWarning,
)
from anymail.utils import get_request_basic_auth
from django.core.handlers.wsgi import WSGIRequest
from django.utils.module_loading import import_string

from channels_inbound.payload import dict_at
from channels_inbound.requests import ProviderRequest

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


# The setting that signatures are checked with, where there always are some.
SECRETS = {
    "mailersend": {"Inbound": "inbound_secret", "Tracking": "signing_secret"},
    "mailgun": dict.fromkeys(("Inbound", "Tracking"), "webhook_signing_key"),
    "mandrill": {"Combined": "webhook_key"},
    "postal": dict.fromkeys(("Inbound", "Tracking"), "webhook_key"),
    "unisender_go": {"Tracking": "api_key"},
}
NO_SECRET = "none"  # noqa: S105 - stands where anymail insists on a value


class Call(WSGIRequest):
    """The request as Django's, of any size: we have counted its bytes already."""

    def __init__(self, request: ProviderRequest) -> None:
        parts = request.url_parts
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


def service_of(request: ProviderRequest) -> str:
    """Return the service's name as anymail writes it."""
    return request.channel.removeprefix("email.")


def view_for(request: ProviderRequest) -> Any:
    """Return anymail's view for the service, set up with this account's settings.

    Raises ValueError for a service that sends nothing of the kind.
    """
    service, kind = service_of(request), _kind(request)
    inbound, tracking, words = SERVICES[service]
    place = inbound if kind == "Inbound" else tracking
    if place is None:
        raise ValueError("The service sends no inbound mail.")
    options = _options(request)
    if lacks_secret(request):
        # Anymail makes no view without one; nothing is compared with it.
        options[SECRETS[service][kind]] = NO_SECRET
    with warnings.catch_warnings():
        # An account without a check is refused elsewhere, with words of ours.
        warnings.simplefilter("ignore", AnymailInsecureWebhookWarning)
        warnings.simplefilter("ignore", AnymailNotSupportedWarning)
        return import_string(place.format(service, words + kind))(**options)


def lacks_secret(request: ProviderRequest) -> bool:
    """Tell whether the service signs and the settings lack the secret for it."""
    service, options = service_of(request), _options(request)
    name = SECRETS.get(service, {}).get(_kind(request))
    if service == "mailgun" and options.get("api_key"):
        return False
    return name is not None and not options.get(name)


def _kind(request: ProviderRequest) -> str:
    if service_of(request) == "mandrill":
        return "Combined"
    last = request.url_parts.path.rstrip("/").rpartition("/")[2]
    return "Inbound" if last.startswith("inbound") else "Tracking"


def _options(request: ProviderRequest) -> dict[str, Any]:
    """Return the settings by the names that anymail's views take them by.

    {"MAILGUN_WEBHOOK_SIGNING_KEY": x} → {"webhook_signing_key": x}.
    """
    service = service_of(request)
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
        # Checked by ourselves, without the library that anymail asks for.
        options |= {"signing_secret": None, "inbound_secret": None}
    return options


def _url_as_called(request: ProviderRequest) -> str:
    """Return the URL with the password in it, as Mandrill signs it."""
    password = get_request_basic_auth(Call(request))
    if password is None:
        return request.url
    scheme, mark, rest = request.url.partition("://")
    return f"{scheme}{mark}{password}@{rest}"
