"""Address lists of header fields, as RFC 5322 has them and as mails really have them.

Encoded words are decoded only in display names, after the list has been taken
apart: an encoded comma separates nothing, and an encoded address is no address
(otherwise `=?utf-8?q?boss=40example.com?= <thief@evil.example>` could pass as boss).
"""

import re
from collections.abc import Iterator

from channels_inbound.adapters.email import encoded_words
from channels_inbound.adapters.email.mail import Mailbox

MAX_RECIPIENTS = 1_000  # of one field; a mail to more is a mailing, not a request

# One token: a quoted string, a comment bracket, an angle bracket, a separator, white
# space, an encoded word, or other text. "Bj\\"o" <b@x> -> '"Bj\\"o"', ' ', '<', ...
_TOKEN = re.compile(
    r"=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=|[()<>,;:]|\s+|(?:(?!=\?)[^\s\"()<>,;:])+|.",
    re.DOTALL,
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>()\",;:]+@[^\s@<>()\",;:]+")
_QUOTED_LOCAL = re.compile(r'"(?:[^"\\]|\\.){1,64}"@[^\s@<>()",;:]+')
_MAX_ADDRESS = 320  # 64 for the local part, 255 for the domain (RFC 5321, 4.5.3.1)


def parse_list(raw: bytes, *, hint: str = "") -> tuple[Mailbox, ...]:
    """Return the mailboxes of an address field; what is no address is left out.

    A group gives its members. Two equal addresses are given once.
    """
    found: dict[str, Mailbox] = {}
    for tokens in _split(encoded_words.raw_text(raw, hint=hint)):
        for mailbox in _mailboxes(tokens, hint=hint):
            if mailbox.address:
                found.setdefault(mailbox.address, mailbox)
        if len(found) >= MAX_RECIPIENTS:
            break
    return tuple(found.values())


def parse_one(raw: bytes, *, hint: str = "") -> Mailbox:
    """Return the first mailbox of a field; the address may be "" if only a name is."""
    boxes = [
        box
        for tokens in _split(encoded_words.raw_text(raw, hint=hint))
        for box in _mailboxes(tokens, hint=hint)
    ]
    with_address = [index for index, box in enumerate(boxes) if box.address]
    if not with_address:
        names = ", ".join(box.name for box in boxes if box.name)
        return Mailbox("", names[:400])
    # "Smith, Ann <ann@x>" without quotes: what stands before the comma is her name.
    first = with_address[0]
    box = boxes[first]
    if first and box.name:
        name = ", ".join([*(each.name for each in boxes[:first]), box.name])
        return Mailbox(box.address, name)
    return box


def normal(text: str) -> str:
    """Return an address in lower case, without dirt at its ends, or "" if it is none.

    A domain in Punycode is shown as Unicode only by the console; here it stays.
    """
    text = text.strip().strip("'\"<>[]|").strip().rstrip(".").lower()
    text = text.removeprefix("mailto:").removeprefix("smtp:")
    if "=?" in text:
        return ""
    match = _QUOTED_LOCAL.fullmatch(text) or _ADDRESS.fullmatch(text)
    return text if match and len(text) <= _MAX_ADDRESS else ""


def _tokens(text: str) -> Iterator[str]:
    """Yield the tokens; after one unclosed quotation mark, quotes are ordinary text.

    Looking for the end of each of many unclosed ones would take quadratic time.
    """
    position, quotes_close = 0, True
    while position < len(text):
        match = None
        if quotes_close and text[position] == '"':
            match = _QUOTED.match(text, position)
            quotes_close = match is not None
        match = match or _TOKEN.match(text, position)
        if match is None:
            return
        yield match[0]
        position = match.end()


