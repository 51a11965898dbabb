"""The door in: a normalized message becomes part of a conversation, once."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from conversations import deadlines, threads
from conversations.actor import CUSTOMER
from conversations.models import (
    Attachment,
    Conversation,
    Deadline,
    InboxAddress,
    Message,
    Original,
)
from conversations.models.inbox import SCHEME_OF_CHANNEL
from conversations.record import record_message, write_entry
from customers.identify import attach, claim, identify, is_known
from customers.models import Identity

EXTERNAL_ID_LENGTH = 998  # characters that a message's external id may have


@dataclass(frozen=True)
class InboundFile:
    """A file that came with a message."""

    filename: str
    content_type: str
    content: bytes
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True)
class Address:
    """An address of a sender beside the one they write from."""

    scheme: str
    value: str


@dataclass(frozen=True)
class InboundMessage:
    """What a customer said, in the same form from every channel."""

    # The address it came from; its scheme follows from the channel.
    sender: str
    text: str
    # The provider's id; a message without one cannot be told from its copy.
    external_id: str | None
    sender_name: str = ""
    # The provider or the site authenticated the sender.
    verified: bool = False
    subject: str = ""
    sent_at: datetime.datetime | None = None
    # All of it, before quotes and signature were trimmed.
    full_text: str = ""
    html: str = ""
    headers: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[InboundFile, ...] = ()
    # Words that may be reply tokens of ours, most telling first.
    tokens: tuple[str, ...] = ()
    # External ids of the messages it answers, newest first.
    answers: tuple[str, ...] = ()
    # Written by a machine: never answered, never reopens.
    automatic: bool = False
    # Addresses that somebody we trust says are the sender's too.
    proofs: tuple[Address, ...] = ()
    # Addresses that the sender only typed.
    claims: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Received:
    """The message, and whether this call made it."""

    message: Message
    created: bool


@transaction.atomic
def receive(via: InboxAddress, inbound: InboundMessage) -> Received:
    """File a message with its customer and conversation, exactly once.

    Locks in the order Identity, Conversation: two first messages of one new
    sender wait for each other and end in one conversation. The same external id
    again returns the first message. Raises customers.addresses.BadAddress.
    """
    identity = _identify(via, inbound)
    known = _already_received(via, inbound.external_id)
    if known is not None and known.identity_id != identity.pk:
        inbound = _with_own_id(identity, inbound)
        known = _already_received(via, inbound.external_id)
    if known is not None:
        return Received(known, created=False)
    place = threads.place(
        via=via,
        identity=identity,
        verified=inbound.verified,
        tokens=inbound.tokens,
        answers=inbound.answers,
    )
    if place.conversation is None:
        conversation = _open(via, identity, inbound, related=place.related)
    else:
        conversation = Conversation.objects.select_related("inbox").locked(
            place.conversation.pk
        )
    message = _add(conversation, via, identity, inbound, reason=place.reason)
    _note_progress(conversation, message, inbound)
    return Received(message, created=True)


def _identify(via: InboxAddress, inbound: InboundMessage) -> Identity:
    """Return the sender's identity, locked; proofs decide whose it is.

    The first proven address that has a customer decides, so that a new address
    named beside a known one joins it instead of starting a second customer.
    """
    scheme = SCHEME_OF_CHANNEL[via.channel]
    owner = None
    for proof in sorted(inbound.proofs, key=_is_new):
        proven = (
            identify(
                proof.scheme,
                proof.value,
                name=inbound.sender_name,
                verified=True,
                source="site",
            )
            if owner is None
            else attach(owner, proof.scheme, proof.value, source="site")
        )
        owner = owner or proven.customer
    if owner is not None:
        identity = attach(
            owner, scheme, inbound.sender, source="site", name=inbound.sender_name
        )
    else:
        identity = identify(
            scheme,
            inbound.sender,
            name=inbound.sender_name,
            verified=inbound.verified,
            source=via.channel,
        )
    for typed in inbound.claims:
        claim(identity.customer, typed.scheme, typed.value, source=via.channel)
    return identity


def _with_own_id(identity: Identity, inbound: InboundMessage) -> InboundMessage:
    """Keep apart two senders who use one external id.

    Whoever knows the Message-ID of somebody's mail must not be able to make us drop
    that mail as a copy of theirs.
    """
    whole = f"{inbound.external_id} of {identity.pk}"
    # An id may be as long as the column: from the end it stays apart by sender.
    return replace(inbound, external_id=whole[-EXTERNAL_ID_LENGTH:])


def _is_new(address: Address) -> bool:
    return not is_known(address.scheme, address.value)


def _already_received(via: InboxAddress, external_id: str | None) -> Message | None:
    if external_id is None:
        return None
    return Message.objects.filter(
        via=via, external_id=external_id, direction=Message.Direction.INBOUND
    ).first()


def _open(
    via: InboxAddress,
    identity: Identity,
    inbound: InboundMessage,
    *,
    related: Conversation | None,
) -> Conversation:
    by_bot = via.inbox.bot_enabled and not inbound.automatic
    conversation = Conversation.objects.create(
        subject=inbound.subject[:500],
        customer=identity.customer,
        inbox=via.inbox,
        handler=Conversation.Handler.BOT if by_bot else Conversation.Handler.HUMAN,
        team_id=None if by_bot else via.inbox.handoff_team_id,
        version=0,
    )
    detail = {"related": related.pk} if related is not None else {}
    write_entry(conversation, verb="opened", by=CUSTOMER, detail=detail)
    return conversation


def _add(
    conversation: Conversation,
    via: InboxAddress,
    identity: Identity,
    inbound: InboundMessage,
    *,
    reason: str,
) -> Message:
    now = timezone.now()
    message = Message.objects.create(
        conversation=conversation,
        direction=Message.Direction.INBOUND,
        author_kind=Message.AuthorKind.CUSTOMER,
        identity=identity,
        via=via,
        subject=inbound.subject[:500],
        text=inbound.text,
        automatic=inbound.automatic,
        sender_verified=inbound.verified,
        thread_reason=reason,
        external_id=inbound.external_id,
        delivery=Message.Delivery.RECEIVED,
        # A clock ahead of ours must not sort a message into the future.
        sent_at=min(inbound.sent_at or now, now),
        created_at=now,
    )
    if inbound.full_text or inbound.html or inbound.headers:
        Original.objects.create(
            message=message,
            text=inbound.full_text,
            html=inbound.html,
            headers=dict(inbound.headers),
        )
    for file in inbound.attachments:
        _store(message, file)
    return message


def _store(message: Message, file: InboundFile) -> None:
    Attachment.objects.create(
        message=message,
        file=ContentFile(file.content, name=file.filename),
        filename=file.filename[:255],
        content_type=file.content_type[:120],
        size=len(file.content),
        content_id=file.content_id[:255],
        is_inline=file.is_inline,
    )


def _note_progress(
    conversation: Conversation, message: Message, inbound: InboundMessage
) -> None:
    """Wake the conversation, count the wait, and set the bot's deadline."""
    fields: list[str] = []
    if not inbound.automatic:
        fields += _wake(conversation, message)
        if conversation.waiting_since is None:
            conversation.waiting_since = message.created_at
        conversation.unanswered_count += 1
        fields += ["waiting_since", "unanswered_count"]
    record_message(conversation, message, fields=fields)
    if conversation.handler == Conversation.Handler.BOT and not inbound.automatic:
        deadlines.keep_deadline(
            conversation,
            Deadline.Kind.BOT_ANSWER,
            seconds=conversation.inbox.bot_answer_seconds,
        )


def _wake(conversation: Conversation, message: Message) -> list[str]:
    if conversation.status == Conversation.Status.OPEN:
        return []
    conversation.status = Conversation.Status.OPEN
    conversation.resolved_at = None
    conversation.snoozed_until = None
    deadlines.clear_deadline(conversation, Deadline.Kind.SNOOZE)
    write_entry(
        conversation,
        verb="reopened",
        by=CUSTOMER,
        message=message,
        why="the customer wrote",
    )
    return ["status", "resolved_at", "snoozed_until"]
