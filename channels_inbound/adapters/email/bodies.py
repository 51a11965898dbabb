"""Finds the text and the HTML a person wrote among the parts of a mail."""

import re
from dataclasses import dataclass

from channels_inbound.adapters.email import charsets, html_lines, mime

MAX_BODY_BYTES = 4 * 1024 * 1024  # of one part; a longer text is no letter
MAX_TEXT_CHARS = 1_000_000  # of the whole message

# text/* parts that are documents, not something to read in the conversation.
_DOCUMENTS = frozenset(
    [
        "calendar",
        "csv",
        "x-vcard",
        "vcard",
        "directory",
        "css",
        "javascript",
        "xml",
        "rtf",
        "x-amp-html",
        "rfc822-headers",
        "x-patch",
        "x-diff",
        "tab-separated-values",
        "markdown",
        "ics",
        "x-vcalendar",
    ]
)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
# What plain parts say when the real message is only in the HTML part.
_STUB = re.compile(
    r"\bhtml\b.{0,80}(?:mail|format|view|display|version|support|client|browser)|"
    r"(?:mail|nachricht|message|version|client|browser|view).{0,80}\bhtml\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Body:
    """The readable message: plain text if the mail has any, and the raw HTML or ""."""

    plain: str
    html: str
    parts: tuple[mime.Part, ...]  # what was used, so that the rest are attachments


@dataclass(slots=True)
class _Segment:
    plain: str
    html: str


def read(root: mime.Part) -> Body:
    """Return the body of a mail: several text parts are joined in their order."""
    used: list[mime.Part] = []
    segments = _segments(root, root, used)
    html = "\n".join(each.html for each in segments if each.html)
    plain = "\n".join(filter(None, (_plain(each, segments) for each in segments)))
    return Body(plain[:MAX_TEXT_CHARS], html, tuple(used))


def _plain(segment: _Segment, segments: list[_Segment]) -> str:
    """Return the text of one segment; HTML is converted only beside real text."""
    if segment.plain.strip() and not _is_stub(segment):
        return segment.plain
    others = any(each.plain.strip() for each in segments if each is not segment)
    if segment.html and others:
        text = html_lines.text_of(html_lines.read(segment.html))
        known = " ".join("".join(each.plain for each in segments).split())
        return "" if " ".join(text.split()) in known else text
    return ""


def _is_stub(segment: _Segment) -> bool:
    if not segment.html or len(segment.plain) > 400:
        return False
    return _STUB.search(segment.plain) is not None and len(segment.html) > 600


def _segments(
    part: mime.Part, root: mime.Part, used: list[mime.Part]
) -> list[_Segment]:
    if not part.children:
        return _leaf(part, root, used)
    if part.content_type == "multipart/alternative":
        inner = [
            each for child in part.children for each in _segments(child, root, used)
        ]
        plain = "\n".join(each.plain for each in inner if each.plain.strip())
        html = "\n".join(each.html for each in inner if each.html)
        return [_Segment(plain, html)]
    if part.content_type == "multipart/report":
        return _segments(part.children[0], root, used)
    if part.content_type == "multipart/related":
        # The first part is the document; texts behind it belong to its pictures.
        return _segments(part.children[0], root, used)
    return [each for child in part.children for each in _segments(child, root, used)]


def _leaf(part: mime.Part, root: mime.Part, used: list[mime.Part]) -> list[_Segment]:
    if not _is_readable(part, root):
        return []
    used.append(part)
    if part.content_type in {"text/html", "text/x-html", "application/xhtml+xml"}:
        return [_Segment("", _html_text(part))]
    text = charsets.decode(_cut(part), part.parameters.get("charset", ""))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.parameters.get("format", "").lower() == "flowed":
        delsp = part.parameters.get("delsp", "").lower() == "yes"
        text = unflowed(text, delete_space=delsp)
    if part.content_type in {"text/enriched", "text/richtext"}:
        text = re.sub(r"<[^<>]{0,200}>", "", text.replace("<<", "&lt;")).replace(
            "&lt;", "<"
        )
    return [_Segment(text, "")]


def _is_readable(part: mime.Part, root: mime.Part) -> bool:
    kind, _, subtype = part.content_type.partition("/")
    if kind == "multipart":  # without any delimiter line: all of it is text
        return True
    if part.content_type == "application/xhtml+xml":
        return part is root
    if kind != "text" or subtype in _DOCUMENTS:
        return False
    disposition, parameters = part.disposition
    if disposition == "attachment":
        return False
    named = parameters.get("filename") or part.parameters.get("name")
    return part is root or not named


def _html_text(part: mime.Part) -> str:
    data = _cut(part)
    declared = part.parameters.get("charset", "")
    meta = _META_CHARSET.search(data[:8_000])
    inside = meta[1].decode("latin-1") if meta else ""
    return charsets.decode(data, declared or inside, hint=inside)


def _cut(part: mime.Part) -> bytes:
    return part.content[:MAX_BODY_BYTES]


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676, section 4)."""
    out: list[list[str]] = []  # each line as the pieces it is joined from
    joined = False
    depth_before = 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        is_soft = bare.endswith(" ") and bare != "-- "
        kept = bare[:-1] if is_soft and delete_space else bare
        if joined and depth == depth_before and bare != "-- ":
            out[-1].append(kept)
        else:
            out.append([">" * depth + " " * bool(depth) + kept])
        joined, depth_before = is_soft, depth
    return "\n".join("".join(pieces) for pieces in out)
