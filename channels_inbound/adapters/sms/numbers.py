"""Telephone numbers as providers write them."""

import re

SHORT_CODE_DIGITS = 6  # the longest in use; the shortest full number has seven

_DIGITS = re.compile(r"\+?[\d\s().-]+")


def phone(raw: str) -> str:
    """Return E.164 with its plus; short codes and names of senders as they are.

    Providers leave the plus out, and where a form was not escaped it arrives as a
    space. 447700900001 → +447700900001, 384387 → 384387, MTN → MTN.
    """
    text = raw.strip()
    if not _DIGITS.fullmatch(text):
        return text
    digits = only_digits(text)
    if len(digits) <= SHORT_CODE_DIGITS and not text.startswith("+"):
        return digits
    return f"+{digits}" if digits else ""


def only_digits(raw: str) -> str:
    """Return the digits of the text."""
    return "".join(character for character in raw if character.isdecimal())


def is_other_number(number: str, ours: str) -> bool:
    """Tell whether both are numbers and not the same one.

    False when either is unknown or a name: an alphanumeric sender of ours says
    nothing of the number.
    """
    first, second = only_digits(number), only_digits(ours)
    return (
        bool(first and second)
        and first != second
        and bool(_DIGITS.fullmatch(number.strip()))
    )
