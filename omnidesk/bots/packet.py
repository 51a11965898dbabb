"""What the bot adds to a handoff: the matter, what it tried, in which language."""

from typing import Any

from conversations.models import Conversation, Message
from omnidesk.bots.answerer import Source
from omnidesk.bots.human_request import asks_for_person
from omnidesk.bots.small_talk import is_greeting, is_thanks

READ_MESSAGES = 20  # the matter stands near the beginning


def tried_in(conversation: Conversation, *, language: str = "") -> dict[str, Any]:
    """Return facts for `actions.hand_off`: `language` and `tried`.

    `tried` lists what the bot showed, in order:
    [{"outcome": "suggested", "confidence": 0.4, "sources": [{"title", "url"}]}].
    """
    facts: dict[str, Any] = {}
    if language:
        facts["language"] = language
    tried = [
        {
            "outcome": turn.outcome,
            "confidence": round(turn.confidence, 2),
            "sources": turn.sources,
        }
        for turn in conversation.bot_turns.order_by("pk")
        if turn.sources or turn.is_miss
    ]
    if tried:
        facts["tried"] = tried
    return facts


def ask_in(conversation: Conversation) -> str:
    """Return the first thing the customer said that is a matter, or "".

    Greetings, thanks and the wish for a person are none.
    """
    said = (
        conversation.messages.public()
        .filter(direction=Message.Direction.INBOUND, automatic=False)
        .in_order()[:READ_MESSAGES]
    )
    for message in said:
        text = message.subject.strip() or message.text.strip()
        if text and not (is_greeting(text) or is_thanks(text) or asks_for_person(text)):
            return text
    return ""


def as_json(source: Source) -> dict[str, Any]:
    """Return a source as rows and screens keep it."""
    return {
        "title": source.title,
        "url": source.url,
        "confidence": source.confidence,
    }
