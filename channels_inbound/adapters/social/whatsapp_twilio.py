"""WhatsApp through Twilio.

Settings: `account_sid`, `auth_token`; `sender` (whatsapp:+1...), when the account
has several.
"""

from channels_inbound.adapters.twilio import METHODS, read_form, verify
from channels_inbound.normalized import Reading
from channels_inbound.requests import ProviderRequest

__all__ = ["METHODS", "read", "verify"]


def read(request: ProviderRequest) -> Reading:
    """Return the message or the status. Raises Unreadable."""
    ours = whatsapp_id(request.setting("sender"))
    return read_form(
        request,
        sender=whatsapp_id,
        is_other=lambda form: (
            form.get("SmsStatus") == "received"
            and bool(ours and form.get("To"))
            and whatsapp_id(form["To"]) != ours
        ),
        buttons=True,
    )


def whatsapp_id(address: str) -> str:
    """Return the digits, or the business-scoped id, of a sender.

    whatsapp:+14155550100 → 14155550100, whatsapp:US.1234 → US.1234. The prefix is
    sometimes missing.
    """
    text = address.strip()
    if text.lower().startswith("whatsapp:"):
        text = text[len("whatsapp:") :]
    return text.strip().removeprefix("+")
