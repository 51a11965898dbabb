"""The customer beside the thread: addresses, claims and other conversations."""

from dataclasses import dataclass

from conversations.access import visible_to
from conversations.models import Conversation
from customers.models import Claim, Customer, Identity
from omnidesk.accounts.models import User

OTHERS_SHOWN = 5


@dataclass(frozen=True)
class Panel:
    """What an agent sees of a customer."""

    customer: Customer
    identities: list[Identity]
    claims: list[Claim]
    others: list[Conversation]


def read(user: User, conversation: Conversation) -> Panel:
    """Return the customer of a conversation. Three queries.

    What belongs to records that were merged belongs to the person. Other
    conversations are only those that the user may see.
    """
    customer = conversation.customer
    return Panel(
        customer=customer,
        identities=list(
            Identity.objects.filter(customer__root=customer.root_id).order_by(
                "scheme", "first_seen_at"
            )
        ),
        claims=list(
            Claim.objects.filter(customer__root=customer.root_id).order_by("created_at")
        ),
        others=list(
            visible_to(user)
            .filter(customer__root=customer.root_id)
            .exclude(pk=conversation.pk)
            .select_related("last_message__via")
            .defer("last_message__text")
            .latest_first()[:OTHERS_SHOWN]
        ),
    )
