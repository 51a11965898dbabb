"""Requests as providers send them, signed the way each of them does it."""

import base64
import datetime
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from channels_inbound import providers
from channels_inbound.normalized import Reading
from channels_inbound.requests import ProviderRequest

NOW = datetime.datetime(2026, 5, 4, 10, 0, tzinfo=datetime.UTC)
URL = "https://support.shop.example/in/hook/1f0c"
SECRET = "a-secret-of-the-account"
TELNYX_KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
TELNYX_PUBLIC = base64.b64encode(
    TELNYX_KEY.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )
).decode()

META = {"app_secret": SECRET, "verify_token": "typed at Meta"}
SETTINGS: dict[str, dict[str, Any]] = {
    "instagram": META | {"account_id": "900"},
    "line": {"channel_secret": SECRET},
    "messenger": META | {"account_id": "900"},
    "sms.messagebird": {"signing_key": SECRET},
    "sms.plivo": {"auth_token": SECRET, "number": "15550001111"},
    "sms.telnyx": {"public_key": TELNYX_PUBLIC, "number": "+15550001111"},
    "sms.twilio": {"account_sid": "AC1", "auth_token": SECRET},
    "sms.vonage": {
        "signature_secret": SECRET,
        "signature_method": "sha256",
        "number": "15550001111",
    },
    "telegram": {"bot_token": "77:x", "secret_token": SECRET},
    "viber": {"auth_token": SECRET},
    "whatsapp.cloud": META | {"phone_number_id": "900"},
    "whatsapp.twilio": {"account_sid": "AC1", "auth_token": SECRET},
}
# One message that says "Hello" on each channel.
MESSAGES: dict[str, dict[str, Any]] = {
    "instagram": {
        "object": "instagram",
        "entry": [
            {
                "id": "900",
                "messaging": [
                    {
                        "sender": {"id": "41"},
                        "recipient": {"id": "900"},
                        "timestamp": 1777888800000,
                        "message": {"mid": "m1", "text": "Hello"},
                    }
                ],
            }
        ],
    },
    "line": {
        "destination": "Ushop",
        "events": [
            {
                "type": "message",
                "timestamp": 1777888800000,
                "source": {"type": "user", "userId": "Uann"},
                "replyToken": "r1",
                "message": {"id": "m1", "type": "text", "text": "Hello"},
            }
        ],
    },
    "sms.messagebird": {
        "id": "m1",
        "originator": "4915100001111",
        "recipient": "15550001111",
        "body": "Hello",
        "createdDatetime": "2026-05-04T10:00:00+00:00",
    },
    "sms.plivo": {
        "MessageUUID": "m1",
        "From": "4915100001111",
        "To": "15550001111",
        "Text": "Hello",
        "Type": "sms",
    },
    "sms.telnyx": {
        "data": {
            "event_type": "message.received",
            "payload": {
                "id": "m1",
                "direction": "inbound",
                "from": {"phone_number": "+4915100001111"},
                "to": [{"phone_number": "+15550001111"}],
                "text": "Hello",
                "media": [],
                "received_at": "2026-05-04T10:00:00.000+00:00",
            },
        }
    },
    "sms.twilio": {
        "MessageSid": "m1",
        "AccountSid": "AC1",
        "SmsStatus": "received",
        "From": "+4915100001111",
        "To": "+15550001111",
        "Body": "Hello",
        "NumMedia": "0",
    },
    "sms.vonage": {
        "messageId": "m1",
        "msisdn": "4915100001111",
        "to": "15550001111",
        "text": "Hello",
        "type": "text",
        "message-timestamp": "2026-05-04 10:00:00",
    },
    "telegram": {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "from": {"id": 41, "is_bot": False, "first_name": "Ann"},
            "chat": {"id": 41, "type": "private"},
            "date": 1777888800,
            "text": "Hello",
        },
    },
    "viber": {
        "event": "message",
        "timestamp": 1777888800000,
        "message_token": 5741311803571721087,
        "sender": {"id": "aNN+/=", "name": "Ann"},
        "message": {"type": "text", "text": "Hello"},
    },
    "whatsapp.cloud": {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "1",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "metadata": {"phone_number_id": "900"},
                            "contacts": [
                                {"wa_id": "4915100001111", "profile": {"name": "Ann"}}
                            ],
                            "messages": [
                                {
                                    "id": "m1",
                                    "from": "4915100001111",
                                    "timestamp": "1777888800",
                                    "type": "text",
                                    "text": {"body": "Hello"},
                                }
                            ],
                        },
                    }
                ],
            }
        ],
    },
}
MESSAGES["messenger"] = MESSAGES["instagram"] | {"object": "page"}
MESSAGES["whatsapp.twilio"] = MESSAGES["sms.twilio"] | {
    "From": "whatsapp:+4915100001111",
    "To": "whatsapp:+15550001111",
}
FORMS = {
    "sms.messagebird",
    "sms.plivo",
    "sms.twilio",
    "sms.vonage",
    "whatsapp.twilio",
}
CHANNELS = sorted(SETTINGS)


