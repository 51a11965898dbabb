"""What the bot asks for an answer, and what it may get back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Question:
    """All an answerer gets to see: no customer, no conversation, no notes."""

    text: str
    # Two letters, or "" when the text does not tell.
    language: str = ""


@dataclass(frozen=True)
class Source:
    """A page an answer rests on, or one that may help."""

    title: str
    url: str
    confidence: float = 0.0


@dataclass(frozen=True)
class Answer:
    """Words for the customer, and where they come from."""

    text: str
    sources: tuple[Source, ...]
    # The chance that it is right, 0 to 1.
    confidence: float


@dataclass(frozen=True)
class Unsure:
    """No answer. `suggestions` are pages that may be meant, best first."""

    reason: str
    suggestions: tuple[Source, ...] = ()
    confidence: float = 0.0


# Raises whatever it likes when it fails: the bot then hands off to people.
Answerer: TypeAlias = Callable[[Question], Answer | Unsure]


def answer(question: Question) -> Answer | Unsure:
    """Ask the answerer that BOT_ANSWERER names."""
    answerer: Answerer = import_string(settings.BOT_ANSWERER)
    return answerer(question)
