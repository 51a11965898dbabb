"""Which ways a reply can leave: from which address of ours to which of theirs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from conversations.models import Conversation, InboxAddress, Message
from conversations.models.inbox import SCHEME_OF_CHANNEL
from customers.models import Identity


@dataclass(frozen=True)
class ReplyChannel:
    """One way: our address `via` to the customer's or a third party's address."""

    via: InboxAddress
    identity: Identity
    # The customer wrote this way last; what an agent means if they choose nothing.
    is_last: bool = False
    # Somebody else who wrote in this conversation.
    is_third_party: bool = False

    @property
    def value(self) -> str:
        """Return what a form names it by: "3:17"."""
        return f"{self.via.pk}:{self.identity.pk}"

    @property
    def label(self) -> str:
        """Return it in words: "E-mail to ana@example.com"."""
        channel = self.via.get_channel_display()
        return _("%(channel)s to %(recipient)s") % {
            "channel": channel[:1].upper() + channel[1:],
            "recipient": self.recipient,
        }

    @property
    def recipient(self) -> str:
        """Return the address, or the name where the address says nothing to people."""
        if self.identity.scheme in {"mailto", "tel", "whatsapp"}:
            return self.identity.value
        return self.identity.display_name or _("website visitor")


def reply_channels(conversation: Conversation) -> list[ReplyChannel]:
    """Return the ways a reply can leave, the customer's own last one first.

    Three queries. What a customer only typed (a Claim) is no way to reach them,
    and neither is an address that cannot exist.
    """
    addresses = list(
        InboxAddress.objects.filter(
            inbox=conversation.inbox_id, is_active=True
        ).order_by("channel", "pk")
    )
    heard = _heard(conversation)
    own = list(
        Identity.objects.filter(customer__root=conversation.customer.root_id)
        .select_related("customer")
        .order_by("-last_seen_at", "pk")
    )
    others = [
        identity for _via, identity in heard if not _is_own(conversation, identity)
    ]
    active = {address.pk: address for address in addresses}
    ways: dict[str, ReplyChannel] = {}
    for via_id, identity in heard:
        # Whoever else holds our token must not become the one who is answered.
        if via_id in active and _is_own(conversation, identity):
            _add(ways, conversation, active[via_id], identity, is_last=not ways)
    for address in addresses:
        for identity in [*own, *others]:
            _add(ways, conversation, address, identity)
    return list(ways.values())


def _heard(conversation: Conversation) -> list[tuple[int, Identity]]:
    """Return the (our address, their address) pairs that were used, newest first."""
    inbound = (
        Message.objects.public()
        .filter(
            conversation=conversation,
            direction=Message.Direction.INBOUND,
            identity__isnull=False,
        )
        .select_related("identity__customer")
        .defer("text", "sources")
        .order_by("-pk")[:100]
    )
    pairs: dict[tuple[int | None, int | None], Identity | None] = {}
    for message in inbound:
        pairs.setdefault((message.via_id, message.identity_id), message.identity)
    return [
        (via_id, identity)
        for (via_id, _identity_id), identity in pairs.items()
        if via_id is not None and identity is not None
    ]


def _add(
    ways: dict[str, ReplyChannel],
    conversation: Conversation,
    via: InboxAddress,
    identity: Identity,
    *,
    is_last: bool = False,
) -> None:
    if identity.scheme != SCHEME_OF_CHANNEL[via.channel]:
        return
    if identity.value.endswith(".invalid"):
        return
    way = ReplyChannel(
        via=via,
        identity=identity,
        is_last=is_last,
        is_third_party=not _is_own(conversation, identity),
    )
    ways.setdefault(way.value, way)


def _is_own(conversation: Conversation, identity: Identity) -> bool:
    return identity.customer.root_id == conversation.customer.root_id
