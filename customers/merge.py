"""Two records, one person: link them, undo the link, and keep the roots right."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from customers.models import Customer, Distinction, Merge

# Any number will do, so long as nothing else in this database uses it.
MERGE_LOCK = 7_265_001


class CannotMerge(Exception):
    """The records cannot be merged; `explanation` is a sentence for the agent."""

    def __init__(self, explanation: str) -> None:
        super().__init__(explanation)
        self.explanation = explanation


@transaction.atomic
def merge(
    winner: Customer,
    loser: Customer,
    *,
    by: AbstractBaseUser | None = None,
    why: str = "",
) -> Merge:
    """Say that `loser` is the person that `winner` stands for.

    Nothing moves: the loser's root, with all that was merged into it, hangs below
    the winner's root from now on. Merging two records of one person again returns
    the link between them. Raises CannotMerge for a record and itself, and for two
    that somebody told apart.
    """
    if winner.pk == loser.pk:
        raise CannotMerge("A customer cannot be merged with themselves.")
    top, below = _roots(winner, loser)
    if top.pk == below.pk:
        return _link_of(winner, loser)
    if told_apart(top, below):
        raise CannotMerge(
            "Somebody said that these are not the same person. Take that back first."
        )
    made = Merge.objects.create(winner=top, loser=below, by_id=_pk(by), why=why[:200])
    Customer.objects.filter(root=below).update(root=top)
    return made


@transaction.atomic
def unmerge(link: Merge, *, by: AbstractBaseUser | None = None) -> Merge:
    """Undo one link; everything merged before or since stays as it is.

    Each record has its own identities, conversations and touchpoints all along, so
    they are told apart again by naming their roots. Undoing twice does nothing.
    """
    _roots(link.winner, link.loser)
    link = Merge.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.undone_at is not None:
        return link
    link.undone_at = timezone.now()
    link.undone_by_id = _pk(by)
    link.save(update_fields=["undone_at", "undone_by"])
    Customer.objects.filter(pk__in=records_below(link.loser_id)).update(
        root=link.loser_id
    )
    return link


@transaction.atomic
def tell_apart(
    one: Customer, other: Customer, *, by: AbstractBaseUser | None = None
) -> None:
    """Remember that two records are not the same person, both ways."""
    if one.pk == other.pk:
        raise CannotMerge("A customer cannot be told apart from themselves.")
    low, high = sorted((one.pk, other.pk))
    Distinction.objects.get_or_create(
        low_id=low, high_id=high, defaults={"by_id": _pk(by)}
    )


def told_apart(one: Customer, other: Customer) -> bool:
    """Return whether any record of one person was told apart from one of the other."""
    ours = Customer.objects.filter(root=one.root_id).values("pk")
    theirs = Customer.objects.filter(root=other.root_id).values("pk")
    return (
        Distinction.objects.filter(low__in=ours, high__in=theirs).exists()
        or Distinction.objects.filter(low__in=theirs, high__in=ours).exists()
    )


def members(customer: Customer) -> list[Customer]:
    """Return every record of the person, the one that stands for them first."""
    found = list(Customer.objects.filter(root__members=customer.pk).order_by("pk"))
    return sorted(found, key=lambda member: member.pk != member.root_id)


def links_of(customer: Customer) -> list[Merge]:
    """Return the links in force between the person's records, oldest first."""
    return list(
        Merge.objects.filter(undone_at=None, loser__root__members=customer.pk)
        .select_related("winner", "loser", "by")
        .order_by("created_at", "pk")
    )


def _roots(one: Customer, other: Customer) -> tuple[Customer, Customer]:
    """Return both roots as they are now; no other merge runs until we commit.

    Merges are rare and change many rows of a tree: one at a time is simpler than
    any order of row locks, and cannot deadlock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MERGE_LOCK])
    found = Customer.objects.select_related("root").in_bulk([one.pk, other.pk])
    first, second = found[one.pk].root, found[other.pk].root
    if first is None or second is None:
        raise Customer.DoesNotExist("The customer is being made or removed.")
    return first, second


def _link_of(one: Customer, other: Customer) -> Merge:
    """Return the latest link in force that names one of two merged records.

    At most one of them is the root, and every other record is the loser of a link.
    """
    return Merge.objects.filter(undone_at=None, loser__in=[one.pk, other.pk]).latest(
        "created_at", "pk"
    )


def records_below(customer_id: int) -> list[int]:
    """Return a record and everything merged into it, at any depth. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE below(id) AS (
                SELECT %s::bigint
                UNION
                SELECT link.loser_id FROM customers_merge link
                JOIN below ON link.winner_id = below.id
                WHERE link.undone_at IS NULL
            )
            SELECT id FROM below
            """,
            [customer_id],
        )
        return [row[0] for row in cursor.fetchall()]


def _pk(user: AbstractBaseUser | None) -> int | None:
    return None if user is None else user.pk
