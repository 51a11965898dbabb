"""HTML mail made safe to show: an allow-list of tags, no scripts, no frames."""

import re

import nh3

MAX_HTML_CHARS = 1_000_000  # what the console shows; longer mails are cut

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
    return nh3.clean(
        html[:MAX_HTML_CHARS],
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        url_schemes=_SCHEMES | {"data"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """Data URLs are let through for raster pictures only: an SVG can hold scripts."""
    if value.strip().lower().startswith("data:") and attribute in {"src", "href"}:
        is_picture = tag == "img" and _RASTER_IMAGE.fullmatch(value.strip())
        return value if is_picture else None
    return value
