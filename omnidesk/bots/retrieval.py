"""Which articles may answer a question, and how well each one fits."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from omnidesk.bots import lexicon
from omnidesk.bots.wording import fold
from omnidesk.knowledge import search
from omnidesk.knowledge.languages import UNSPACED
from omnidesk.knowledge.markdown import Passage, passages
from omnidesk.knowledge.models import Article

QUESTION_CHARS = 1000  # read of a question: a mail says what it wants early
QUESTION_WORDS = 40
CANDIDATES = 12  # articles looked at closely
BODY_CHARS = 20_000  # of an article
PASSAGES = 40  # of an article
FIRST_PASSAGE = 0.2  # how much more it must be worth to quote a later one

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    {
        *("hi", "hello", "hey", "please", "pls", "plz", "thanks", "thank", "thx"),
        *("wheres", "whats", "hows", "whens", "whos", "im", "ive", "id", "its"),
        *("dont", "cant", "doesnt", "didnt", "isnt", "wont", "hasnt", "havent"),
        *("want", "need", "know", "like", "would", "could", "tell", "someone"),
    }
)


@dataclass(frozen=True)
class Fit:
    """How well an article fits a question; each figure from 0 to 1."""

    article: Article
    passages: Sequence[Passage]
    # Where the best passage is in `passages`.
    best_passage: int
    # How many stems the question has, and how many of them the article has.
    asked: int
    common: int
    # The question's words that the article has, weighed by rarity.
    covered: float
    # The same for its best passage alone.
    in_passage: float
    # The nearest title or example question, by words and by letters.
    by_words: float
    by_letters: float

    @property
    def score(self) -> float:
        """Return one figure to compare articles by.

        The weights put the right article first most often on three public sets of
        questions about articles (some 1,000 questions, 175 articles).
        """
        return (
            self.by_words
            + 0.5 * self.covered
            + 0.25 * self.in_passage
            + 2 * self.by_letters
        )


def fitting(text: str, language: str) -> list[Fit]:
    """Return the published articles that may answer, best first.

    Costs four queries; some 10 ms for a thousand articles.
    """
    words = _words(text)
    (asked,) = lexicon.stems(language, [words])
    if not asked:
        return []
    articles = _candidates(language, asked)
    if not articles:
        return []
    rarity = lexicon.weights(language, sorted(asked))
    letters = lexicon.trigrams(words)
    fits = [
        _fit(article, units, asked=asked, rarity=rarity, letters=letters)
        for article, units in zip(articles, _units(language, articles), strict=True)
    ]
    return sorted(fits, key=lambda fit: fit.score, reverse=True)


def _words(text: str) -> str:
    """Return the words of a question that tell what it is about.

    Numbers of orders and polite words are in no article, and would count as what
    the articles do not speak of.
    """
    words = _WORD.findall(fold(text[:QUESTION_CHARS]).replace("'", ""))
    telling = [
        word
        for word in words
        if word not in _EMPTY and not (word.isdigit() and len(word) > 3)
    ]
    return " ".join(telling[:QUESTION_WORDS])


@dataclass(frozen=True)
class _Units:
    titles: Sequence[str]
    title_stems: Sequence[frozenset[str]]
    passages: Sequence[Passage]
    passage_stems: Sequence[frozenset[str]]


def _candidates(language: str, asked: frozenset[str]) -> list[Article]:
    if language in UNSPACED:
        return list(
            Article.objects.published().filter(language=language).defer("search")[:200]
        )
    # The stems are stems already: "simple" leaves them as they are.
    expression = " | ".join(map(search.quoted, sorted(asked)))
    return search.ranked(language, expression, limit=CANDIDATES, config="simple")


def _units(language: str, articles: Sequence[Article]) -> list[_Units]:
    """Return titles and passages of all articles with their stems, in one query."""
    titles = [[article.title, *article.example_questions] for article in articles]
    parts = [passages(article.body[:BODY_CHARS])[:PASSAGES] for article in articles]
    texts = [text for of_one in titles for text in of_one]
    texts += [f"{part.heading} {part.text}" for of_one in parts for part in of_one]
    stemmed = iter(lexicon.stems(language, texts))
    title_stems = [[next(stemmed) for _ in of_one] for of_one in titles]
    passage_stems = [[next(stemmed) for _ in of_one] for of_one in parts]
    return [
        _Units(*units)
        for units in zip(titles, title_stems, parts, passage_stems, strict=True)
    ]


def _fit(
    article: Article,
    units: _Units,
    *,
    asked: frozenset[str],
    rarity: Mapping[str, float],
    letters: frozenset[str],
) -> Fit:
    all_of_it = frozenset().union(*units.title_stems, *units.passage_stems)
    by_passage = [_covered(asked, stems, rarity) for stems in units.passage_stems]
    likeness = [_alike(asked, stems, rarity) for stems in units.title_stems]
    nearest = units.title_stems[likeness.index(max(likeness))]
    return Fit(
        article=article,
        passages=units.passages,
        best_passage=_best_passage(by_passage, nearest, units.passage_stems),
        asked=len(asked),
        common=len(asked & all_of_it),
        covered=_covered(asked, all_of_it, rarity),
        in_passage=max(by_passage, default=0.0),
        by_words=max(likeness),
        by_letters=max(
            lexicon.likeness(letters, lexicon.trigrams(fold(title)))
            for title in units.titles
        ),
    )


def _best_passage(
    by_passage: Sequence[float],
    nearest: frozenset[str],
    passage_stems: Sequence[frozenset[str]],
) -> int:
    """Return which passage to quote; an article comes to the point in its first.

    What a passage shares with the example question nearest to the one asked counts
    half: that is what the editor had in mind.
    """
    worth = [
        covered
        + 0.5 * len(nearest & stems) / max(1, len(nearest))
        + (FIRST_PASSAGE if place == 0 else 0.0)
        for place, (covered, stems) in enumerate(
            zip(by_passage, passage_stems, strict=True)
        )
    ]
    return worth.index(max(worth)) if worth else 0


def _covered(
    asked: frozenset[str], stems: frozenset[str], rarity: Mapping[str, float]
) -> float:
    total = sum(rarity[stem] for stem in asked)
    return sum(rarity[stem] for stem in asked & stems) / total


def _alike(
    asked: frozenset[str], stems: frozenset[str], rarity: Mapping[str, float]
) -> float:
    """Return the cosine of two sets of stems, each stem as long as it is rare.

    A stem that the question lacks has no measured rarity; it counts as an average.
    """
    if not stems:
        return 0.0
    average = sum(rarity.values()) / len(rarity)
    common = sum(rarity[stem] ** 2 for stem in asked & stems)
    one = sum(rarity[stem] ** 2 for stem in asked)
    other = sum(rarity.get(stem, average) ** 2 for stem in stems)
    return common / math.sqrt(one * other)
