"""Does the customer ask for a person? Rules in many languages, precision first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from omnidesk.bots import languages
from omnidesk.bots.wish_words import WISH_WORDS
from omnidesk.bots.wording import fold

READ_CHARS = 4000  # a wish stands at the beginning, or the message is a letter
CLAUSE_CHARS = 300
NEAR_CHARS = 40  # between the two words: "speak directly with one of your agents"
NEAR_CHARS_UNSPACED = 14  # the same in Chinese, Japanese and Thai
SHORT_WORDS = 3  # "operator please"

_UNSPACED = frozenset({"zh", "ja", "ko", "th"})
_CLAUSES = re.compile(r"[.!?;\n\u3002\uff01\uff1f\u061f\u0964]+")
# Said beside the word that counts; in every language, because people mix them.
_POLITE = re.compile(
    r"(?<!\w)(?:please|pls|plz|now|hi|hello|hey|thanks|thank you|already|instead|a|an|the|"
    r"por favor|s'il vous pla[i\u00ee]t|svp|bitte|per favore|prosz[e\u0119]|"
    r"\u043f\u043e\u0436\u0430\u043b\u0443\u0439\u0441\u0442\u0430|l[u\u00fc]tfen|"
    r"alstublieft|alsjeblieft|aub|tack|pros[i\u00ed]m|un|una|ein|einen|een|en|um|uma|bir)(?!\w)"
    r"|\u8bf7|\u8acb|\u8b1d\u8b1d|\u8c22\u8c22|\u304a\u9858\u3044\u3057\u307e\u3059|\uc8fc\uc138\uc694"
)  # fmt: skip
_NOT_WORDS = re.compile(r"[^\w\s]+")

_WORD = re.compile(r"[a-z]{5,}")
# Long words that few others are one letter away from.
_OFTEN_MISTYPED = (
    "someone",
    "somebody",
    "person",
    "assistant",
    "operator",
    "representative",
    "talking",
    "speaking",
    "chatting",
)
_REAL_WORDS = frozenset(
    {"taking", "walking", "stalking", "persons", "parson", "peaking", "sneaking"}
    | {"speaking", "operators", "assistants", "representatives", "balking", "tanking"}
)

Span = tuple[int, int]


@dataclass(frozen=True)
class _Patterns:
    certain: re.Pattern[str]
    anyone: re.Pattern[str]
    talk: re.Pattern[str]
    ask: re.Pattern[str]
    machine: re.Pattern[str]
    refuse: re.Pattern[str]
    unless: re.Pattern[str] | None
    never: re.Pattern[str] | None
    plain: re.Pattern[str] | None
    verb_first: bool
    near: int


def asks_for_person(text: str) -> bool:
    """Return whether the customer wants a person rather than the bot.

    A wish is a verb of speaking near a person ("speak to someone"), a wanting
    near a certain person ("I need an operator"), a refusal of the machine, or a
    clause that is little more than a certain person ("agent please" is not one,
    "operator please" is). Linear in the length of what is read.
    """
    folded = fold(text[:READ_CHARS])
    return any(
        _asks(clause, _patterns(code))
        for code in _languages_of(folded)
        for clause in _clauses(_respelled(folded) if code == "en" else folded)
    )


def _respelled(folded: str) -> str:
    return _WORD.sub(_respell, folded)


def _respell(word: re.Match[str]) -> str:
    """Return the word meant by a slip of one letter: "somneone" -> "someone"."""
    typed = word.group()
    if typed in _REAL_WORDS:
        return typed
    for meant in _OFTEN_MISTYPED:
        if typed != meant and is_one_slip(typed, meant):
            return meant
    return typed


def is_one_slip(typed: str, meant: str) -> bool:
    """Return whether one letter was added, left out, swapped or hit wrongly."""
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    if len(longer) - len(shorter) > 1:
        return False
    pairs = zip(longer, shorter, strict=False)
    same = (place for place, (one, other) in enumerate(pairs) if one != other)
    start = next(same, len(shorter))
    if len(longer) > len(shorter):
        return longer[start + 1 :] == shorter[start:]
    rest, wanted = typed[start:], meant[start:]
    return rest[1:] == wanted[1:] or (
        rest[1::-1] + rest[2:] == wanted and len(rest) > 1
    )


def _languages_of(folded: str) -> list[str]:
    script = languages.script_of(folded)
    if script == "ru":
        return ["ru", "uk"]
    if script in {"zh", "ja"}:
        return ["zh", "ja"]
    if script:
        return [script, "en"]
    code = languages.detect(folded)
    if code in WISH_WORDS:
        return list(dict.fromkeys([code, "en"]))
    return [code for code in WISH_WORDS if code not in _OTHER_SCRIPTS]


_OTHER_SCRIPTS = frozenset({"ru", "uk", "ar", "he", "th", "zh", "ja", "ko"})


def _clauses(folded: str) -> Iterator[str]:
    for clause in _CLAUSES.split(folded):
        for start in range(0, len(clause), CLAUSE_CHARS):
            yield clause[start : start + CLAUSE_CHARS].strip()


def _asks(clause: str, patterns: _Patterns) -> bool:
    if not clause:
        return False
    if patterns.never is not None:
        clause = patterns.never.sub(" \u2026 ", clause)
    certain = _spans(patterns.certain, clause)
    people = certain + _spans(patterns.anyone, clause)
    talk = _spans(patterns.talk, clause)
    return (
        _together(clause, talk, people, patterns)
        or _together(clause, _spans(patterns.ask, clause), certain, patterns)
        or _refuses(clause, patterns)
        or (patterns.plain is not None and bool(patterns.plain.search(clause)))
        or (bool(certain) and _is_short(clause, patterns))
    )


def _together(
    clause: str, verbs: list[Span], people: list[Span], patterns: _Patterns
) -> bool:
    for verb in verbs:
        for person in people:
            first, second = sorted((verb, person))
            if patterns.verb_first and first is not verb:
                continue
            if first[1] > second[0] or second[0] - first[1] > patterns.near:
                continue
            between = clause[first[1] : second[0]]
            if patterns.unless is None or not patterns.unless.search(between):
                return True
    return False


def _refuses(clause: str, patterns: _Patterns) -> bool:
    refusals = _spans(patterns.refuse, clause)
    machines = _spans(patterns.machine, clause)
    return any(
        max(a[0], b[0]) - min(a[1], b[1]) <= NEAR_CHARS_UNSPACED
        for a in refusals
        for b in machines
    )


def _is_short(clause: str, patterns: _Patterns) -> bool:
    core = _NOT_WORDS.sub(" ", _POLITE.sub(" ", clause)).split()
    if patterns.near == NEAR_CHARS_UNSPACED:
        return sum(map(len, core)) <= 2 * SHORT_WORDS
    return len(core) <= SHORT_WORDS


def _spans(pattern: re.Pattern[str], clause: str) -> list[Span]:
    return [match.span() for match in pattern.finditer(clause)]


@cache
def _patterns(code: str) -> _Patterns:
    words = WISH_WORDS[code]
    unspaced = code in _UNSPACED

    def compiled(alternatives: str) -> re.Pattern[str]:
        folded = fold(alternatives)
        if unspaced:
            return re.compile(folded)
        return re.compile(rf"(?<!\w)(?:{folded})(?!\w)")

    return _Patterns(
        certain=compiled(words.certain),
        anyone=compiled(words.anyone),
        talk=compiled(words.talk),
        ask=compiled(words.ask),
        machine=compiled(words.machine),
        refuse=compiled(words.refuse),
        unless=compiled(words.unless) if words.unless else None,
        never=compiled(words.never) if words.never else None,
        plain=compiled(words.plain) if words.plain else None,
        verb_first=words.verb_first,
        near=NEAR_CHARS_UNSPACED if unspaced else NEAR_CHARS,
    )


def any_asks_for_person(texts: Iterable[str]) -> bool:
    """Return whether one of several messages asks for a person."""
    return any(asks_for_person(text) for text in texts)
