"""The bot's own words, in the customer's language where it is translated."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext

from conversations.models.inbox import Channel
from omnidesk.bots.answerer import Source


def greeting(language: str) -> str:
    """Return a friendly hello."""
    with translation.override(language or "en"):
        return gettext("Hello! What can I help you with?")


def thanks(language: str) -> str:
    """Return the answer to a thank you."""
    with translation.override(language or "en"):
        return gettext("You are welcome! Write again whenever something comes up.")


def rephrase(language: str) -> str:
    """Return the request for other words."""
    with translation.override(language or "en"):
        return gettext(
            "I am not sure that I understood. Could you say it in other words? If you "
            "would rather speak with a person, write “talk to a person”."
        )


def did_you_mean(suggestions: Sequence[Source], *, channel: str, language: str) -> str:
    """Return the question which page is meant; chat shows the links below it."""
    with translation.override(language or "en"):
        question = gettext("I am not sure that I understood. Is it one of these?")
        otherwise = gettext(
            "If not, say it in other words, or write “talk to a person”."
        )
    parts = [question, *_links(suggestions, channel=channel), otherwise]
    return "\n\n".join(parts)


def answer(text: str, sources: Sequence[Source], *, channel: str, language: str) -> str:
    """Return an answer with the page it comes from; chat shows the link below it."""
    parts = [text, *_links(sources, channel=channel)]
    if channel == Channel.EMAIL:
        with translation.override(language or "en"):
            parts.append(
                gettext(
                    "This is an automatic answer from our help center. If it does not "
                    "help, answer “talk to a person” and one of us will go on."
                )
            )
    return "\n\n".join(parts)


def _links(sources: Sequence[Source], *, channel: str) -> list[str]:
    if channel == Channel.CHAT:
        return []
    return ["\n".join(f"{source.title}: {source.url}" for source in sources)]
