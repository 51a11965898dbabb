"""Say that two customers are one person."""

from django.db import transaction

from conversations.actor import Actor
from conversations.models import Conversation
from conversations.record import record_change
from customers import merge as customers
from customers.models import Customer, Merge


@transaction.atomic
def merge(winner: Customer, loser: Customer, *, by: Actor, why: str = "") -> Merge:
    """Link two customer records, and say so in their active conversations.

    Nothing moves, so that `unmerge` brings back what was. Raises
    customers.merge.CannotMerge.
    """
    link = customers.merge(winner, loser, by=by.user, why=why)
    tell(link, verb="merged", by=by, why=why)
    return link


def tell(link: Merge, *, verb: str, by: Actor, why: str) -> None:
    names = {"winner": str(link.winner), "loser": str(link.loser), "link": link.pk}
    active = Conversation.objects.active().filter(
        customer__in=customers.records_below(link.loser_id)
    )
    for pk in active.order_by("pk").values_list("pk", flat=True):
        record_change(
            Conversation.objects.locked(pk), verb=verb, by=by, detail=names, why=why
        )
