"""Direct messages to an Instagram account.

Settings: `app_secret`, `verify_token`, `account_id`.
"""

from channels_inbound.adapters.social.meta import METHODS, verify
from channels_inbound.adapters.social.page_messages import read_messaging
from channels_inbound.normalized import Reading
from channels_inbound.requests import ProviderRequest

__all__ = ["METHODS", "read", "verify"]


def read(request: ProviderRequest) -> Reading:
    """Return the messages, statuses and events. Raises Unreadable."""
    return read_messaging(request, of="instagram")
