"""What a console URL names, found on the viewer's behalf: a hidden thing is a 404."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from channels_inbound.models import Receipt
from conversations.access import get_for, visible_to
from conversations.models import Attachment, Conversation, Message
from omnidesk.accounts.models import User
from omnidesk.console import queries

M = TypeVar("M", bound=Model)


class AgentRequest(HttpRequest):
    """A request of somebody signed in; `login_required` sees to it."""

    user: User


def conversation_for(user: User, number: int) -> Conversation:
    """Return the conversation. Raises Http404 for a hidden one."""
    try:
        return get_for(user, number)
    except Conversation.DoesNotExist:
        raise Http404 from None


def message_for(user: User, number: int, message_id: int) -> Message:
    """Return a message of a visible conversation. Raises Http404."""
    return _one(
        Message.objects.filter(
            conversation__in=visible_to(user), conversation=number, pk=message_id
        ).select_related("conversation")
    )


def attachment_for(user: User, number: int, uuid: str) -> Attachment:
    """Return an attachment of a visible conversation's message. Raises Http404."""
    return _one(
        Attachment.objects.filter(
            message__conversation__in=visible_to(user),
            message__conversation=number,
            uuid=uuid,
        )
    )


def receipt_for(user: User, pk: int) -> Receipt:
    """Return a receipt that could not be read, of an inbox seen. Raises Http404."""
    return _one(queries.quarantined(user).filter(pk=pk))


def _one(queryset: QuerySet[M]) -> M:
    found = queryset.first()
    if found is None:
        raise Http404
    return found
