"""Say something to the customer, on a channel of choice."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from conversations.actions.accept import take_over
from conversations.actor import Actor
from conversations.deadlines import clear_deadline
from conversations.errors import CannotReach, NotYourTurn, Stale
from conversations.models import (
    Attachment,
    Conversation,
    Deadline,
    InboxAddress,
    Message,
    Original,
)
from conversations.models.inbox import SCHEME_OF_CHANNEL
from conversations.record import record_message
from customers.models import Identity


@transaction.atomic
def reply(
    conversation: Conversation,
    *,
    text: str,
    via: InboxAddress,
    identity: Identity,
    by: Actor,
    after: int | None = None,
    client_id: str | None = None,
    attachments: Sequence[Attachment] = (),
    sources: Sequence[dict[str, str]] = (),
    html: str = "",
) -> Message:
    """Queue a message to `identity`, leaving from our address `via`.

    `after` is the newest message the author has seen: if somebody else has said
    or noted something since, Stale is raised with it. The same `client_id` again
    returns the first message. An agent who replies takes the conversation over
    from the bot; the bot is refused (NotYourTurn) once a person has it. Raises
    CannotReach when the two addresses are not of one channel and inbox.
    """
    conversation = Conversation.objects.select_related("inbox", "customer").locked(
        conversation.pk
    )
    sent = _already_sent(conversation, client_id)
    if sent is not None:
        return sent
    _refuse_unreachable(conversation, via=via, identity=identity)
    if by.kind == Message.AuthorKind.BOT:
        if conversation.handler != Conversation.Handler.BOT:
            raise NotYourTurn
        clear_deadline(conversation, Deadline.Kind.BOT_ANSWER)
    if after is not None:
        _refuse_stale(conversation, after=after, by=by)
    if by.is_agent:
        take_over(conversation, by=by)
    now = timezone.now()
    message = Message.objects.create(
        conversation=conversation,
        kind=Message.Kind.PUBLIC,
        direction=Message.Direction.OUTBOUND,
        author_kind=by.kind,
        author_id=by.user_id,
        identity=identity,
        via=via,
        subject=conversation.subject,
        text=text,
        sources=list(sources),
        client_id=client_id,
        delivery=Message.Delivery.QUEUED,
        deliver_at=now + datetime.timedelta(seconds=_undo_seconds(via, by)),
        sent_at=now,
        created_at=now,
    )
    if html:
        Original.objects.create(message=message, text=text, html=html)
    _attach(message, attachments)
    record_message(conversation, message, fields=_settle(conversation, by=by, now=now))
    return message


def _already_sent(conversation: Conversation, client_id: str | None) -> Message | None:
    if client_id is None:
        return None
    return conversation.messages.filter(client_id=client_id).first()


def _refuse_unreachable(
    conversation: Conversation, *, via: InboxAddress, identity: Identity
) -> None:
    if via.inbox_id != conversation.inbox_id or not via.is_active:
        raise CannotReach("This inbox has no such channel, or it is switched off.")
    if identity.scheme != SCHEME_OF_CHANNEL[via.channel]:
        raise CannotReach("The channel and the customer's address do not go together.")
    if identity.value.endswith(".invalid"):
        raise CannotReach("This message came without an address to answer to.")
    if identity.customer.root_id == conversation.customer.root_id:
        return
    if not conversation.messages.filter(identity=identity).exists():
        raise CannotReach("This address belongs to another customer.")


def _refuse_stale(conversation: Conversation, *, after: int, by: Actor) -> None:
    newer = list(
        conversation.messages.filter(pk__gt=after)
        .exclude(author_kind=by.kind, author_id=by.user_id)
        .exclude(author_kind=Message.AuthorKind.SYSTEM)
        .exclude(delivery=Message.Delivery.CANCELED)
        .with_thread_parts()
        .in_order()
    )
    if newer:
        raise Stale(newer)


def _undo_seconds(via: InboxAddress, by: Actor) -> int:
    return via.undo_seconds if by.is_agent else 0


def _attach(message: Message, attachments: Sequence[Attachment]) -> None:
    for attachment in attachments:
        attachment.message = message
        attachment.save(update_fields=["message"])


def _settle(
    conversation: Conversation, *, by: Actor, now: datetime.datetime
) -> list[str]:
    """End the wait when a person has answered; return the fields that were set."""
    fields: list[str] = []
    if conversation.status in {
        Conversation.Status.RESOLVED,
        Conversation.Status.SNOOZED,
    }:
        conversation.status = Conversation.Status.OPEN
        conversation.resolved_at = None
        conversation.snoozed_until = None
        fields += ["status", "resolved_at", "snoozed_until"]
    if not by.is_agent:
        return fields
    conversation.waiting_since = None
    conversation.unanswered_count = 0
    fields += ["waiting_since", "unanswered_count"]
    if conversation.first_replied_at is None:
        conversation.first_replied_at = now
        fields.append("first_replied_at")
    return fields
