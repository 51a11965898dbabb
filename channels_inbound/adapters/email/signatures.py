"""Takes signatures off the end of a letter, and only off the end."""

import re

from channels_inbound.adapters.email import signature_words
from channels_inbound.adapters.email.html_lines import Line

_MAX_DELIMITED = 14  # lines of text below "--"; more is not a signature
_MAX_USENET = 30  # lines below "-- " with its space (RFC 3676, section 4.3)
_MAX_CLOSING = 5  # lines below "Best regards,"
_MAX_NAME_LINE = 60  # characters; a longer line is a sentence

_DELIMITER = re.compile(r"(?:--|—|–|__)\s*")
_FOOTER_RULE = re.compile(r"_{5,}|-{5,}|={5,}|\*{5,}")
_LINK = re.compile(r"\s*[<(\[]\s*https?://[^\s<>()]{1,2000}[>)\]]|https?://\S{1,2000}")
_NAME = r"[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){0,3}"
_CLOSING = re.compile(
    "(?:"
    + "|".join(
        re.escape(word)
        for word in sorted(signature_words.CLOSINGS, key=len, reverse=True)
    )
    + rf")(?:[\s,.!;:~–—-]{{0,4}}|\s?[,.!;–—-]\s{{0,3}}{_NAME}[.,!]?|\s{{1,3}}\(?{_NAME}\)?[.,!]?)",
)
_BARE_CLOSING = re.compile(r"[\s,.!;:~–—-]*")
_DASH_NAME = re.compile(rf"(?:[-–—]|//|/){_NAME}\.?|[—–] ?{_NAME}\.?")
_DEVICE = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(
        re.escape(word)
        for word in sorted(signature_words.DEVICES, key=len, reverse=True)
    )
    + r")",
)
_SENTENCE_END = re.compile(r"[?]$|[.!]$")
_POSTSCRIPT = re.compile(r"p\.?\s?p?\.?s\.?\b", re.IGNORECASE)


def strip(lines: list[Line]) -> list[Line]:
    """Return the lines without what follows the letter: signatures and phone lines.

    Nothing is taken off when nothing would be left.
    """
    lines = _trimmed(lines)
    for _ in range(4):  # a phone line may stand below a signature, and above one
        start = _start(lines)
        if start is None:
            return lines
        shorter = _trimmed(lines[:start])
        if not any(line.text for line in shorter):
            return lines
        lines = shorter
    return lines


def is_only_signature(lines: list[Line]) -> bool:
    """Tell whether these lines hold nothing but a signature or a phone line."""
    lines = _trimmed(lines)
    while lines:
        start = _start(lines)
        if start is None:
            return False
        lines = _trimmed(lines[:start])
    return True


def is_phone_line(text: str) -> bool:
    """Tell whether a line is "Sent from my iPhone" or the like, and nothing else."""
    low = _LINK.sub("", text).strip(" .!*_<>[]()-–—").lower()
    if not 5 < len(low) <= 75 or re.search(r"[,;?!]|\. ", low):
        return False
    if low.startswith(signature_words.GET):
        return "outlook" in low or "yahoo" in low or "mail" in low
    if not low.startswith(signature_words.SENT_FROM) and not low.endswith(
        signature_words.SENT_FROM_AT_END
    ):
        return False
    return _DEVICE.search(low) is not None


def _start(lines: list[Line]) -> int | None:
    """Return where the signature at the end begins, or None if there is none."""
    if not lines:
        return None
    last = len(lines) - 1
    if lines[last].mark == "signature":
        while last and lines[last - 1].mark == "signature":
            last -= 1
        above = [index for index in range(last) if lines[index].text]
        delimited = above and _DELIMITER.fullmatch(lines[above[-1]].text)
        return above[-1] if delimited else last
    if is_phone_line(lines[last].text) and not lines[last].depth:
        return last
    for finder in (_footer, _delimited, _closing, _dashed_name):
        found = finder(lines)
        if found is not None:
            return found
    return None


