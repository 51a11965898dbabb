import functools

import pytest

from customers.identify import attach, claim, identify
from customers.models import Claim, Customer, Identity
from tests.factories import IdentityFactory
from tests.parallel import at_once


@pytest.mark.django_db
def test_a_known_address_finds_its_customer() -> None:
    known = IdentityFactory.create(value="ana@example.com")

    found = identify("mailto", "ANA@example.com")

    assert found == known
    assert Customer.objects.count() == 1


@pytest.mark.django_db
def test_a_new_address_makes_a_customer_with_the_senders_name() -> None:
    identity = identify("mailto", "ana@example.com", name="Ana\x00  Ruiz")

    assert identity.customer.name == "Ana Ruiz"
    assert identity.assurance == Identity.Assurance.CLAIMED


@pytest.mark.django_db
def test_a_proof_raises_the_assurance_and_a_claim_does_not_lower_it() -> None:
    identify("mailto", "ana@example.com")
    identify("mailto", "ana@example.com", verified=True, source="dmarc")

    identity = identify("mailto", "ana@example.com", verified=False)

    assert identity.assurance == Identity.Assurance.VERIFIED
    assert identity.source == "dmarc"


@pytest.mark.django_db
def test_a_proven_address_joins_the_customer_it_belongs_to() -> None:
    ana = IdentityFactory.create(value="ana@example.com").customer

    identity = attach(ana, "chat", "visitor-1", source="site")

    assert identity.customer == ana
    assert identity.assurance == Identity.Assurance.VERIFIED


@pytest.mark.django_db
def test_an_address_of_another_customer_stays_with_them() -> None:
    ana = IdentityFactory.create(value="ana@example.com").customer
    li = IdentityFactory.create(scheme="chat", value="visitor-1").customer

    identity = attach(ana, "chat", "visitor-1", source="site")

    assert identity.customer == li


@pytest.mark.django_db
def test_a_typed_address_is_remembered_and_takes_nothing() -> None:
    ana = IdentityFactory.create(value="ana@example.com").customer
    visitor = IdentityFactory.create(scheme="chat", value="visitor-1").customer

    claim(visitor, "mailto", "Ana@example.com", source="chat")
    claim(visitor, "mailto", "ana@example.com", source="chat")

    assert Claim.objects.get().customer == visitor
    assert Identity.objects.get(scheme="mailto").customer == ana


@pytest.mark.django_db(transaction=True)
def test_fifty_first_messages_at_once_make_one_customer() -> None:
    call = functools.partial(identify, "tel", "+34600000000", name="Ana")

    results = at_once([call] * 50)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Identity.objects.count() == 1
    assert Customer.objects.count() == 1
