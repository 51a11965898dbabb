"""Whose address is this? Find the customer of an address, or make one."""

from django.db import transaction
from django.utils import timezone

from customers.addresses import normalize
from customers.models import Claim, Customer, Identity

NAME_LENGTH = 200


@transaction.atomic
def identify(
    scheme: str, value: str, *, name: str = "", verified: bool = False, source: str = ""
) -> Identity:
    """Return the identity of an address, locked, with its customer.

    Two first messages of one new sender end with one customer and one identity:
    the unique constraint decides, and the loser's customer is deleted before
    anyone sees it. A proof raises the assurance and is never taken back here.
    Raises BadAddress. Costs two queries for a known address that has nothing new.
    """
    value = normalize(scheme, value)
    name = _clean_name(name)
    identity = _locked(scheme, value)
    if identity is None:
        identity = _create(scheme, value, name=name, verified=verified, source=source)
    _refresh(identity, name=name, verified=verified, source=source)
    return identity


@transaction.atomic
def attach(
    customer: Customer, scheme: str, value: str, *, source: str, name: str = ""
) -> Identity:
    """Return a proven address of this customer, making the identity if it is new.

    Where the address already has a customer, that one stays: the caller sees it
    in `identity.customer` and goes on with it. Raises BadAddress.
    """
    value = normalize(scheme, value)
    Identity.objects.bulk_create(
        [Identity(customer=customer, scheme=scheme, value=value)],
        ignore_conflicts=True,
    )
    identity = _locked(scheme, value)
    if identity is None:  # pragma: no cover - identities are not deleted in use
        raise Identity.DoesNotExist(f"{scheme}:{value} vanished while being made.")
    _refresh(identity, name=_clean_name(name), verified=True, source=source)
    return identity


def claim(customer: Customer, scheme: str, value: str, *, source: str) -> Claim:
    """Remember an address the customer typed. It proves nothing. Raises BadAddress."""
    made, _ = Claim.objects.get_or_create(
        customer=customer,
        scheme=scheme,
        value=normalize(scheme, value),
        defaults={"source": source},
    )
    return made


def is_known(scheme: str, value: str) -> bool:
    """Return whether the address has a customer. Raises BadAddress."""
    return Identity.objects.filter(
        scheme=scheme, value=normalize(scheme, value)
    ).exists()


def _locked(scheme: str, value: str) -> Identity | None:
    """Lock against other messages of the sender, not against rows that name them.

    A message to the sender is inserted under its conversation's lock, and its
    foreign key must not wait for us while we wait for that conversation.
    """
    return (
        Identity.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer")
        .filter(scheme=scheme, value=value)
        .first()
    )


def _create(
    scheme: str, value: str, *, name: str, verified: bool, source: str
) -> Identity:
    customer = Customer.objects.create(name=name)
    Identity.objects.bulk_create(
        [Identity(customer=customer, scheme=scheme, value=value, display_name=name)],
        ignore_conflicts=True,
    )
    identity = _locked(scheme, value)
    if identity is None:  # pragma: no cover - identities are not deleted in use
        raise Identity.DoesNotExist(f"{scheme}:{value} vanished while being made.")
    if identity.customer_id != customer.pk:
        Customer.objects.filter(pk=customer.pk).update(root=None)
        customer.delete()
    return identity


def _refresh(identity: Identity, *, name: str, verified: bool, source: str) -> None:
    """Keep what the message tells: the name, the proof, when it was seen."""
    identity.last_seen_at = timezone.now()
    changed = ["last_seen_at"]
    if name and not identity.display_name:
        identity.display_name = name
        changed.append("display_name")
    if verified and identity.assurance != Identity.Assurance.VERIFIED:
        identity.assurance = Identity.Assurance.VERIFIED
        identity.source = source
        changed += ["assurance", "source"]
    elif source and not identity.source:
        identity.source = source
        changed.append("source")
    identity.save(update_fields=changed)
    if name and not identity.customer.name:
        identity.customer.name = name
        identity.customer.save(update_fields=["name"])


def _clean_name(name: str) -> str:
    return " ".join(name.replace("\x00", "").split())[:NAME_LENGTH]
