"""Finds what divides an answer from the mail below it: header blocks and titles."""

import re

from channels_inbound.adapters.email import quote_words
from channels_inbound.adapters.email.html_lines import Line

_ROLES = {
    name: role for role, names in quote_words.HEADER_NAMES.items() for name in names
}
_FIELD = re.compile(
    r"[*_\s]{0,4}([^\W\d_][^:：*\d]{0,24}?)\s?[*_]{0,2}\s?[:：]\s?[*_]{0,2}\s*(.*)"
)
_TITLE = re.compile(
    r"[\s>*_]{0,6}[-_=–—]{2,80}\s?[*_]?([^\W\d_].{2,60}?)[*_]?\s?[-_=–—]{2,80}:?[*\s]{0,4}"
)
_RULE = re.compile(r"[\s>*]{0,4}[-_=–—*]{5,200}[\s*]{0,4}|<hr>")
_ORIGINAL = tuple(quote_words.ORIGINAL)
_FORWARDED = tuple(quote_words.FORWARDED)
_MAX_FIELDS = 10
_MAX_WRAPPED = 3  # lines one long field may be wrapped over
_DECORATION = " \t#-–—=_*~>|+<.:!"


def divider(lines: list[Line], *, is_forward: bool) -> tuple[int, str] | None:
    """Return where old mail begins and how: "original", "forwarded" or "marker".

    Only lines that are not quoted count. When the sender passes the mail on
    (`is_forward`), the block below is what he wants to show, so it is "forwarded".
    """
    for index, line in enumerate(lines):
        kind = _kind(lines, index, line)
        if kind == "original" and is_forward:
            kind = "forwarded"
        if kind:
            return index, kind
    return None


def is_rule(text: str) -> bool:
    """Tell whether a line is nothing but a drawn line."""
    return _RULE.fullmatch(text) is not None


def is_marker(text: str) -> bool:
    """Tell whether a line is our request to write above it."""
    low = text.strip(_DECORATION).lower()
    return len(low) < 100 and low.startswith(quote_words.REPLY_ABOVE) and len(low) < 70


def _kind(lines: list[Line], index: int, line: Line) -> str:
    if line.mark == "cut":
        return "original"
    text = line.text
    if not text or len(text) > 300:
        return ""
    if is_marker(text):
        return "marker"
    if line.depth:
        return ""
    title = _title(lines, index, text)
    if title:
        return title
    return "original" if _is_block(lines, index) else ""


def _title(lines: list[Line], index: int, text: str) -> str:
    match = _TITLE.fullmatch(text)
    name = (match[1] if match else text.strip("*_ ")).strip(" :").lower()
    if match and name.startswith(_ORIGINAL):
        return "original"
    if name.startswith(_FORWARDED) and (match or _ends_like_a_title(text, name)):
        return "forwarded"
    # A title in a language we do not know, but with a header block under it.
    if match and any(_is_block(lines, below) for below in range(index + 1, index + 4)):
        return "original"
    return ""


def _ends_like_a_title(text: str, name: str) -> bool:
    """Tell whether a title without dashes, "Begin forwarded message:", stands alone."""
    return text.rstrip("* ").endswith((":", "：")) and len(name) < 50


def _is_block(lines: list[Line], start: int) -> bool:
    """Tell whether a mail's header is shown from this line on.

    It needs a sender, and with him a subject or an address and a date: a customer's
    own "From: Berlin / To: Paris / Date: 5 May" is none.
    """
    if start >= len(lines) or not _role(lines[start].text)[0]:
        return False
    roles: dict[str, str] = {}
    wrapped = 0
    for line in lines[start : start + 3 * _MAX_FIELDS]:
        if not line.text and roles:
            # One blank line between the fields is common in HTML turned to text.
            wrapped += 1
            if wrapped > _MAX_WRAPPED:
                break
            continue
        role, value = _role(line.text)
        if role:
            roles.setdefault(role, value)
            wrapped = 0
        else:
            wrapped += 1
            if wrapped > _MAX_WRAPPED:
                break
            if not line.depth and "from" in roles and "@" not in roles["from"]:
                roles["from"] += " " + line.text
        if _is_complete(roles):
            return True
    return False


def _is_complete(roles: dict[str, str]) -> bool:
    if "from" not in roles:
        return False
    known = len(roles.keys() - {"other"})
    if "subject" in roles and known >= 3 and ("date" in roles or "to" in roles):
        return True
    if "@" not in roles["from"]:
        return False
    dated = re.search(r"\d", roles.get("date", "")) is not None
    return dated or ("subject" in roles and "to" in roles)


def _role(text: str) -> tuple[str, str]:
    match = _FIELD.match(text[:300])
    if match is None:
        return "", ""
    return _ROLES.get(match[1].strip().lower(), ""), match[2]
