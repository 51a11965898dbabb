"""Take back that two customers are one person."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q

from conversations.actions.merge import tell
from conversations.actions.split import split
from conversations.actor import Actor
from conversations.models import Conversation, Message
from conversations.threads import Reason
from customers import merge as customers
from customers.models import Customer, Merge


@transaction.atomic
def unmerge(link: Merge, *, by: Actor, why: str = "") -> list[Conversation]:
    """Undo a merge; return the conversations that had to be told apart.

    Identities, conversations and touchpoints are with their records all along. Only
    a conversation in which both wrote while they counted as one has words of two
    people: those of the one it does not belong to go to a conversation of theirs.
    """
    if link.undone_at is not None:
        return []
    below = customers.records_below(link.loser_id)
    customers.unmerge(link, by=by.user)
    tell(link, verb="unmerged", by=by, why=why)
    parts = []
    for (conversation_id, customer_id), messages in _foreign(link, below).items():
        parts.append(
            split(
                Conversation.objects.get(pk=conversation_id),
                messages=messages,
                customer=Customer.objects.get(pk=customer_id),
                by=by,
                why="these are two people again",
            )
        )
    return parts


def _foreign(link: Merge, below: list[int]) -> dict[tuple[int, int], list[Message]]:
    """Return messages by (conversation, rightful customer) that are in a wrong one.

    Only those since the merge: before it, the other person can only have been a
    third party, who stays.
    """
    ours, theirs = Q(identity__customer__in=below), Q(conversation__customer__in=below)
    found: dict[tuple[int, int], list[Message]] = defaultdict(list)
    for message in (
        Message.objects.filter(
            (ours & ~theirs) | (~ours & theirs),
            identity__isnull=False,
            created_at__gte=link.created_at,
        )
        .exclude(thread_reason=Reason.THIRD_PARTY)
        .select_related("identity")
        .order_by("conversation_id", "pk")
    ):
        if message.identity is not None:
            key = (message.conversation_id, message.identity.customer_id)
            found[key].append(message)
    return found
