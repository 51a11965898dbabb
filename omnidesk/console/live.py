"""Renders what changed, once, and sends it to every screen that shows it."""

from conversations.events import (
    ConversationChanged,
    HandoffRequested,
    MessageAdded,
    MessageChanged,
)


def message_added(event: MessageAdded) -> None:
    """Send a new bubble and the conversation's row."""


def message_changed(event: MessageChanged) -> None:
    """Send a bubble again because its delivery changed."""


def conversation_changed(event: ConversationChanged) -> None:
    """Send the conversation's row, header and activity line."""


def handoff_requested(event: HandoffRequested) -> None:
    """Send the packet card of a handoff."""
