"""Words as PostgreSQL stems them, and how rare each is among the articles."""

import math
from collections.abc import Sequence

from django.db import connection

from omnidesk.knowledge.languages import UNSPACED, config_of

_STEMS = """
    SELECT tsvector_to_array(to_tsvector(%s::regconfig, unit.words))
    FROM unnest(%s::text[]) WITH ORDINALITY AS unit(words, place)
    ORDER BY unit.place
"""
_COUNTS = """
    SELECT
        (SELECT count(*) FROM knowledge_article
         WHERE status = 'published' AND language = %s),
        ARRAY(
            SELECT (
                SELECT count(*) FROM knowledge_article
                WHERE status = 'published' AND language = %s
                AND search @@ ('''' || stem || '''')::tsquery
            )
            FROM unnest(%s::text[]) WITH ORDINALITY AS looked_up(stem, place)
            ORDER BY place
        )
"""


def stems(language: str, texts: Sequence[str]) -> list[frozenset[str]]:
    """Return the stems of each text, without the language's empty words.

    One query. A language that parts no words by spaces gives pairs of letters.
    """
    if language in UNSPACED:
        return [frozenset(_pairs(text)) for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [config_of(language), list(texts)])
        return [frozenset(row[0]) for row in cursor.fetchall()]


def weights(language: str, wanted: Sequence[str]) -> dict[str, float]:
    """Return how much each stem tells: the rarer, the more. One query.

    The inverse document frequency of BM25 (Robertson and Zaragoza 2009), over the
    published articles of the language. A stem of no article counts as a rare one.
    """
    if language in UNSPACED:
        return dict.fromkeys(wanted, 1.0)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [language, language, list(wanted)])
        total, counts = cursor.fetchone()
    return {
        stem: math.log(1 + (total - count + 0.5) / (count + 0.5))
        for stem, count in zip(wanted, (max(count, 1) for count in counts), strict=True)
    }


def trigrams(folded: str) -> frozenset[str]:
    """Return all runs of three letters: close spellings share most of them."""
    padded = f" {' '.join(folded.split())} "
    return frozenset(padded[i : i + 3] for i in range(max(1, len(padded) - 2)))


def likeness(some: frozenset[str], others: frozenset[str]) -> float:
    """Return the share of common parts, 0 to 1 (Dice's coefficient)."""
    if not some or not others:
        return 0.0
    return 2 * len(some & others) / (len(some) + len(others))


def _pairs(text: str) -> list[str]:
    letters = "".join(character for character in text if character.isalnum())
    return [letters[i : i + 2] for i in range(len(letters) - 1)]
