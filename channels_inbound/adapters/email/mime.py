"""Splits raw mail bytes into a tree of parts, without recursion and within limits.

The standard library's parser recurses for each level and gives up on several
broken forms, so this reads RFC 5322 and RFC 2046 itself, outermost part first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from channels_inbound.adapters.email import parameters, transfer
from channels_inbound.adapters.email.mail import UnreadableMail

MAX_MAIL_BYTES = 64 * 1024 * 1024  # the largest mail common providers accept is 50 MB
MAX_HEADER_BYTES = 1024 * 1024  # of one part; what follows is dropped
MAX_HEADER_FIELDS = 2_000
MAX_FIELD_BYTES = 128 * 1024  # one field; a References of 300 ids needs 30 kB
MAX_PARTS = 1_000
MAX_DEPTH = 40  # deeper parts stay unsplit

_FIELD = re.compile(rb"([!-9;-~]{1,2000})[ \t]*:(.*)", re.DOTALL)
_MBOX_LINE = re.compile(rb">?From [^\r\n:]{0,200}[^\r\n]{0,200}\r?\n")
_DELIMITER_GUESS = re.compile(
    rb"^--([^\s-][^\r\n]{0,199}|-{2,}[^\r\n]{1,199})\r?$", re.MULTILINE
)


@dataclass
class Part:
    """One entity of the mail: its raw header fields, and a body or children."""

    fields: list[tuple[str, bytes]]
    body: bytes
    depth: int = 0
    children: list["Part"] = field(default_factory=list)

    def raw(self, name: str) -> bytes:
        """Return the first raw value of a field (name in lower case), or b""."""
        return next((value for key, value in self.fields if key == name), b"")

    @cached_property
    def content_type(self) -> str:
        """The media type, lower case; text/plain when missing or no type at all."""
        return self._type[0]

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The parameters of Content-Type, names in lower case, RFC 2231 undone."""
        return self._type[1]

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """The Content-Disposition, lower case ("" if none), and its parameters."""
        return parameters.split(self.raw("content-disposition"))

    @cached_property
    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        encoding = self.raw("content-transfer-encoding").decode("latin-1")
        return transfer.decode(self.body, encoding)

    @cached_property
    def _type(self) -> tuple[str, dict[str, str]]:
        found = parameters.split(self.raw("content-type"))
        if re.fullmatch(r"[\w.+-]{1,80}/[\w.+-]{1,120}", found[0]):
            return found
        bare = {"text": "text/plain", "html": "text/html"}.get(found[0], "")
        return bare or "text/plain", found[1]

    def walk(self) -> Iterator["Part"]:
        """Yield this part and all below it, in the order of the mail."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


def read(raw: bytes) -> Part:
    """Return the root part of a mail.

    Raises UnreadableMail when the mail is empty or larger than MAX_MAIL_BYTES.
    """
    if len(raw) > MAX_MAIL_BYTES:
        raise UnreadableMail(
            f"The mail has {len(raw)} bytes; at most {MAX_MAIL_BYTES} are read."
        )
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableMail("The mail is empty.")
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    root = _part(_without_preface(raw), depth=0, is_root=True)
    waiting, count = [root], 1
    while waiting:
        part = waiting.pop()
        if part.depth >= MAX_DEPTH or not part.content_type.startswith("multipart/"):
            continue
        for piece in _pieces(part):
            if count >= MAX_PARTS:
                return root
            child = _part(piece, depth=part.depth + 1)
            part.children.append(child)
            count += 1
        waiting.extend(reversed(part.children))
    return root


def _without_preface(raw: bytes) -> bytes:
    """Drop what is no part of the mail: a byte order mark, blank lines, mbox lines."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    start = 0
    while match := _MBOX_LINE.match(raw, start):
        start = match.end()
    return raw[start:]


def _part(data: bytes, *, depth: int, is_root: bool = False) -> Part:
    fields, body = _split_head(data, is_root=is_root)
    return Part(fields, body, depth)


def _split_head(data: bytes, *, is_root: bool) -> tuple[list[tuple[str, bytes]], bytes]:
    """Return the header fields, unfolded, and the bytes of the body.

    A line that is no header field ends the header, unless a field follows it: then
    it is dropped, as are such lines before the first field of the whole mail.
    """
    fields: list[tuple[str, bytearray]] = []
    position, size = 0, len(data)
    while position < size:
        end = data.find(b"\n", position)
        end = size if end < 0 else end + 1
        line = data[position:end].rstrip(b"\r\n")
        if not line.strip():
            if not line or not (_continues(data, end) or _is_folded(data, end)):
                position = end
                break
        elif line[:1] in b" \t":
            if fields and len(fields[-1][1]) + len(line) <= MAX_FIELD_BYTES:
                fields[-1][1].extend(b" " + line.strip())
        elif match := _FIELD.match(line):
            if end <= MAX_HEADER_BYTES and len(fields) < MAX_HEADER_FIELDS:
                name = match[1].decode("ascii").lower()
                fields.append((name, bytearray(match[2].strip()[:MAX_FIELD_BYTES])))
        elif not (is_root and _continues(data, end)):
            break
        position = end
    if not fields:
        # No header at all: the whole is a body, save a leading blank line.
        return [], data[position:] if data[:1] in b"\r\n" else data
    return [(name, bytes(value)) for name, value in fields], data[position:]


def _continues(data: bytes, position: int) -> bool:
    end = data.find(b"\n", position)
    line = data[position : end if end >= 0 else len(data)]
    return _FIELD.match(line) is not None and b"://" not in line[:16]


def _is_folded(data: bytes, position: int) -> bool:
    """A line of white space may stand inside a folded field (RFC 5322, 4.2)."""
    end = data.find(b"\n", position)
    line = data[position : end if end >= 0 else len(data)]
    return line[:1] in b" \t" and bool(line.strip())


def _pieces(part: Part) -> list[bytes]:
    """Split a multipart body at its delimiter lines (RFC 2046, section 5.1.1)."""
    boundary = part.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
    pieces = _cut(part.body, boundary) if boundary else []
    if pieces:
        return pieces
    guess = _DELIMITER_GUESS.search(part.body)
    if guess and _continues(part.body, guess.end() + 1):
        return _cut(part.body, guess[1].rstrip().removesuffix(b"--"))
    return []


def _cut(body: bytes, boundary: bytes) -> list[bytes]:
    delimiter = re.compile(
        rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z|\r\Z)", re.MULTILINE
    )
    pieces: list[bytes] = []
    start: int | None = None
    for match in delimiter.finditer(body):
        if start is not None:
            pieces.append(_without_last_break(body[start : match.start()]))
            if len(pieces) > MAX_PARTS:
                return pieces
        # After the closing delimiter comes the epilogue; but some senders close
        # too early, so a further delimiter opens a part again.
        start = None if match[1] else match.end()
    if start is not None:
        pieces.append(body[start:])
    return pieces


def _without_last_break(piece: bytes) -> bytes:
    """The line break before a delimiter belongs to the delimiter."""
    if piece.endswith(b"\r\n"):
        return piece[:-2]
    return piece[:-1] if piece.endswith(b"\n") else piece


def head_of(data: bytes) -> Part:
    """Return only the header fields of a mail inside a mail, its body unsplit."""
    return _part(_without_preface(data[:MAX_HEADER_BYTES]), depth=0, is_root=True)
