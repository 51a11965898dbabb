"""Parameters of Content-Type and Content-Disposition, with RFC 2231 and its misuse."""

import re
from urllib.parse import unquote_to_bytes

from channels_inbound.adapters.email import charsets, encoded_words

_MAX_PARAMETERS = 500
_NAME = re.compile(r"\s*([^\s=;\"]{1,80})\s*=\s*")
_NEXT = re.compile(r";(?=\s{0,200}[\w*.-]{1,80}\s{0,20}=)")
_SECTION = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")


def split(raw: bytes, *, hint: str = "") -> tuple[str, dict[str, str]]:
    """Return the value before the parameters in lower case, and the parameters.

    `hint` is the charset of names sent as raw bytes. The first parameter of a name counts. Values are decoded but not made safe.
    """
    text = encoded_words.raw_text(raw, hint=hint)
    head, _, rest = text.partition(";")
    if "=" in head and "/" not in head:
        head, rest = "", text
    # Tools write "text/plain charset=utf-8" without the semicolon.
    words = head.split()
    if len(words) > 1 and "=" in head:
        rest = head.split(None, 1)[1] + ";" + rest
    value = words[0].strip("\"'").lower() if words else ""
    return value, _parameters(rest)


def _parameters(text: str) -> dict[str, str]:
    simple: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    position = 0
    for _ in range(_MAX_PARAMETERS):
        match = _NAME.match(text, position)
        if match is None:
            following = text.find(";", position)
            if following < 0:
                break
            position = following + 1
            continue
        value, position = _value(text, match.end())
        name = match[1].lower()
        parts = _SECTION.fullmatch(name)
        if parts and (parts[2] or parts[3]):
            pieces = sections.setdefault(parts[1], {})
            pieces.setdefault(int(parts[2] or 0), (value, bool(parts[3])))
        else:
            simple.setdefault(name, encoded_words.decode_words(value))
    for name, pieces in sections.items():
        simple[name] = _joined(pieces)
    return simple


def _value(text: str, position: int) -> tuple[str, int]:
    """Read a quoted or bare value; return it and where the next parameter starts."""
    if text.startswith('"', position):
        out = []
        index = position + 1
        while index < len(text):
            character = text[index]
            if character == "\\" and index + 1 < len(text) and text[index + 1] in '"\\':
                index += 1
                out.append(text[index])
            elif character == '"':
                break
            else:
                out.append(character)
            index += 1
        following = text.find(";", index)
        return "".join(out), len(text) if following < 0 else following + 1
    # An unquoted file name may hold a semicolon: only "; name=" ends the value.
    end = _NEXT.search(text, position)
    if end is None:
        return text[position:].rstrip(" \t;"), len(text)
    return text[position : end.start()].strip(), end.start() + 1


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """Join RFC 2231 continuations: charset'language'percent-coded bytes."""
    charset, data = "", b""
    for number in sorted(pieces):
        value, is_extended = pieces[number]
        if not is_extended:
            decoded = encoded_words.decode_words(value)
            data += decoded.encode(charsets.codec_for(charset) or "utf-8", "replace")
            continue
        if number == min(pieces) and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        data += unquote_to_bytes(value)
    return charsets.decode(data, charset)
