"""SMS and MMS through Twilio.

Settings: `account_sid`, `auth_token`; `number`, when the account has several.
"""

from channels_inbound.adapters.sms.numbers import is_other_number, phone
from channels_inbound.adapters.twilio import METHODS, read_form, verify
from channels_inbound.normalized import Reading
from channels_inbound.requests import ProviderRequest

__all__ = ["METHODS", "read", "verify"]


def read(request: ProviderRequest) -> Reading:
    """Return the message or the status. Raises Unreadable."""
    return read_form(
        request,
        sender=phone,
        is_other=lambda form: (
            form.get("SmsStatus") == "received"
            and is_other_number(form.get("To", ""), request.setting("number"))
        ),
        buttons=False,
    )
