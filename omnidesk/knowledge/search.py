"""Find published articles by their words."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Q

from omnidesk.knowledge.languages import UNSPACED, config_of
from omnidesk.knowledge.models import Article

WORDS = 16  # of a question are looked up; more only cost
WEIGHTS = [0.1, 0.2, 0.6, 1.0]  # body, unused, example questions, title
# Divide the rank by 1 + the logarithm of the length: long articles say everything.
BY_LENGTH = 1

_WORD = re.compile(r"\w+")


def find(text: str, *, limit: int = 20) -> list[Article]:
    """Return the published articles for a search, best first.

    All words must occur, the last one perhaps as a beginning ("refu"); if no
    article has them all, any will do. Costs one or two queries a language.
    """
    words = _WORD.findall(text)[:WORDS]
    if not words:
        return []
    every = " & ".join([*map(quoted, words[:-1]), f"{quoted(words[-1])}:*"])
    some = " | ".join([*map(quoted, words[:-1]), f"{quoted(words[-1])}:*"])
    for expression in (every, some):
        found = [
            article
            for language in languages()
            for article in ranked(language, expression, limit=limit)
        ]
        if found:
            found.sort(key=lambda article: getattr(article, "rank", 0), reverse=True)
            return found[:limit]
    return _containing(words, limit=limit)


def languages() -> list[str]:
    """Return the languages that published articles are written in."""
    return list(
        Article.objects.published()
        .order_by("language")
        .values_list("language", flat=True)
        .distinct()
    )


def ranked(
    language: str, expression: str, *, limit: int, config: str = ""
) -> list[Article]:
    """Return what matches a `to_tsquery` expression in one language, best first.

    `config` says how to read the expression if not as the language's own.
    """
    config = config or config_of(language)
    query = SearchQuery(expression, config=config, search_type="raw")
    rank = SearchRank("search", query, weights=WEIGHTS, normalization=BY_LENGTH)
    return list(
        Article.objects.published()
        .filter(language=language, search=query)
        .defer("search")
        .annotate(rank=rank)
        .order_by("-rank", "pk")[:limit]
    )


def quoted(word: str) -> str:
    """Return a word as `to_tsquery` reads it; it holds letters and digits only."""
    return f"'{word}'"


def _containing(words: Sequence[str], *, limit: int) -> list[Article]:
    """Look for the bare letters in languages that part no words by spaces."""
    everywhere = Q()
    for word in words:
        everywhere &= (
            Q(title__icontains=word)
            | Q(questions__icontains=word)
            | Q(body__icontains=word)
        )
    return list(
        Article.objects.published()
        .filter(everywhere, language__in=UNSPACED)
        .defer("search")
        .order_by("title")[:limit]
    )