def call(
    channel: str,
    content: Mapping[str, Any] | bytes,
    *,
    settings: Mapping[str, Any] | None = None,
    secret: str = SECRET,
    url: str = URL,
    at: datetime.datetime = NOW,
    trusting: bool = False,
) -> ProviderRequest:
    """Return a signed POST with the content as the channel's kind of body."""
    parameters: dict[str, str] = {}
    if isinstance(content, bytes):
        body = content
    elif channel in FORMS:
        parameters = dict(content)
        if channel == "sms.vonage":
            parameters |= {"timestamp": str(int(at.timestamp())), "nonce": "n1"}
            parameters["sig"] = vonage_signature(parameters, secret)
        body = urlencode(parameters).encode()
    else:
        body = json.dumps(content).encode()
    return ProviderRequest(
        channel=channel,
        url=url,
        headers=_signature(channel, body, parameters, secret=secret, url=url, at=at),
        body=body,
        settings=SETTINGS[channel] if settings is None else settings,
        received_at=NOW,
        trusting=trusting,
    )


def unsigned(channel: str, content: Any) -> Reading:
    """Read the content without a secret in the settings."""
    secrets = {"app_secret", "auth_token", "channel_secret", "secret_token"}
    secrets |= {"public_key", "signing_key", "signature_secret"}
    settings = {k: v for k, v in SETTINGS[channel].items() if k not in secrets}
    return providers.read(
        channel, call(channel, content, settings=settings, trusting=True)
    )


def jwt(claims: Mapping[str, Any], secret: str, *, algorithm: str = "HS256") -> str:
    """Return a token, also one with an algorithm that nobody should take."""
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": algorithm, "typ": "JWT"}, claims)
    ]
    signed = b".".join(parts)
    digest = {"HS256": "sha256", "HS512": "sha512"}.get(algorithm)
    made = hmac.digest(secret.encode(), signed, digest) if digest else b""
    signature = base64.urlsafe_b64encode(made).rstrip(b"=")
    return (signed + b"." + signature).decode()


def messagebird_claims(body: bytes, url: str, at: datetime.datetime) -> dict[str, Any]:
    """Return what MessageBird says of a request it signs."""
    claims: dict[str, Any] = {
        "iss": "MessageBird",
        "nbf": int(at.timestamp()),
        "exp": int(at.timestamp()) + 60,
        "jti": "j1",
        "url_hash": hashlib.sha256(url.encode()).hexdigest(),
    }
    if body:
        claims["payload_hash"] = hashlib.sha256(body).hexdigest()
    return claims


def vonage_signature(parameters: Mapping[str, str], secret: str) -> str:
    """Return the SHA-256 signature of Vonage's SMS API."""
    text = "".join(
        f"&{name}={parameters[name].replace('&', '_').replace('=', '_')}"
        for name in sorted(parameters)
    )
    return hmac.new(secret.encode(), text.encode(), "sha256").hexdigest().upper()


def _signature(  # noqa: PLR0911 - one answer for each kind
    channel: str,
    body: bytes,
    parameters: Mapping[str, str],
    *,
    secret: str,
    url: str,
    at: datetime.datetime,
) -> dict[str, str]:
    key, joined = (
        secret.encode(),
        "".join(k + parameters[k] for k in sorted(parameters)),
    )
    if channel in {"sms.twilio", "whatsapp.twilio"}:
        return {"x-twilio-signature": _base64(key, (url + joined).encode(), "sha1")}
    if channel == "sms.plivo":
        path, mark, query = url.partition("?")
        dot = "." if mark and joined else ""
        signed = f"{path}?{query}{dot}{joined}.n1".encode()
        return {
            "x-plivo-signature-v3": _base64(key, signed, "sha256"),
            "x-plivo-signature-v3-nonce": "n1",
        }
    if channel == "sms.messagebird":
        claims = messagebird_claims(body, url, at)
        return {"messagebird-signature-jwt": jwt(claims, secret, algorithm="HS512")}
    if channel == "sms.telnyx":
        timestamp = str(int(at.timestamp()))
        private = TELNYX_KEY if secret == SECRET else Ed25519PrivateKey.generate()
        made = private.sign(timestamp.encode() + b"|" + body)
        return {
            "telnyx-timestamp": timestamp,
            "telnyx-signature-ed25519": base64.b64encode(made).decode(),
        }
    if channel == "telegram":
        return {"x-telegram-bot-api-secret-token": secret}
    if channel == "line":
        return {"x-line-signature": _base64(key, body, "sha256")}
    digits = hmac.new(key, body, "sha256").hexdigest()
    if channel == "viber":
        return {"x-viber-content-signature": digits}
    return (
        {} if channel == "sms.vonage" else {"x-hub-signature-256": f"sha256={digits}"}
    )


def _base64(key: bytes, signed: bytes, algorithm: str) -> str:
    return base64.b64encode(hmac.digest(key, signed, algorithm)).decode()
