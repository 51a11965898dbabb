"""Every page of the admin: Django imports this module and with it all of them."""

from omnidesk.configuration import (
    agents,
    articles,
    channel_accounts,
    conversations,
    inboxes,
    people,
    receipts,
)

__all__ = [
    "agents",
    "articles",
    "channel_accounts",
    "conversations",
    "inboxes",
    "people",
    "receipts",
]
