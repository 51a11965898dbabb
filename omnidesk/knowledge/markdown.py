"""Articles as HTML for the help center and as plain passages for the bot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

_TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "code", "hr", "br"),
    *("ul", "ol", "li", "strong", "em", "s", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class Passage:
    """A paragraph or a list of an article, as plain words."""

    heading: str
    text: str


def to_html(markdown: str) -> SafeString:
    """Return safe HTML: raw HTML is shown as typed, only known tags remain.

    Pictures are left out: nothing may be loaded from another host. The page has
    its own first heading, so those of the article begin at the second level.
    """
    tokens = _markdown.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has left nothing that runs


@lru_cache(maxsize=500)  # the bot reads the same articles again and again
def passages(markdown: str) -> tuple[Passage, ...]:
    r"""Return the paragraphs and lists in order, each under its heading.

    "## Refunds\n\nWithin *5 days*." -> (Passage("Refunds", "Within 5 days."),)
    """
    return tuple(_passages(_markdown.parse(markdown)))


def _passages(tokens: list[Token]) -> Iterator[Passage]:
    heading, in_heading, depth = "", False, 0
    lines: list[str] = []
    numbers: list[int] = []
    for token in tokens:
        if token.type in _BLOCKS:
            depth += token.nesting
            _count(token, numbers)
        elif token.type in {"heading_open", "heading_close"}:
            in_heading = token.nesting == 1
        elif token.type == "inline" and in_heading:
            heading = _plain(token)
        else:
            _write(token, lines, numbers, joined=depth > 0)
        if depth == 0 and lines and token.nesting <= 0:
            yield Passage(heading, "\n".join(filter(None, map(_trimmed, lines))))
            lines = []


def _count(token: Token, numbers: list[int]) -> None:
    """Keep the next number of each list we are in; 0 for one with bullets."""
    if token.tag not in {"ol", "ul"}:
        return
    if token.nesting == 1:
        numbers.append(int(token.attrGet("start") or 1) if token.tag == "ol" else 0)
    else:
        numbers.pop()


def _write(token: Token, lines: list[str], numbers: list[int], *, joined: bool) -> None:
    """Add what the token says; inside lists and tables it goes on the open line."""
    if token.type == "list_item_open":
        lines.append(_bullet(numbers))
    elif token.type == "tr_open":
        lines.append(" ")
    elif token.type in {"td_close", "th_close"}:
        lines[-1] += ", "
    elif token.type in {"fence", "code_block"}:
        lines.append(token.content.rstrip("\n"))
    elif token.type == "inline":
        if joined and lines and lines[-1].endswith(" "):
            lines[-1] += _plain(token)
        else:
            lines.append(_plain(token))


_BLOCKS = {
    "bullet_list_open",
    "bullet_list_close",
    "ordered_list_open",
    "ordered_list_close",
    "table_open",
    "table_close",
}


def _trimmed(line: str) -> str:
    return line.strip(" ,")


def _bullet(numbers: list[int]) -> str:
    """Return "1. " or "- ", and count on."""
    if not numbers or numbers[-1] == 0:
        return "- "
    numbers[-1] += 1
    return f"{numbers[-1] - 1}. "


def _plain(inline: Token) -> str:
    """Return the words of a line; a link keeps its address: "here (https://...)"."""
    parts: list[str] = []
    targets: list[tuple[str, int]] = []
    for child in inline.children or ():
        if child.type == "link_open":
            targets.append((str(child.attrGet("href") or ""), len(parts)))
        elif child.type == "link_close":
            target, start = targets.pop()
            if _SHOWN.match(target) and target not in "".join(parts[start:]):
                parts.append(f" ({target})")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" " if child.type == "softbreak" else "\n")
        elif child.type != "image":
            parts.append(child.content)
    return "".join(parts).strip()


_SHOWN = re.compile(r"https?://\S+\Z")
