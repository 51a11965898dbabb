"""The widget's two pages: the loader that sites embed, and the chat window."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from channels_inbound.adapters.chat import files
from channels_inbound.adapters.chat.clean import TEXT_LENGTH
from channels_inbound.adapters.chat.door import chat_account
from channels_inbound.adapters.chat.words import launcher_words, window_words
from channels_inbound.models import ChannelAccount

DEFAULT_COLOR = "#4338ca"
# A site keeps the loader for an hour, and shows an old one while it asks again.
LOADER_CACHE = "public, max-age=3600, stale-while-revalidate=604800"

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# An origin as CSP knows it (CSP3, 2.3.1): https://shop.example, https://*.shop.example
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Loader:
    """The script that sites embed, ready to send."""

    plain: bytes
    zipped: bytes
    etag: str


@require_safe
def loader(request: HttpRequest) -> HttpResponse:
    """Send the loader: small, kept for long, the same for every site."""
    script = _loader() if not settings.DEBUG else _read_loader()
    if request.headers.get("If-None-Match") == script.etag:
        response = HttpResponse(status=304)
    else:
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(
            script.zipped if zipped else script.plain,
            content_type="text/javascript; charset=utf-8",
        )
        if zipped:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = script.etag
    response["Cache-Control"] = LOADER_CACHE
    # Sites that isolate themselves (COEP) may embed it too; it holds nothing secret.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
@xframe_options_exempt
def window(request: HttpRequest, token: str) -> HttpResponse:
    """Show the chat window, which a site embeds as a frame."""
    account = chat_account(token)
    with translation.override(_language(request)):
        response = render(
            request, "channels_inbound/chat.html", _context(account, token)
        )
    response["Content-Security-Policy"] = _policy(account)
    response["Cache-Control"] = "no-cache"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _context(account: ChannelAccount, token: str) -> dict[str, object]:
    name = str(account.settings.get("name") or account.inbox.name)
    return {
        "name": name,
        "initial": name[:1].upper(),
        "bidi": translation.get_language_bidi(),
        "language": translation.get_language(),
        "words": window_words(),
        "config": {
            "account": token,
            "api": f"/w/{token}/",
            "socket": "/ws/chat/",
            "looks": _looks(str(account.settings.get("color", ""))),
            "greeting": str(account.settings.get("greeting") or _("How can we help?")),
            "bot": account.inbox.bot_enabled,
            "text_length": TEXT_LENGTH,
            "file_bytes": files.FILE_BYTES,
        },
        "file_types": ",".join(f".{name}" for name in sorted(files.EXTENSIONS)),
    }


def _looks(color: str) -> dict[str, str]:
    """Return the site's color and what is readable on it, black or white.

    Their contrasts are equal at a luminance of 0.179 (WCAG 2.2, relative luminance).
    """
    color = color if _COLOR.fullmatch(color) else DEFAULT_COLOR
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return {"color": color, "ink": "#000" if luminance > 0.179 else "#fff"}


def _language(request: HttpRequest) -> str:
    """Return the language the site asks for, if we have it; else the browser's."""
    try:
        return translation.get_supported_language_variant(request.GET.get("l", "")[:35])
    except LookupError:
        return translation.get_language_from_request(request)


def _policy(account: ChannelAccount) -> str:
    """Return the window's policy: strict, but for who may embed it."""
    sites = account.settings.get("sites") or []
    known = [site for site in sites if _ORIGIN.fullmatch(str(site))]
    ancestors = " ".join(["'self'", *known]) if sites else "*"
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "object-src 'none'",
            f"frame-ancestors {ancestors}",
        ]
    )


@cache
def _loader() -> Loader:
    return _read_loader()


def _read_loader() -> Loader:
    path = finders.find("widget/widget.js")
    if not isinstance(path, str):
        raise FileNotFoundError("widget/widget.js is not among the static files.")
    words = json.dumps(launcher_words(), ensure_ascii=False)
    plain = f"window.deskWords = {words};\n".encode() + Path(path).read_bytes()
    return Loader(
        plain=plain,
        zipped=gzip.compress(plain, 9, mtime=0),
        etag=f'"{hashlib.sha256(plain).hexdigest()[:32]}"',
    )
