"""SMS and MMS through Telnyx.

Settings: `public_key` (base64, of the account), `number`.
"""

from typing import Any

from channels_inbound.adapters.sms.numbers import is_other_number, phone
from channels_inbound.normalized import ReadAttachment, Reading, ReadMessage, web_url
from channels_inbound.payload import dict_at, list_at, moment, number_at, text_at
from channels_inbound.requests import ProviderRequest
from channels_inbound.signatures import require_ed25519, require_fresh

METHODS = {"POST"}
TOLERANCE_SECONDS = 300  # as Telnyx's own library has it

# https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks;
# delivery_unconfirmed: the carrier took it and will not say more.
STATUSES = {
    "queued": "queued",
    "sending": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "delivery_unconfirmed": "sent",
    "delivery_failed": "failed",
    "sending_failed": "failed",
    "expired": "failed",
}
OPTED_OUT = "40300"
STATUS_EVENTS = {"message.sent", "message.finalized"}


def verify(request: ProviderRequest) -> None:
    """Raise InvalidSignature unless Telnyx signed the time and the body, just now."""
    keys = request.secrets("public_key")
    if keys is None:
        return
    timestamp = request.header("telnyx-timestamp")
    require_ed25519(
        keys,
        request.header("telnyx-signature-ed25519"),
        timestamp.encode(errors="replace") + b"|" + request.body,
    )
    require_fresh(
        number_at({"": timestamp}, ""), request.received_at, seconds=TOLERANCE_SECONDS
    )


def read(request: ProviderRequest) -> Reading:
    """Return the message or the status. Raises Unreadable."""
    data, reading = dict_at(request.json, "data"), Reading()
    event, payload = text_at(data, "event_type"), dict_at(data, "payload")
    ours = request.setting("number")
    if event == "message.received":
        _read_message(reading, payload, ours)
    elif event in STATUS_EVENTS and not is_other_number(
        text_at(payload, "from", "phone_number"), ours
    ):
        _read_statuses(reading, payload)
    return reading


def _read_message(reading: Reading, payload: dict[str, Any], ours: str) -> None:
    receivers = [
        text_at(receiver, "phone_number")
        for receiver in [*list_at(payload, "to"), *list_at(payload, "cc")]
    ]
    if receivers and all(is_other_number(number, ours) for number in receivers):
        return
    if text_at(payload, "direction") == "outbound":
        return
    reading.add_message(
        ReadMessage(
            text_at(payload, "id"),
            phone(text_at(payload, "from", "phone_number")),
            text_at(payload, "text"),
            tuple(
                ReadAttachment(_kind(media), web_url(text_at(media, "url")))
                for media in list_at(payload, "media")
                if isinstance(media, dict)
            ),
            moment(payload.get("received_at")),
        )
    )


def _read_statuses(reading: Reading, payload: dict[str, Any]) -> None:
    codes = [text_at(error, "code") for error in list_at(payload, "errors")]
    for receiver in list_at(payload, "to"):
        reading.add_status(
            text_at(payload, "id"),
            STATUSES.get(text_at(receiver, "status")),
            code=codes[0] if codes else "",
        )
        if OPTED_OUT in codes:
            reading.add_event(
                "opt_out",
                **{"from": phone(text_at(receiver, "phone_number"))},
                code=OPTED_OUT,
            )


def _kind(media: dict[str, Any]) -> str:
    kind = text_at(media, "content_type").partition("/")[0].lower()
    return kind if kind in {"image", "audio", "video"} else "file"
