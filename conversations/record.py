"""The last steps of every action: the version, the timeline entry, the event."""

from collections.abc import Sequence
from typing import Any

from conversations import bus, events
from conversations.actor import Actor
from conversations.models import Conversation, Message, TimelineEntry


def record_change(
    conversation: Conversation,
    *,
    verb: str,
    by: Actor,
    fields: Sequence[str] = (),
    detail: dict[str, Any] | None = None,
    why: str = "",
) -> TimelineEntry:
    """Save the changed fields with a new version, say so, and tell others."""
    save_with_version(conversation, fields=fields)
    entry = write_entry(conversation, verb=verb, by=by, detail=detail, why=why)
    bus.publish(
        events.ConversationChanged(
            conversation_id=conversation.pk,
            inbox_id=conversation.inbox_id,
            version=conversation.version,
            change=verb,
            entry_id=entry.pk,
        )
    )
    return entry


def record_message(
    conversation: Conversation, message: Message, *, fields: Sequence[str] = ()
) -> None:
    """Make `message` the newest of its conversation and tell others."""
    conversation.last_message = message
    conversation.last_activity_at = message.created_at
    save_with_version(
        conversation, fields=[*fields, "last_message", "last_activity_at"]
    )
    bus.publish(
        events.MessageAdded(
            conversation_id=conversation.pk,
            inbox_id=conversation.inbox_id,
            version=conversation.version,
            message_id=message.pk,
            direction=message.direction,
            kind=message.kind,
            handler=conversation.handler,
        )
    )


def record_delivery_change(conversation: Conversation, message: Message) -> None:
    """Give the conversation a new version because a message's fate changed."""
    save_with_version(conversation)
    bus.publish(
        events.MessageChanged(
            conversation_id=conversation.pk,
            inbox_id=conversation.inbox_id,
            version=conversation.version,
            message_id=message.pk,
            delivery=message.delivery,
        )
    )


def save_with_version(
    conversation: Conversation, *, fields: Sequence[str] = ()
) -> None:
    """Save the named fields and the next version. The caller holds the row lock."""
    conversation.version += 1
    conversation.save(update_fields=[*dict.fromkeys([*fields, "version"])])


def write_entry(
    conversation: Conversation,
    *,
    verb: str,
    by: Actor,
    detail: dict[str, Any] | None = None,
    why: str = "",
    message: Message | None = None,
) -> TimelineEntry:
    """Append to the timeline."""
    return TimelineEntry.objects.create(
        conversation=conversation,
        verb=verb,
        actor_kind=by.kind,
        actor_id=by.user_id,
        message=message,
        detail=detail or {},
        why=why,
    )
