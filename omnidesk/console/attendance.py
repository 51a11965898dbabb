"""What a screen does on its socket, as far as rows and presence are concerned."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from conversations.access import may_see
from conversations.models import Conversation
from customers.models import Identity, Scheme
from omnidesk.accounts.models import User
from omnidesk.console import frames, groups, presence, sync
from omnidesk.console.frames import PresenceFrame, Shown, ShownThread
from omnidesk.console.presence import Kind
from omnidesk.console.reading import mark_read

Messages = dict[str, Mapping[str, Any]]


def open_thread(user_id: int, screen: str, conversation_id: int) -> int | None:
    """Be at a conversation. Returns its inbox, or None where it cannot be seen."""
    conversation = _visible(user_id, conversation_id)
    if conversation is None:
        return None
    presence.arrive(user_id, screen, conversation_id)
    return conversation.inbox_id


def close_thread(user_id: int, screen: str, conversation_id: int) -> None:
    """Be at the conversation no longer."""
    presence.leave(user_id, screen, conversation_id)


def go(user_id: int, screen: str) -> None:
    """Leave the desk with this screen."""
    presence.go(user_id, screen)


def thread(user_id: int, shown: ShownThread, *, language: str) -> str:
    """Return the frame with what the open thread lacks."""
    user = User.objects.get(pk=user_id)
    with translation.override(language):
        answer = sync.thread_answer(user, shown)
    return frames.text({"type": "thread", "thread": answer})


def sync_of(user: User, screen: str, shown: Shown) -> dict[str, Any]:
    """Return what the screen lacks, and say that the agent is still there."""
    answer = sync.answer(user, shown)
    thread = answer["thread"]
    at = None if thread is None or "gone" in thread else thread["conversation"]
    presence.arrive(user.pk, screen, at)
    return dict(answer)


def synced(user_id: int, screen: str, shown: Shown, *, language: str) -> str:
    """Return the frame that answers a sync."""
    user = User.objects.get(pk=user_id)
    with translation.override(language):
        return frames.text(sync_of(user, screen, shown))


def typing(
    user_id: int, screen: str, conversation_id: int, *, kind: Kind, on: bool
) -> Messages:
    """Say that the agent writes; return what the visitors' windows are to hear.

    They hear of replies alone, by first name, and never of a note.
    """
    if on:
        presence.typing(user_id, screen, conversation_id, kind=kind)
    else:
        presence.typed(user_id, screen, conversation_id)
    if kind != "reply" or _visible(user_id, conversation_id) is None:
        return {}
    name = User.objects.get(pk=user_id).first_name_or_name
    message = {"type": "chat.typing", "name": name, "on": on}
    return {groups.visitor(pk): message for pk in _visitors(conversation_id)}


def seen(user_id: int, conversation_id: int, message_id: int) -> None:
    """Remember how far the agent has read; ids of other conversations say nothing."""
    conversation = _visible(user_id, conversation_id)
    if conversation is None:
        return
    if conversation.messages.filter(pk=message_id).exists():
        mark_read(User.objects.get(pk=user_id), conversation, up_to=message_id)


def people_message(conversation_id: int) -> Messages:
    """Return what tells every screen at a conversation who else is there."""
    frame = PresenceFrame(
        type="presence",
        conversation=conversation_id,
        people=presence.people(conversation_id),
    )
    group = groups.conversation(conversation_id)
    return {group: groups.frame(group, conversation_id, frames.text(frame))}


def _visible(user_id: int, conversation_id: int) -> Conversation | None:
    user = User.objects.filter(pk=user_id).first()
    if user is None or not may_see(user, conversation_id):
        return None
    return Conversation.objects.get(pk=conversation_id)


def _visitors(conversation_id: int) -> list[int]:
    return list(
        Identity.objects.filter(
            scheme=Scheme.CHAT, messages__conversation=conversation_id
        )
        .values_list("pk", flat=True)
        .distinct()
    )
