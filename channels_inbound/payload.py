"""JSON from outside, read without surprises: every function here is total."""

import datetime
import json
import math
import re
from typing import Any, TypeVar

from channels_inbound.adapter import Unreadable

MAX_DEPTH = 100  # no provider nests deeper than about 15
MAX_DIGITS = 30  # an integer longer than that is kept as text

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"\d{1,17}(\.\d+)?")
T = TypeVar("T")


def load_json(raw: bytes, *, cleaned: bool = True) -> Any:
    """Return the parsed JSON; a byte order mark before it is tolerated.

    Text has no NUL and no lone surrogate left, which PostgreSQL takes in neither
    text nor jsonb. Raises Unreadable for anything else than well-formed UTF-8
    JSON, for NaN and Infinity, and for a tree of more than 100 levels.
    """
    try:
        tree = json.loads(
            raw.decode("utf-8-sig"), parse_constant=_refuse, parse_int=_integer
        )
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is not JSON.") from error
    return clean(tree) if cleaned else tree


def clean(tree: T, depth: int = 0) -> T:
    """Return the tree with NUL removed and lone surrogates replaced by U+FFFD."""
    if depth > MAX_DEPTH:
        raise Unreadable("The body is nested too deep.")
    if isinstance(tree, str):
        return _SURROGATE.sub("\ufffd", tree.replace("\x00", ""))  # type: ignore[return-value]  # str in, str out
    if isinstance(tree, dict):
        return {  # type: ignore[return-value]  # as above
            clean(key, depth + 1): clean(value, depth + 1)
            for key, value in tree.items()
        }
    if isinstance(tree, list):
        return [clean(item, depth + 1) for item in tree]  # type: ignore[return-value]  # as above
    return tree


def at(node: object, *path: str) -> Any:
    """Return what stands at the path of keys, or None."""
    for key in path:
        if not isinstance(node, dict):
            return None
        node = node.get(key)
    return node


def text_at(node: object, *path: str) -> str:
    """Return the text at the path; a number becomes its digits, all else ""."""
    value = at(node, *path)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def dict_at(node: object, *path: str) -> dict[str, Any]:
    """Return the object at the path, or an empty one."""
    value = at(node, *path)
    return value if isinstance(value, dict) else {}


def list_at(node: object, *path: str) -> list[Any]:
    """Return the array at the path, or an empty one."""
    value = at(node, *path)
    return value if isinstance(value, list) else []


def dicts_at(node: object, *path: str) -> list[dict[str, Any]]:
    """Return the objects in the array at the path, without anything else in it."""
    return [item for item in list_at(node, *path) if isinstance(item, dict)]


def number_at(node: object, *path: str) -> float | None:
    """Return the finite number at the path, also when it is written as text."""
    try:
        value = float(text_at(node, *path))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def moment(value: object) -> datetime.datetime | None:
    """Return the time in UTC, or None when there is no telling.

    Takes seconds, milliseconds, microseconds (numbers or their digits), ISO 8601
    with or without an offset (or a space before it), and YYYYMMDDhhmmss. Providers mix them: Meta sends
    seconds as text, milliseconds as numbers and ISO in test events.
    """
    text = text_at({"": value}, "").strip()
    if not text:
        return None
    try:
        if _NUMBER.fullmatch(text) and not _is_compact_date(text):
            return _from_number(float(text))
        if _is_compact_date(text):
            text = f"{text[:8]}T{text[8:]}"
        parsed = datetime.datetime.fromisoformat(text.replace(" +", "+"))
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=datetime.UTC)
        return parsed.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None


def _is_compact_date(text: str) -> bool:
    """Tell 20260601120000 from a number: that many seconds are 640,000 years."""
    return len(text) == 14 and text.isdigit() and text.startswith(("19", "20"))


def _from_number(number: float) -> datetime.datetime | None:
    for unit in (1.0, 1e3, 1e6):
        # Before 2286 seconds have ten digits, which milliseconds had until 1970.
        if 0 < number / unit < 1e10:
            return datetime.datetime.fromtimestamp(number / unit, datetime.UTC)
    return None


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON.")
