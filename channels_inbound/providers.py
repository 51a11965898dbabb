"""Every provider whose webhooks we can read, and how a request goes through one."""

from dataclasses import replace
from importlib import import_module
from typing import Any

from channels_inbound.adapter import InvalidSignature, Unreadable
from channels_inbound.normalized import Reading
from channels_inbound.requests import (
    MAX_BODY_BYTES,
    ProviderRequest,
    request_from_file,
)

# Channel -> module with METHODS, `verify(request)`, which raises InvalidSignature,
# and `read(request) -> Reading`, which raises Unreadable.
MAIL_SERVICES = (
    "amazon_ses",
    "brevo",
    "mailersend",
    "mailgun",
    "mailjet",
    "mailtrap",
    "mandrill",
    "postal",
    "postmark",
    "resend",
    "sendgrid",
    "sparkpost",
    "unisender_go",
)
PROVIDERS = {
    "instagram": "channels_inbound.adapters.social.instagram",
    "line": "channels_inbound.adapters.social.line",
    "messenger": "channels_inbound.adapters.social.messenger",
    "sms.messagebird": "channels_inbound.adapters.sms.messagebird",
    "sms.plivo": "channels_inbound.adapters.sms.plivo",
    "sms.telnyx": "channels_inbound.adapters.sms.telnyx",
    "sms.twilio": "channels_inbound.adapters.sms.twilio",
    "sms.vonage": "channels_inbound.adapters.sms.vonage",
    "telegram": "channels_inbound.adapters.social.telegram",
    "viber": "channels_inbound.adapters.social.viber",
    "whatsapp.cloud": "channels_inbound.adapters.social.whatsapp_cloud",
    "whatsapp.twilio": "channels_inbound.adapters.social.whatsapp_twilio",
} | {
    f"email.{service}": "channels_inbound.adapters.esp.webhook"
    for service in MAIL_SERVICES
}


def read(channel: str, request: ProviderRequest) -> Reading:
    """Return what the request says, or an empty reading with the code to answer.

    200 for everything authentic, known or not; 403 for a signature that is wrong,
    missing or stale; 400, 405, 413 and 415 for what nobody could read.
    """
    provider = import_module(PROVIDERS[channel])
    if request.method == "HEAD":
        return Reading()
    request = replace(request, channel=channel)
    limit = getattr(provider, "MAX_BODY_BYTES", MAX_BODY_BYTES)
    refusal = _refusal(request, provider.METHODS, limit=limit)
    if refusal:
        return Reading(status_code=refusal)
    try:
        provider.verify(request)
        reading: Reading = provider.read(request)
    except InvalidSignature:
        return Reading(status_code=403)
    except Unreadable:
        return Reading(status_code=400)
    return reading


def normalize(channel: str, raw: bytes) -> dict[str, Any]:
    """Return what a request file says, for the normalize command."""
    try:
        request = request_from_file(raw)
    except Unreadable:
        return Reading(status_code=400).as_json()
    return read(channel, request).as_json()


def _refusal(request: ProviderRequest, methods: set[str], *, limit: int) -> int | None:
    """Return the code for a request that is not even looked into, or None."""
    if request.method not in methods:
        return 405
    # A packed body could unpack to anything; no provider sends one.
    if request.header("content-encoding") not in {"", "identity"}:
        return 415
    return 413 if len(request.body) > limit else None
