"""Reads a plain text body as lines that know how deep they are quoted."""

import re

from channels_inbound.adapters.email.html_lines import Line

# ">", "> >", " >>"; at most a few spaces before, so that drawings are left alone.
_MARKS = re.compile(r"[ \t]{0,3}((?:>[ \t]?){1,60})(.*)", re.DOTALL)
# Characters that set the writing direction or nothing at all; they hide line ends.
_INVISIBLE = dict.fromkeys(
    (
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        0x2060,
        *range(0x2066, 0x206A),
        0xFEFF,
    )
)


def read(text: str) -> list[Line]:
    """Return the lines of a plain text body."""
    return [_line(shown) for shown in text.split("\n")]


def visible(text: str) -> str:
    """Return the text without invisible characters, with ordinary spaces."""
    return (
        text.translate(_INVISIBLE).replace("\xa0", " ").replace("\u202f", " ").strip()
    )


def _line(shown: str) -> Line:
    match = _MARKS.match(shown)
    if match is None:
        return Line(visible(shown), shown)
    return Line(visible(match[2]), shown, match[1].count(">"))