def _footer(lines: list[Line]) -> int | None:
    """Find footers of lists and scanners in the last lines, with the rule above."""
    first = max(0, len(lines) - 12)
    for index in range(first, len(lines)):
        low = lines[index].text.lower()
        if low.startswith(signature_words.FOOTERS) and not lines[index].depth:
            above = index - 1
            while above >= 0 and not lines[above].text:
                above -= 1
            ruled = above >= 0 and re.fullmatch(r"[-_=*]{2,}", lines[above].text)
            return above if ruled else index
    return None


def _delimited(lines: list[Line]) -> int | None:
    below = 0
    found = None
    asks = False  # a question below the delimiter is no signature
    fenced = False  # inside ``` code, where "--" begins a comment of SQL
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        fenced ^= line.text.startswith("```")
        if not line.depth and _DELIMITER.fullmatch(line.text) and not fenced:
            usenet = line.shown == "-- "
            if below <= (_MAX_USENET if usenet else _MAX_DELIMITED) and (
                usenet or not asks
            ):
                found = index
        elif not line.depth and _FOOTER_RULE.fullmatch(line.text) and 0 < below <= 6:
            text = " ".join(each.text for each in lines[index:]).lower()
            if "mailing list" in text or "listinfo" in text or "unsubscribe" in text:
                found = index
        if line.text:
            below += 1
            asks = asks or line.text.endswith("?")
        if below > _MAX_USENET:
            break
    return found


def _closing(lines: list[Line]) -> int | None:
    """Find "Best regards" with only short lines, a name and its business, below."""
    below = 0
    first_below = ""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not line.text:
            continue
        if line.depth:
            return None
        low = line.text.lower().strip("*_ ")
        if _CLOSING.fullmatch(low) and _is_like_a_closing(line.text, below=below):
            # "Thank you / Order 12345": a name comes first below a closing.
            return None if re.search(r"\d", first_below) else index
        if not _may_be_below_a_closing(line.text):
            return None
        first_below = line.text
        below += 1
        if below > _MAX_CLOSING:
            return None
    return None


def _is_like_a_closing(text: str, *, below: int) -> bool:
    """Tell "Thanks, Bob", which closes a letter, from "best of luck", which does not."""
    text = text.strip("*_ ")
    match = re.match(r"[^,.!;–—]*[,.!;–—]?\s*", text)
    rest = text[match.end() :] if match else ""
    if rest:
        return rest[0].isupper() or not rest[0].isalpha()
    low = text.lower().rstrip(",.!;:~–— -")
    if low in signature_words.CLOSINGS:
        return True
    # A closing and a name without a comma: the name must be written as one.
    return text.split()[-1][0].isupper() and below == 0


def _may_be_below_a_closing(text: str) -> bool:
    if len(text) > _MAX_NAME_LINE or _POSTSCRIPT.match(text):
        return False
    if text.endswith("?") or is_phone_line(text):
        return not text.endswith("?")
    # "He is away." is a sentence, "Acme Inc." and "-Roman." are not.
    return not (text.endswith((".", "!")) and len(text.split()) > 3)


def _dashed_name(lines: list[Line]) -> int | None:
    """Find "-Ann" as the last line; an item of a list is none."""
    last = len(lines) - 1
    if last < 2 or lines[last].depth or not _DASH_NAME.fullmatch(lines[last].text):
        return None
    name = lines[last].text.lstrip("-–—/ ")
    if not name[:1].isupper() or lines[last - 1].text:
        return None
    above = next((line for line in reversed(lines[:last]) if line.text), None)
    return None if above is None or above.text[:1] in "-–—*•" else last


def _trimmed(lines: list[Line]) -> list[Line]:
    start, stop = 0, len(lines)
    while start < stop and not lines[start].text:
        start += 1
    while stop > start and not lines[stop - 1].text:
        stop -= 1
    return lines[start:stop]
