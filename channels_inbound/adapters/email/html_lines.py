"""Reads HTML mail as a list of text lines that remember which quote they stand in."""

import re
from dataclasses import dataclass

from lxml import etree

from channels_inbound.adapters.email import charsets

MAX_HTML_CHARS = 600_000  # the rest is not read as text; the attachment view has it
MAX_LINES = 60_000
MAX_TAGS = 60_000  # those behind are not looked at, their text is

_BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tfoot",
        "tr",
        "ul",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "wbr",
    ]
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"])
_SILENT = frozenset(
    ["script", "style", "head", "title", "template", "noframes", "object", "svg"]
)
_SPACES = re.compile(r"[ \t\r\n\f]+")

# Marks that mail programs put on the mail they answer. Outlook copies foreign marks
# with "x_" in front; Yahoo puts a random prefix before "yahoo_quoted".
_QUOTE_CLASS = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_quote(?:_container)?|\w*yahoo_quoted|protonmail_quote|"
    r"tutanota_quote|moz-cite-prefix|zmail_extra|nylas-quote|missive_quote|"
    r"front-blockquote|mailmate-quote|hm-quote|spark_quote|moz-forward-container)"
    r"(?:\s|$)"
)
_QUOTE_ID = re.compile(
    r"(?:x_)*(?:OLK_SRC_BODY_SECTION|yahoo_quoted_\w*|reply-intro|replySplit|"
    r"mail-editor-reference-message-container|isReplyContent)"
)
# From here on everything is the old mail, whatever element it is in.
_CUT_ID = re.compile(
    r"(?:x_)*(?:divRplyFwdMsg|appendonsend|stopSpelling|"
    r"ms-outlook-mobile-reference-message)"
)
_CUT_CLASS = re.compile(
    r"(?:^|\s)(?:OutlookMessageHeader|ms-outlook-mobile-reference-message)(?:\s|$)"
)
# Outlook draws a line above "From: ..."; the colors are those of its versions.
_CUT_STYLE = re.compile(
    r"border(?:-top)?:(?:none;border-top:)?(?:solid#(?:b5c4df|e1e1e1)1\.0pt|"
    r"1(?:\.0)?p[tx]solid(?:#(?:b5c4df|e1e1e1|e5e5e5)|rgb\((?:181,196,223|225,225,225|229,229,229)\)))|"
    r"border-top-color:rgb\(229,229,229\)"
)
_SIGNATURE = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_signature|moz-signature|protonmail_signature_block(?:-user)?|"
    r"ms-outlook-mobile-signature|Signature|\w*yahoo_signature)(?:\s|$)"
)


@dataclass(slots=True)
class Line:
    """One line of a body.

    `text` is without quote marks, `shown` is the line as it is given back. `depth`
    counts the quotes around it. `mark` is "quote" inside an element which a mail
    program made for the old mail, "cut" where the old mail begins, "signature"
    inside a marked signature, else "".
    """

    text: str
    shown: str
    depth: int = 0
    mark: str = ""


def read(html: str) -> list[Line]:
    """Return the lines of an HTML body; broken HTML is read as browsers do."""
    target = _Reader()
    # The stubs want more methods of a target than lxml calls.
    parser = etree.HTMLParser(  # type: ignore[call-overload]
        target=target, encoding="utf-8", huge_tree=True
    )
    # lxml would treat an encoding declared inside as wrong if it is not this one.
    data = charsets.clean(html[:MAX_HTML_CHARS]).encode("utf-8", "replace")
    try:
        etree.fromstring(data, parser)
    except (etree.LxmlError, AssertionError, ValueError):
        target.close()
    return target.lines


def text_of(lines: list[Line]) -> str:
    """Return the lines as text, with no more than one blank line at a time."""
    out: list[str] = []
    for line in lines:
        if line.mark == "cut":
            continue
        if line.shown.strip() or (out and out[-1]):
            out.append(line.shown.rstrip())
    return "\n".join(out).strip("\n")


