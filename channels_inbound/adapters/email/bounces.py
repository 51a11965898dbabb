"""Why a mail of ours did not arrive, in words."""

import re

from channels_inbound.adapters.email import automatic, mime

_DIAGNOSTIC = re.compile(
    rb"^diagnostic-code:[ \t]*(?:[\w.-]{1,40};)?[ \t]*([^\r\n]{0,300}"
    rb"(?:\r?\n[ \t]+[^\r\n]{0,300}){0,4})",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS = re.compile(
    rb"^status:[ \t]*(\d\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE
)

# Enhanced status codes (RFC 3463, section 3) in words for an agent.
MEANINGS = {
    "5.1.1": "There is no such mailbox.",
    "5.1.2": "The mail domain does not exist.",
    "5.1.3": "The address is not written as one.",
    "5.1.10": "The recipient does not take mail.",
    "5.2.1": "The mailbox is switched off.",
    "5.2.2": "The mailbox is full.",
    "5.2.3": "The message is too large for the recipient.",
    "5.3.4": "The message is too large for the recipient's server.",
    "5.4.1": "The recipient's server refused the recipient.",
    "5.4.4": "The recipient's domain has no mail server.",
    "5.4.7": "It could not be delivered for too long.",
    "5.7.1": "The recipient's server refused it by its policy.",
    "5.7.26": "The recipient's server could not authenticate our mail.",
}
UNKNOWN = "The recipient's server returned it."


def failure_reason(raw: bytes) -> str:
    """Return why the mail that this bounce returns failed: a sentence, then details."""
    status = automatic.delivery_status(mime.read(raw)) or b""
    code = _STATUS.search(status)
    said = _DIAGNOSTIC.search(status)
    sentence = MEANINGS.get(code[1].decode() if code else "", UNKNOWN)
    if said is None:
        return sentence
    words = " ".join(said[1].decode("utf-8", "replace").replace("\x00", "").split())
    return f"{sentence} The server said: {words[:300]}"
