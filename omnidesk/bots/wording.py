"""One spelling for what customers type, so that tables of words can find it."""

import re
import unicodedata

# Zero-width and direction marks split words that look whole.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_QUOTES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u00b4": "'", "\u0060": "'", "\u02bc": "'"}
)
# Arabic alif and ya in the spellings people mix; vowel signs are left out.
_ARABIC = str.maketrans(
    {"\u0623": "\u0627", "\u0625": "\u0627", "\u0622": "\u0627", "\u0649": "\u064a"}
)
_ARABIC_VOWELS = re.compile("[\u064b-\u0652\u0640]")
_SPACES = re.compile(r"[^\S\n]+")


def fold(text: str) -> str:
    """Return the text in lower case with one spelling of quotes and letters.

    Line breaks stay. Linear in the length: "Where\u2019s  MY parcel" ->
    "where's my parcel".
    """
    clean = unicodedata.normalize("NFKC", text)
    # Turkish capital I with a dot lower-cases to an i and a loose dot.
    clean = _INVISIBLE.sub("", clean).lower().replace("i\u0307", "i")
    clean = _ARABIC_VOWELS.sub("", clean.translate(_QUOTES)).translate(_ARABIC)
    return _SPACES.sub(" ", clean).strip()