class _Reader:
    """Target of lxml's parser: gets the tags and text in order, needs no tree."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._open: list[tuple[str, str]] = []  # (tag, mark it set)
        self._tags = 0
        self._silent = 0
        self._pre = 0
        self._depth = 0
        self._marks: list[str] = []
        self._lists: list[int] = []
        self._bullet = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tags += 1
        if self._tags > MAX_TAGS:
            return
        if tag in _BREAKING:
            self._break()
        mark = _mark(tag, attributes) if attributes else ""
        if mark == "cut":
            self._break()
            self.lines.append(Line("", "", self._depth, "cut"))
            mark = ""
        if tag == "br":
            self._break(always=True)
        elif tag == "img":
            self._image(attributes.get("alt", ""))
        if tag in _VOID:
            return
        if mark:
            self._break()
            self._marks.append(mark)
        self._open.append((tag, mark))
        self._enter(tag)

    def _enter(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "pre":
            self._pre += 1
        elif tag == "blockquote":
            self._depth += 1
        elif tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            number = self._lists[-1] if self._lists else 0
            self._bullet = f"{number}. " if number else "- "
            if number:
                self._lists[-1] += 1

    def end(self, tag: str) -> None:
        if tag in _VOID:
            return
        # Only the innermost twenty are looked at: misnesting is never deeper.
        if not any(name == tag for name, _ in reversed(self._open[-20:])):
            return
        while self._open:
            name, mark = self._open.pop()
            if mark or name in _BREAKING:
                self._break()
            if mark:
                self._marks.pop()
            self._leave(name)
            if name == tag:
                break
        if tag in _PARAGRAPHS and self.lines and self.lines[-1].text:
            self._add("", "")

    def _leave(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        elif tag == "pre":
            self._pre -= 1
        elif tag == "blockquote":
            self._depth -= 1
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()

    def data(self, text: str) -> None:
        if self._silent:
            return
        if not self._pre:
            self._words.append(_SPACES.sub(" ", text))
            return
        first, *others = text.split("\n")
        self._words.append(first)
        for line in others:
            self._break(always=True)
            self._words.append(line)

    def comment(self, text: str) -> None:
        """Comments are never shown."""

    def close(self) -> None:
        self._break()

    def _image(self, alternative: str) -> None:
        """An emoji may be an image; other images have no words of the sender."""
        if len(alternative) <= 4 and not alternative.isascii() and not self._silent:
            self._words.append(alternative)

    def _break(self, *, always: bool = False) -> None:
        if not self._words and not always:
            return
        shown = "".join(self._words)
        self._words = []
        if not self._pre:
            shown = _SPACES.sub(" ", shown).strip(" ")
        shown = shown.replace("\xa0", " ").rstrip()
        if shown.strip() and self._bullet:
            shown, self._bullet = self._bullet + shown, ""
        if shown.strip() or always:
            self._add(shown.strip(), shown)

    def _add(self, text: str, shown: str) -> None:
        if len(self.lines) < MAX_LINES:
            mark = self._marks[-1] if self._marks else ""
            if "quote" in self._marks[-20:]:
                mark = "quote"
            self.lines.append(Line(text, shown, self._depth, mark))


def _mark(tag: str, attributes: dict[str, str]) -> str:
    name, classes = attributes.get("id", ""), attributes.get("class", "")
    style = "".join(attributes.get("style", "")[:2000].lower().split())
    if (
        _CUT_ID.fullmatch(name)
        or _CUT_CLASS.search(classes)
        or _CUT_STYLE.search(style)
    ):
        return "cut"
    if (
        _QUOTE_CLASS.search(classes)
        or _QUOTE_ID.fullmatch(name)
        or attributes.get("name", "") in {"quote", "messageReplySection"}
        or (tag == "blockquote" and attributes.get("type", "").lower() == "cite")
        or "border-left:solidblue1.5pt" in style
    ):
        return "quote"
    if _SIGNATURE.search(classes) or _SIGNATURE.search(name):
        return "signature"
    return ""
