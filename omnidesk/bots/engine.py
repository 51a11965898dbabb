"""Decides whether the bot considers a message, and starts the task."""

from conversations.events import MessageAdded
from omnidesk.bots.tasks import answer_conversation


def consider(event: MessageAdded) -> None:
    """Let the bot look at a customer's message where it is the bot's turn."""
    if (
        event.direction == "inbound"
        and event.kind == "public"
        and event.handler == "bot"
    ):
        answer_conversation.delay(event.conversation_id, event.message_id)
