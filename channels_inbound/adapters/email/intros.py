"""Finds the lines that introduce a quote: "On Monday, Ann <ann@x.example> wrote:".

A line counts by evidence, not by the date format of one language: a verb of writing,
a date or time, an address, a colon at the end. Two of them and a fitting start make
an introduction; a sentence of the customer rarely has them in this order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from channels_inbound.adapters.email import quote_words
from channels_inbound.adapters.email.html_lines import Line

_MAX_LINES = 6  # an introduction is wrapped over at most this many
_MAX_CHARS = 600


def _any_of(words: Sequence[str]) -> str:
    return "|".join(
        re.escape(word) for word in sorted(set(words), key=len, reverse=True)
    )


_VERBS = [verb for verbs in quote_words.WROTE.values() for verb in verbs]
_VERB = re.compile(
    rf"(?:(?<![^\W\d_])|(?<=님이)|(?<=님))(?:{_any_of(_VERBS)})(?![^\W\d_])"
)
_CJK_VERB = re.compile("写道|寫道|撰寫|编写|のメール|書きました|작성")
_VERB_END = re.compile(rf"(?:{_any_of(_VERBS)})$")
_FIRST_PERSON = re.compile(rf"\b(?:{_any_of(quote_words.FIRST_PERSON)})\b")
_STARTER = re.compile(rf"(?:{_any_of(quote_words.STARTERS)})[\s,]", re.IGNORECASE)
# A year, a clock time, a numeric date, or the signs for year and day.
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20|25)\d\d|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4})(?!\d)"
    r"|\d\s?[年月日년월일]"
)
_TIME_OF_DAY = re.compile(r"\d{1,2}[:.h]\d{2}|年|년")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}\.?[\w.-]{0,200}|<\s*mailto:")
# "Fine with me. On Wed, May 1, Ann wrote:" - where the second half begins.
_MIDDLE = re.compile(r"(?:On|Am|Le|El|Il|Op|Den|Em|W dniu|Dne)\s[^\n]{0,20}?\d")
_MAX_MIDDLES = 8
_BRACKETED = re.compile(r"[<(\[]\s?(?:mailto:)?[\w.+'-]{1,64}@")
_BRACKETED_END = re.compile(r"@[^\s@]{1,250}[>)\]]{1,3}\s?[:：]$")
_EDGE = " \t*_-–—=#~|"


@dataclass(frozen=True, slots=True)
class Intro:
    """Lines `start` up to, not including, `stop`; `before` shares the first line."""

    start: int
    stop: int
    before: str = ""


def find(lines: list[Line]) -> list[Intro]:
    """Return the introductions among unquoted lines, in order."""
    found = []
    index = 0
    while index < len(lines):
        intro = None
        if not lines[index].depth and lines[index].text:
            intro = _at(lines, index)
        if intro is not None:
            found.append(intro)
        index = intro.stop if intro else index + 1
    return found


def is_intro(text: str) -> bool:
    """Tell whether one whole line introduces a quote."""
    return _strength(text) > 0 and _starts(text)


def _at(lines: list[Line], start: int) -> Intro | None:
    text = lines[start].text
    if len(text) > _MAX_CHARS:
        return None
    shared = None
    if not _STARTER.match(text.strip(_EDGE)) and _quote_follows(lines, start + 1):
        shared = _second_half(text)
    if shared is not None:
        return Intro(start, start + 1, text[:shared].rstrip(_EDGE))
    stop = _single(lines, start, text) or _wrapped(lines, start)
    return Intro(start, stop) if stop is not None else None


def _second_half(text: str) -> int | None:
    """Return where an introduction begins behind words of the sender, if one does."""
    for match in islice(_MIDDLE.finditer(text, 1), _MAX_MIDDLES):
        if (
            not text[match.start() - 1].isalnum()
            and _strength(text[match.start() :]) >= 2
        ):
            return match.start()
    return None


def _single(lines: list[Line], start: int, text: str) -> int | None:
    strength = _strength(text)
    if strength >= 2 and _starts(text):
        return start + 1
    # "Ann wrote:" says little, but with a quote behind it, it is enough.
    if strength and len(text) <= 80 and _quote_follows(lines, start + 1):
        return start + 1
    return None


def _wrapped(lines: list[Line], start: int) -> int | None:
    """Join lines until they make an introduction; the first must already look so."""
    if not _starts(lines[start].text, wrapped=True):
        return None
    joined = lines[start].text
    blanks = 0
    for stop in range(start + 1, min(start + _MAX_LINES, len(lines))):
        text = lines[stop].shown.strip()
        if not text:
            blanks += 1
            # Some programs put blank lines between name and address.
            if blanks > 2 or not _TIME_OF_DAY.search(joined):
                return None
            continue
        if lines[stop].depth and not re.match(r">\s*\S{0,20}\s?\S{1,20}:?$", text):
            return None
        if joined.endswith(":") or len(joined) > _MAX_CHARS:
            return None
        joined = f"{joined} {lines[stop].text if not lines[stop].depth else text}"
        if _strength(joined) >= 2:
            return stop + 1
    return None


def _starts(text: str, *, wrapped: bool = False) -> bool:
    """The date comes early, or the line begins as such lines begin."""
    text = text.strip(_EDGE)
    if _STARTER.match(text):
        if re.search(r"\d", text[:45]):
            return True
    elif re.search(r"\d", text[:20]) and _DATE.search(text[:80]):
        return True
    dated = _DATE.search(text) is not None
    bracketed = _BRACKETED.search(text) is not None
    if wrapped:
        return bracketed and (dated or _VERB.search(text.lower()) is not None)
    return bracketed or (dated and _ADDRESS.search(text) is not None)


def _strength(text: str) -> int:
    """Count the evidence that this text introduces a quote; 0 means it does not."""
    text = text.strip(_EDGE).strip()
    low = text.lower()
    if len(text) > _MAX_CHARS or _FIRST_PERSON.search(low):
        return 0
    verb = _VERB.search(low) is not None or _CJK_VERB.search(low) is not None
    colon = text.endswith((":", "："))
    if not colon and not (_VERB_END.search(low) or low.endswith(("wrote", ">"))):
        return 0
    if not colon and not _DATE.search(low):
        return 0
    evidence = [verb, bool(_DATE.search(text)), bool(_ADDRESS.search(text))]
    # Without a verb, only "2024-03-05 10:22 Ann <ann@x.example>:" is clear enough.
    if not verb and not (evidence[1] and _BRACKETED_END.search(text)):
        return 0
    return sum(evidence)


def _quote_follows(lines: list[Line], index: int) -> bool:
    for line in lines[index : index + 5]:
        if line.depth or line.mark == "quote":
            return True
        if line.text:
            return False
    return False
