"""HTML mail made safe to show: an allow-list of tags, no scripts, no frames."""

import re
from html import escape

import nh3

from channels_inbound.adapters.email import html_lines

MAX_HTML_CHARS = 300_000  # a longer or deeper mail is shown as text
MAX_TAGS = 30_000  # browsers' rules for misnested tags take quadratic time
MAX_DEPTH = 500

_TAGS = nh3.ALLOWED_TAGS | {"center", "font", "u", "s", "big"}
_ATTRIBUTES = {
    "*": {"align", "dir", "lang", "title", "valign"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "td": {"colspan", "rowspan", "width"},
    "th": {"colspan", "rowspan", "width"},
    "ol": {"start", "type"},
    "blockquote": {"type"},
}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
# Elements whose end tag may be missing in good HTML.
_UNCLOSED = frozenset(
    [
        "area",
        "br",
        "col",
        "dd",
        "dt",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "p",
        "td",
        "th",
        "tr",
        "wbr",
    ]
)
_LONG_GAP = re.compile(r"(?:&nbsp;|\xa0){500,}")  # takes the cleaner quadratic time
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}
_RASTER_IMAGE = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]*"
)


def sanitize(html: str) -> str:
    """Return HTML that cannot run code, whoever wrote it.

    Pictures of the mail itself (cid:) and of the web stay as references; whether a
    remote picture is loaded is decided where the mail is shown.
    """
    if not html.strip():
        return ""
    if not _is_ordinary(html):
        lines = html_lines.text_of(html_lines.read(html[:MAX_HTML_CHARS])).split("\n")
        return "<p>" + "<br>\n".join(map(escape, lines)) + "</p>"
    return nh3.clean(
        _LONG_GAP.sub("&nbsp;", html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        url_schemes=_SCHEMES | {"data"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _is_ordinary(html: str) -> bool:
    """Tell whether a mail's HTML is small and flat enough to be cleaned quickly."""
    if len(html) > MAX_HTML_CHARS:
        return False
    depth = 0
    for number, match in enumerate(_TAG.finditer(html)):
        depth += -1 if match[1] else match[2].lower() not in _UNCLOSED
        if depth > MAX_DEPTH or number > MAX_TAGS:
            return False
    return True


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """Data URLs are let through for raster pictures only: an SVG can hold scripts."""
    if value.strip().lower().startswith("data:") and attribute in {"src", "href"}:
        is_picture = tag == "img" and _RASTER_IMAGE.fullmatch(value.strip())
        return value if is_picture else None
    return value
