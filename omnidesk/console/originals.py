"""Mail as it was sent: its HTML made harmless, its pictures taken from the mail."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

import nh3

from conversations.models import Attachment
from omnidesk.console.attachments import HEAD_BYTES, INLINE_TYPES, sniff

# Pictures of a mail are put into the page: a sandboxed frame has no cookies to
# fetch them with. What is larger than this together is left to the file list.
PICTURE_BYTES = 8 * 1024 * 1024

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "tt",
        "u",
        "ul",
    ]
)
_TABLE = {"align", "valign", "width", "height", "bgcolor", "style"}
ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title", "align"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "size", "face"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing", *_TABLE},
    "tr": _TABLE,
    "td": {"colspan", "rowspan", "nowrap", *_TABLE},
    "th": {"colspan", "rowspan", "nowrap", *_TABLE},
}
# Nothing that positions, loads or animates.
STYLES = frozenset(
    [
        "background-color",
        "border",
        "border-bottom",
        "border-collapse",
        "border-color",
        "border-left",
        "border-radius",
        "border-right",
        "border-spacing",
        "border-style",
        "border-top",
        "border-width",
        "color",
        "direction",
        "display",
        "font",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "height",
        "letter-spacing",
        "line-height",
        "list-style-type",
        "margin",
        "margin-bottom",
        "margin-left",
        "margin-right",
        "margin-top",
        "max-width",
        "min-width",
        "padding",
        "padding-bottom",
        "padding-left",
        "padding-right",
        "padding-top",
        "text-align",
        "text-decoration",
        "text-indent",
        "text-transform",
        "vertical-align",
        "white-space",
        "width",
        "word-break",
        "word-spacing",
    ]
)
LINKS = ("https:", "http:", "mailto:", "tel:")
_DATA_IMAGES = tuple(f"data:{kind};base64," for kind in INLINE_TYPES)


@dataclass(frozen=True)
class Sanitized:
    """Harmless HTML, and how many pictures of other sites it does not load."""

    html: str
    blocked_count: int


def sanitize(html: str, attachments: Iterable[Attachment] = ()) -> Sanitized:
    """Return the HTML without anything that runs, loads or leaves its frame."""
    pictures = _pictures(html, attachments)
    blocked = 0

    def keep(tag: str, attribute: str, value: str) -> str | None:
        nonlocal blocked
        if (tag, attribute) == ("a", "href"):
            return value if value.strip().lower().startswith(LINKS) else None
        if (tag, attribute) != ("img", "src"):
            return value
        address = value.strip()
        if address.lower().startswith("cid:"):
            return pictures.get(address[4:].strip("<>"))
        if address.lower().startswith(_DATA_IMAGES):
            return address
        blocked += 1
        return None

    clean = nh3.clean(
        html.replace("\x00", ""),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        clean_content_tags={"script", "style", "title"},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=set(STYLES),
        link_rel="noopener noreferrer nofollow",
    )
    return Sanitized(html=clean, blocked_count=blocked)


def _pictures(html: str, attachments: Iterable[Attachment]) -> dict[str, str]:
    """Return the mail's own pictures by content id, as data: addresses."""
    found: dict[str, str] = {}
    left = PICTURE_BYTES
    for attachment in attachments:
        content_id = attachment.content_id.strip("<>")
        if not content_id or content_id not in html or attachment.size > left:
            continue
        with attachment.file.open("rb") as file:
            content = file.read()
        kind = sniff(content[:HEAD_BYTES])
        if kind in INLINE_TYPES:
            left -= len(content)
            encoded = base64.b64encode(content).decode("ascii")
            found[content_id] = f"data:{kind};base64,{encoded}"
    return found
