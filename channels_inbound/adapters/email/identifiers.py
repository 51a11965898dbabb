"""Message-ID, In-Reply-To and References, whatever form a mail gives them (RFC 5322)."""

import hashlib
import re

from channels_inbound.adapters.email import encoded_words

MAX_REFERENCES = 2_000
_MAX_ID = 998  # one line of a header (RFC 5322, section 2.1.1)

_BRACKETED = re.compile(r"<([^<>]{1,2000})>")
_ANY = re.compile(r"<([^<>]{1,2000})>|([^\s<>,;()\"]+)")


def message_id(raw: bytes) -> str:
    """Return the id of a Message-ID field without its angle brackets, or ""."""
    text = encoded_words.raw_text(raw).strip()
    match = _BRACKETED.search(text)
    return _tidy(match[1] if match else text.strip("<>"))


def made_from(raw_mail: bytes) -> str:
    """Return an id for a mail that has none: the same bytes give the same id."""
    return f"{hashlib.sha256(raw_mail).hexdigest()[:40]}@missing-message-id.invalid"


def in_reply_to(raw: bytes) -> str | None:
    """Return the first id of In-Reply-To; old mails wrap it in a sentence."""
    text = encoded_words.raw_text(raw)
    ids = list(filter(None, (_tidy(match[1]) for match in _BRACKETED.finditer(text))))
    if ids:
        # "Message from Joe <joe@x.example> of Tuesday <id@x.example>" names him first.
        return ids[0] if text.lstrip().startswith("<") else ids[-1]
    words = [match[2] for match in _ANY.finditer(text) if match[2]]
    if len(words) == 1:
        return _tidy(words[0]) or None
    return next((_tidy(word) for word in words if "@" in word), None)


def references(raw: bytes) -> tuple[str, ...]:
    """Return the ids of References, oldest first, as sent."""
    found = []
    for match in _ANY.finditer(encoded_words.raw_text(raw)):
        identifier = _tidy(match[1] or match[2])
        if identifier and (match[1] or "@" in identifier):
            found.append(identifier)
        if len(found) >= MAX_REFERENCES:
            break
    return tuple(found)


def _tidy(text: str) -> str:
    """Folding may leave white space inside an id; an id itself never has any."""
    return "".join(text.split()).strip("<>")[:_MAX_ID]