def _split(text: str) -> list[list[str]]:
    """Cut a list at its commas, semicolons and group names; comments become tokens."""
    entries: list[list[str]] = [[]]
    comment: list[str] = []
    depth, angle = 0, False
    for piece in _tokens(text):
        if piece == "(" or (depth and piece == ")"):
            depth += 1 if piece == "(" else -1
            if depth == 0:
                entries[-1].append("(" + "".join(comment).strip() + ")")
                comment = []
            continue
        if depth:
            comment.append(piece)
        elif piece == "<":
            angle = True
            entries[-1].append(piece)
        elif piece == ">":
            angle = False
            entries[-1].append(piece)
        elif piece == ":" and not angle and not _has_address(entries[-1]):
            entries[-1] = []  # "friends:" opens a group
        elif piece in {",", ";"} and (not angle or not _is_route(entries[-1])):
            angle = False
            entries.append([])
        else:
            entries[-1].append(piece)
    if depth:  # an unclosed bracket must not swallow the addresses behind it
        return _split(text.replace("(", " "))
    return [entry for entry in entries if any(each.strip() for each in entry)]


def _has_address(tokens: list[str]) -> bool:
    return any("@" in token for token in tokens[-3:])


def _is_route(tokens: list[str]) -> bool:
    """<@relay.example,@other.example:joe@home.example> (RFC 5322, section 4.4)."""
    if "<" not in tokens[-40:]:
        return False
    tokens = tokens[-40:]
    inside = "".join(tokens[len(tokens) - tokens[::-1].index("<") :]).strip()
    return inside.startswith("@") and ":" not in inside


def _mailboxes(tokens: list[str], *, hint: str) -> list[Mailbox]:
    opens = [index for index, each in enumerate(tokens) if each == "<"]
    # The last non-empty angle bracket counts: `a@b.example <c@d.example>`.
    for start in reversed(opens[-3:]):
        rest = tokens[start + 1 :]
        stop = rest.index(">") if ">" in rest else len(rest)
        inside = "".join(
            word for word in rest[:stop] if not word.startswith(("(", "<"))
        )
        if not inside.strip():
            continue
        if inside.lstrip().startswith("@") and ":" in inside:
            inside = inside.rpartition(":")[2]
        address = normal(_without_spaces(inside))
        name = _name(tokens[:start], hint=hint) or _name(rest[stop + 1 :], hint=hint)
        if address or "@" in inside:
            return [Mailbox(address, name)]
    return _bare([token for token in tokens if token not in {"<", ">"}], hint=hint)


def _bare(tokens: list[str], *, hint: str) -> list[Mailbox]:
    """Read an entry without angle brackets: `joe@x.example (Joe)`, `Joe joe@x`."""
    joined = "".join(token for token in tokens if token[0] != "(" or len(token) < 3)
    address = normal(_without_spaces(joined))
    comments = [token for token in tokens if token[0] == "(" and len(token) > 2]
    if address and not (" " in joined.strip() and _ADDRESS.search(joined)):
        return [Mailbox(address, _name(comments, hint=hint))]
    words = [token for token in tokens if token.strip()]
    addresses = list(filter(None, map(normal, words)))
    if len(addresses) > 1:
        return [Mailbox(each) for each in addresses]
    if addresses:
        others = [token for token in tokens if normal(token) != addresses[0]]
        return [Mailbox(addresses[0], _name(others, hint=hint))]
    local = joined.strip()
    if re.fullmatch(r"[\w.+-]{1,64}", local) and not comments:
        return [Mailbox("", local)]
    return [Mailbox("", _name(tokens, hint=hint))]


def _without_spaces(text: str) -> str:
    """Close up "joe @ home . example", which is one address (RFC 5322, section 4.4)."""
    if '"' in text:
        return text.strip()
    return re.sub(r"\s*([@.])\s*", r"\1", text.strip()) if len(text) < 1000 else text


def _name(tokens: list[str], *, hint: str) -> str:
    """Join the words of a display name; a lone comment is one, "Ann (Sales)" too."""
    comments = [token for token in tokens if _is_comment(token)]
    words = [
        _unquoted(token) if token[0] == '"' and len(token) > 1 else token
        for token in tokens
        if not _is_comment(token) and token not in {"<", ">"}
    ]
    if "".join(words).strip():
        words += [f" {comment}" for comment in comments]
    else:
        words = [comment[1:-1] for comment in comments]
    name = encoded_words.decode_words("".join(words), hint=hint)
    return encoded_words.one_line(name).strip(" '\"")[:400]


def _is_comment(token: str) -> bool:
    return token[0] == "(" and len(token) > 1


def _unquoted(token: str) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:-1])
