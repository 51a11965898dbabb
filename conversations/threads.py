"""Which conversation does this message belong to, and why?"""

import base64
import binascii
import datetime
import hashlib
import hmac
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils import timezone

from conversations.models import Conversation, InboxAddress, Message
from conversations.models.inbox import Channel
from customers.models import Identity

MAC_BYTES = 16  # 128 bits, beyond guessing


class Reason(models.TextChoices):
    """Why a message joined its conversation."""

    NEW = "new", "starts a new conversation"
    TOKEN = "token", "answers a message we sent to this address"
    THIRD_PARTY = "third_party", "answers a message we sent to somebody else"
    ANSWERS = "answers", "answers a message of this conversation"
    SAME_ADDRESS = "same_address", "the same address writes on"
    SAME_CUSTOMER = "same_customer", "the same verified customer, recently active"


@dataclass(frozen=True)
class Place:
    """Where a message goes. `conversation` None: into a new one.

    `related` is an active conversation it may belong to, when nothing proves it.
    """

    conversation: Conversation | None
    reason: str
    related: Conversation | None = None


@dataclass(frozen=True)
class Token:
    """The conversation and the recipient that one of our messages went to."""

    conversation_id: int
    identity_id: int


def write_token(conversation_id: int, identity_id: int) -> str:
    """Return 45 letters and digits that only we can make for this recipient.

    They fit a mail address's local part (64 octets, RFC 5321 section 4.5.3.1.1)
    beside a short name, and survive being lower-cased.
    """
    body = struct.pack(">QQ", conversation_id, identity_id)
    packed = body[2:8] + body[10:16]
    return base64.b32encode(packed + _mac(packed)).decode("ascii").rstrip("=").lower()


def read_token(token: str) -> Token | None:
    """Return what a token says, or None when we did not write it."""
    try:
        packed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return None
    body, mac = packed[:-MAC_BYTES], packed[-MAC_BYTES:]
    if len(body) != 12 or not hmac.compare_digest(mac, _mac(body)):
        return None
    conversation_id, identity_id = struct.unpack(
        ">QQ", b"\0\0" + body[:6] + b"\0\0" + body[6:]
    )
    return Token(conversation_id, identity_id)


def place(
    *,
    via: InboxAddress,
    identity: Identity,
    verified: bool,
    tokens: Sequence[str] = (),
    answers: Sequence[str] = (),
) -> Place:
    """Decide where a message of `identity` goes. The caller holds its row lock.

    In this order: a token of ours; the id of a message it answers, from someone
    who takes part; the same address on a channel without threads; the same
    verified customer on another channel, recently. Nothing is ever joined by
    subject, and an unproven sender only gets a hint at what it may belong to.
    """
    by_token = _by_token(tokens, via=via, identity=identity)
    if by_token is not None:
        return by_token
    answered = _answered(answers, via=via, identity=identity)
    if answered is not None and verified:
        return Place(answered, Reason.ANSWERS)
    if via.channel != Channel.EMAIL:
        same = _of_same_address(via=via, identity=identity)
        if same is not None:
            return Place(same, Reason.SAME_ADDRESS)
    recent = _recent_of_customer(via=via, identity=identity)
    if recent is not None and verified and _continues(recent, via):
        return Place(recent, Reason.SAME_CUSTOMER)
    return Place(None, Reason.NEW, related=answered or recent)


def _by_token(
    tokens: Sequence[str], *, via: InboxAddress, identity: Identity
) -> Place | None:
    for text in tokens:
        token = read_token(text)
        if token is None:
            continue
        conversation = (
            Conversation.objects.select_related("customer")
            .filter(pk=token.conversation_id, inbox=via.inbox_id)
            .first()
        )
        if conversation is None:
            continue
        known = token.identity_id == identity.pk or _takes_part(conversation, identity)
        return Place(conversation, Reason.TOKEN if known else Reason.THIRD_PARTY)
    return None


def _answered(
    answers: Sequence[str], *, via: InboxAddress, identity: Identity
) -> Conversation | None:
    """Return the conversation of the newest known id, if the sender takes part."""
    if not answers:
        return None
    known = {
        message.external_id: message.conversation
        for message in Message.objects.public()
        .filter(external_id__in=answers, conversation__inbox=via.inbox_id)
        .select_related("conversation__customer")
    }
    for external_id in answers:
        conversation = known.get(external_id)
        if conversation is not None and _takes_part(conversation, identity):
            return conversation
    return None


def _takes_part(conversation: Conversation, identity: Identity) -> bool:
    return (
        conversation.customer.root_id == identity.customer.root_id
        or conversation.messages.public()
        .filter(identity=identity, direction=Message.Direction.OUTBOUND)
        .exists()
    )


def _of_same_address(*, via: InboxAddress, identity: Identity) -> Conversation | None:
    """Return the newest conversation of the address, unless it is long resolved."""
    newest = (
        Conversation.objects.filter(
            inbox=via.inbox_id, customer__root=identity.customer.root_id
        )
        .filter(messages__identity=identity)
        .latest_first()
        .first()
    )
    if newest is None:
        return None
    if newest.status != Conversation.Status.RESOLVED:
        return newest
    return newest if newest.is_within(_window(via)) else None


def _recent_of_customer(
    *, via: InboxAddress, identity: Identity
) -> Conversation | None:
    return (
        Conversation.objects.active()
        .filter(
            inbox=via.inbox_id,
            customer__root=identity.customer.root_id,
            last_activity_at__gte=timezone.now() - _window(via),
        )
        .latest_first()
        .first()
    )


def _continues(conversation: Conversation, via: InboxAddress) -> bool:
    """Return whether a message without a thread can be the same matter.

    A second mail with a subject of its own is a new matter; a mail after a chat,
    or a chat after a mail, goes on.
    """
    if via.channel != Channel.EMAIL:
        return True
    last = (
        conversation.messages.public()
        .filter(direction=Message.Direction.INBOUND)
        .select_related("via")
        .order_by("-pk")
        .first()
    )
    return last is None or last.via is None or last.via.channel != Channel.EMAIL


def _window(via: InboxAddress) -> datetime.timedelta:
    return datetime.timedelta(hours=via.inbox.join_window_hours)


def _mac(body: bytes) -> bytes:
    key = hashlib.sha256(b"reply-token:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, body, hashlib.sha256).digest()[:MAC_BYTES]
