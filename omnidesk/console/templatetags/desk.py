"""Icons, avatars, links in plain text: what templates of the desk need beyond Django's."""

import datetime
import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from conversations.models import Message
from customers.models import Scheme
from omnidesk.console import words

register = template.Library()

AVATAR_COLORS = 6
LONG_WAIT = datetime.timedelta(minutes=30)
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
# One pass, no nesting: linear in the text, whatever a customer sends.
_LINK = re.compile(r"https?://[^\s<>\"]+")
_TRAILING = ".,;:!?)]}'"

_ICON_OF_SCHEME = {
    Scheme.MAILTO: "channel-email",
    Scheme.TEL: "channel-sms",
    Scheme.LOYALTY: "user",
    Scheme.EXTERNAL: "user",
    Scheme.DEVICE: "user",
}


@cache
def _drawing(name: str) -> str:
    path = Path(settings.BASE_DIR) / "static" / "icons" / f"{name}.svg"
    found = _DRAWING.search(path.read_text())
    if found is None:
        raise ValueError(f"{path} holds no <svg>.")
    return " ".join(found.group(1).split()).replace("> <", "><")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return a drawing of static/icons inline; hidden from readers without a label."""
    seen = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>',
        seen,
        mark_safe(_drawing(name)),  # noqa: S308 - a file of ours
    )


@register.simple_tag
def channel_icon(channel: str, label: str = "") -> SafeString:
    """Return the mark of a channel."""
    return icon(f"channel-{channel}", label)


@register.simple_tag
def scheme_icon(scheme: str, label: str = "") -> SafeString:
    """Return the mark of a kind of address."""
    name = _ICON_OF_SCHEME.get(Scheme(scheme), f"channel-{scheme}")
    return icon(name, label)


@register.filter
def avatar_color(pk: int | None) -> int:
    """Return which of the six colors a person has, always the same."""
    return (pk or 0) % AVATAR_COLORS


@register.filter
def initials(name: str) -> str:
    """Return two letters for an avatar: "Ana Ruiz" -> "AR"."""
    parts = [part for part in re.split(r"[\s@.]+", str(name)) if part]
    return "".join(part[0] for part in parts[:1] + parts[1:][-1:]).upper() or "?"


@register.filter
def linked(text: str) -> SafeString:
    """Return plain text, escaped, with its web addresses as links."""
    pieces: list[str] = []
    end = 0
    for found in _LINK.finditer(text):
        address = found.group().rstrip(_TRAILING)
        pieces.append(conditional_escape(text[end : found.start()]))
        pieces.append(
            format_html(
                '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>',
                address,
                address,
            )
        )
        end = found.start() + len(address)
    pieces.append(conditional_escape(text[end:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


@register.filter
def is_web_address(url: object) -> bool:
    """Return whether a link may lead there: to the web or to a page of ours."""
    return str(url).startswith(("https://", "http://", "/"))


@register.filter
def preview_author(message: Message | None) -> str:
    """Return "Maya:" before a preview that the customer did not write."""
    return words.preview_author(message)


@register.filter
def short_ago(moment: datetime.datetime | None) -> str:
    """Return how long ago something was: "now", "4m", "3h", "2d"; later by the page."""
    if moment is None:
        return ""
    seconds = int((timezone.now() - moment).total_seconds())
    if seconds < 60:
        return gettext("now")
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= length:
            return f"{seconds // length}{unit}"
    return ""


@register.filter
def is_long_ago(moment: datetime.datetime | None) -> bool:
    """Return whether a customer has waited long enough to be marked in the list."""
    return moment is not None and timezone.now() - moment > LONG_WAIT


@register.filter
def fact_name(name: str) -> str:
    """Return a fact's name as people write it: "order_numbers" -> "Order numbers"."""
    return str(name).replace("_", " ").capitalize()


@register.filter
def fact(value: object) -> str:
    """Return a fact's value on one line: lists with commas, nothing nested deeper."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(fact(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{fact_name(key)}: {fact(item)}" for key, item in value.items()
        )
    return str(value)
