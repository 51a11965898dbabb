"""Header values: undoes encoded words (RFC 2047) and raw 8-bit text."""

import re

from channels_inbound.adapters.email import charsets, transfer

# =?charset*language?encoding?payload?= ; real mails hold spaces
# or a question mark. The counts are bounded so that no header takes long.
_WORD = re.compile(
    r"=\?([^?=\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,4})\?="
)
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")


def text_of(raw: bytes, *, hint: str = "") -> str:
    """Return the readable form of a header value, on one line."""
    return one_line(decode_words(raw_text(raw, hint=hint), hint=hint))


def raw_text(raw: bytes, *, hint: str = "") -> str:
    """Turn undeclared 8-bit header bytes into text, encoded words left alone."""
    if raw.isascii():
        return charsets.clean(raw.decode("ascii"))
    return charsets.decode(raw, hint=hint)


def one_line(text: str) -> str:
    """Join all white space; an encoded line feed must not start a new header."""
    return " ".join(charsets.clean(text).split())


def decode_words(text: str, *, hint: str = "") -> str:
    """Replace every encoded word; what cannot be decoded stays as it was.

    Adjacent words of one charset are joined before decoding, because many senders
    split a multi-byte character over two words.
    """
    if "=?" not in text:
        return text
    text = _BETWEEN_WORDS.sub(r"\1", text)
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for match in _WORD.finditer(text):
        payload = _payload(match[2], match[3])
        if pending and (match.start() != end or match[1].lower() != charset):
            out.append(charsets.decode(pending, charset, hint=hint))
            pending = b""
        out.append(text[end : match.start()])
        pending += payload
        charset, end = match[1].lower(), match.end()
    if pending:
        out.append(charsets.decode(pending, charset, hint=hint))
    return "".join(out) + text[end:]


def _payload(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if encoding in "bB":
        return transfer.base64(data)
    return transfer.quoted_printable(data.replace(b"_", b" "), header=True)
