"""Facts that others may follow: what happened, by id, after it was committed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """Something happened to a conversation, which is at `version` since."""

    conversation_id: int
    inbox_id: int
    version: int


@dataclass(frozen=True)
class MessageAdded(Event):
    """A message or note was added."""

    message_id: int
    direction: str
    kind: str
    # Who speaks next on our side now.
    handler: str


@dataclass(frozen=True)
class MessageChanged(Event):
    """A message's delivery changed, or it was taken back."""

    message_id: int
    delivery: str


@dataclass(frozen=True)
class ConversationChanged(Event):
    """A field of the conversation changed; `change` is the timeline's verb."""

    change: str
    entry_id: int


@dataclass(frozen=True)
class HandoffRequested(Event):
    """The bot asks people to go on, or the next step asks another team."""

    handoff_id: int


@dataclass(frozen=True)
class HandoffAccepted(Event):
    """A person has the conversation now."""

    handoff_id: int
