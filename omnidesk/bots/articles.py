"""The answerer that needs nothing but the articles: it quotes one, or abstains."""

import math
from collections.abc import Sequence
from urllib.parse import urljoin

from django.conf import settings

from omnidesk.bots.answerer import Answer, Question, Source, Unsure
from omnidesk.bots.retrieval import Fit, fitting
from omnidesk.knowledge import search
from omnidesk.knowledge.models import Article

ANSWER_FROM = 0.7  # surer than this it answers; below, it asks what was meant
SUGGEST_FROM = 0.25  # less sure than this it does not even suggest
ONE_WORD_CONFIDENCE = 0.6
NEARLY_THE_SAME = 0.6
SUGGESTIONS = 3
ANSWER_CHARS = 600
SHORT_PASSAGE_CHARS = 160  # a shorter one gets the next one too


def answer(question: Question) -> Answer | Unsure:
    """Answer with the best passage of the article that fits, or say "unsure".

    Without a language, every language that has articles is tried. Costs about
    four queries a language.
    """
    languages = [question.language] if question.language else search.languages()
    fits = [fitting(question.text, language) for language in languages]
    found = max(fits, key=confidence, default=[])
    if not found:
        return Unsure("no article has these words")
    sure = confidence(found)
    if sure >= ANSWER_FROM:
        best = found[0]
        return Answer(text=quote(best), sources=(_source(best, sure),), confidence=sure)
    return Unsure(
        "no article fits well enough",
        suggestions=_suggestions(found),
        confidence=sure,
    )


def _suggestions(found: Sequence[Fit]) -> tuple[Source, ...]:
    """Return up to three that may be meant; none is likelier than the one before."""
    suggestions: list[Source] = []
    chance = 1.0
    for place, fit in enumerate(found[:SUGGESTIONS]):
        chance = min(chance, confidence(found[place:]))
        if chance >= SUGGEST_FROM:
            suggestions.append(_source(fit, chance))
    return tuple(suggestions)


def confidence(fits: Sequence[Fit]) -> float:
    """Return the chance that the first fit answers the question, 0 to 1.

    A logistic regression over the fit and its lead on the next one, on the same
    questions as the score's weights, two fifths of them about no article at all.
    """
    if not fits:
        return 0.0
    best = fits[0]
    lead = best.score - (fits[1].score if len(fits) > 1 else 0.0)
    evidence = (
        -3.0
        + 1.2 * best.in_passage
        + 2.0 * best.by_words
        + 2.35 * best.by_letters
        + 3.0 * lead
    )
    chance = 1 / (1 + math.exp(-evidence))
    # One word in common out of several says what the matter is about, not what
    # is asked: "is the jacket waterproof?" is no question about returning one.
    # Unless it is nearly all of an example question: "where is my refund?".
    nearest = max(best.by_words, best.by_letters)
    if best.common < 2 <= best.asked and nearest < NEARLY_THE_SAME:
        return min(chance, ONE_WORD_CONFIDENCE)
    return chance


def quote(fit: Fit) -> str:
    """Return the passage that fits, and the next one while it is short."""
    passages = fit.passages
    if not passages:
        return fit.article.title
    start = fit.best_passage
    words = passages[start].text
    for passage in passages[start + 1 :]:
        if len(words) >= SHORT_PASSAGE_CHARS and not words.endswith(":"):
            break
        if passage.heading != passages[start].heading:
            break
        words = f"{words}\n\n{passage.text}"
    return _shortened(words)


def _shortened(words: str) -> str:
    if len(words) <= ANSWER_CHARS:
        return words
    cut = words[:ANSWER_CHARS]
    end = max(cut.rfind(mark) for mark in (". ", "\n", "。", "! ", "? "))
    if end < ANSWER_CHARS // 2:
        end = cut.rfind(" ")
    return f"{cut[: end + 1].rstrip()} …"


def _source(fit: Fit, confidence: float) -> Source:
    return Source(
        title=fit.article.title,
        url=address_of(fit.article),
        confidence=round(confidence, 2),
    )


def address_of(article: Article) -> str:
    """Return the article's address in the help center, in full."""
    return urljoin(f"{settings.SITE_URL}/", article.get_absolute_url())
