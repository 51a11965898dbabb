"""Decides whether the bot considers a message, and starts the task."""

from conversations.events import MessageAdded


def consider(event: MessageAdded) -> None:
    """Let the bot look at a customer's message where it is the bot's turn."""
