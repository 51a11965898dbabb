import functools

import pytest

from customers.merge import CannotMerge, links_of, members, merge, tell_apart, unmerge
from customers.models import Customer, Merge
from tests.factories import CustomerFactory
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def _roots() -> dict[int, int | None]:
    return dict(Customer.objects.values_list("pk", "root_id"))


def _make(count: int) -> list[Customer]:
    return [CustomerFactory.create() for _ in range(count)]


def test_a_new_customer_stands_for_themselves() -> None:
    (ana,) = _make(1)

    assert ana.root_id == ana.pk


def test_merged_records_have_one_root() -> None:
    ana, anna = _make(2)

    merge(ana, anna)

    assert _roots() == {ana.pk: ana.pk, anna.pk: ana.pk}
    assert members(anna) == [Customer.objects.get(pk=ana.pk), anna]


def test_unmerging_brings_back_what_was() -> None:
    ana, anna = _make(2)
    before = _roots()
    link = merge(ana, anna)

    unmerge(link)

    assert _roots() == before
    assert links_of(ana) == []


def test_a_chain_of_merges_has_the_last_winner_as_its_root() -> None:
    a, b, c = _make(3)
    merge(b, c)

    merge(a, b)

    assert _roots() == {a.pk: a.pk, b.pk: a.pk, c.pk: a.pk}


def test_undoing_the_middle_of_a_chain_leaves_the_rest_joined() -> None:
    a, b, c = _make(3)
    merge(b, c)
    upper = merge(a, b)

    unmerge(upper)

    assert _roots() == {a.pk: a.pk, b.pk: b.pk, c.pk: b.pk}


def test_undoing_the_oldest_link_leaves_the_later_one() -> None:
    a, b, c = _make(3)
    lower = merge(b, c)
    merge(a, b)

    unmerge(lower)

    assert _roots() == {a.pk: a.pk, b.pk: a.pk, c.pk: c.pk}


def test_merging_by_a_merged_record_joins_the_whole_person() -> None:
    a, b, c, d = _make(4)
    merge(a, b)
    merge(c, d)

    merge(b, d)

    assert set(_roots().values()) == {a.pk}


def test_merging_one_person_again_returns_the_link() -> None:
    ana, anna = _make(2)
    first = merge(ana, anna)

    assert merge(anna, ana) == first
    assert Merge.objects.count() == 1


def test_a_customer_cannot_be_merged_with_themselves() -> None:
    (ana,) = _make(1)

    with pytest.raises(CannotMerge):
        merge(ana, ana)


@pytest.mark.parametrize("turned", [False, True])
def test_two_people_who_were_told_apart_are_not_merged(turned: bool) -> None:
    ana, anna, other = _make(3)
    tell_apart(ana, anna)
    merge(anna, other)
    pair = (other, ana) if turned else (ana, other)

    with pytest.raises(CannotMerge):
        merge(*pair)


def test_undoing_twice_does_nothing() -> None:
    ana, anna = _make(2)
    link = merge(ana, anna)
    first = unmerge(link).undone_at

    assert unmerge(link).undone_at == first


@pytest.mark.django_db(transaction=True)
def test_merges_of_a_ring_at_once_end_in_one_tree() -> None:
    ring = _make(8)
    calls = [
        functools.partial(merge, one, ring[(position + 1) % len(ring)])
        for position, one in enumerate(ring)
    ]

    results = at_once(calls)

    assert not [result for result in results if isinstance(result, Exception)]
    assert len(set(_roots().values())) == 1
    assert Merge.objects.count() == 7
