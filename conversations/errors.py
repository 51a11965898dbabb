"""What can be refused, each with a sentence for the agent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conversations.models import Message


class ConversationError(Exception):
    """An action was refused; `explanation` is a sentence for the agent."""

    explanation = "This could not be done."

    def __init__(self, explanation: str = "") -> None:
        super().__init__(explanation or self.explanation)
        if explanation:
            self.explanation = explanation


class Stale(ConversationError):
    """Somebody said something that the author had not seen; `newer` is what."""

    explanation = "Something new was said while you were writing."

    def __init__(self, newer: Sequence["Message"]) -> None:
        super().__init__()
        self.newer = newer


class NotYourTurn(ConversationError):
    """The bot may not speak: a person has the conversation."""

    explanation = "A person has this conversation; the bot stays quiet."


class TooLate(ConversationError):
    """The message has left and cannot be taken back."""

    explanation = "This message has already been sent and cannot be taken back."


class CannotReach(ConversationError):
    """The chosen address cannot be written to from the chosen channel."""

    explanation = "This customer cannot be reached that way."


class Taken(ConversationError):
    """Another agent has the conversation."""

    explanation = "Another agent has just taken this conversation."
