import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from channels_inbound.adapters.chat.words import launcher_words, window_words
from tests.factories import ChatAccountFactory

pytestmark = pytest.mark.django_db

WIDGET = Path(settings.BASE_DIR) / "static" / "widget"


def window(settings_: dict[str, Any] | None = None, **query: str) -> Any:
    account = ChatAccountFactory.create(settings=settings_ or {})
    return Client().get(f"/w/{account.token}/", query)


def policy(response: Any) -> dict[str, str]:
    header = response.headers["Content-Security-Policy"]
    return {
        name: value
        for name, _, value in (
            part.strip().partition(" ") for part in header.split(";")
        )
    }


def test_any_site_may_show_the_window_of_an_account_that_names_none() -> None:
    response = window()

    assert policy(response)["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in response.headers


def test_only_the_sites_of_the_account_may_show_its_window() -> None:
    sites = ["https://shop.example", "https://*.shop.example", "http://localhost:8080"]

    response = window({"sites": sites})

    assert policy(response)["frame-ancestors"] == f"'self' {' '.join(sites)}"


@pytest.mark.parametrize(
    "site",
    [
        "shop.example",
        "https://a.example; script-src *",
        "https://a.example/path",
        "javascript:alert(1)",
        "*",
        "https://a.example\r\nX: y",
        None,
    ],
)
def test_a_site_that_is_no_origin_opens_the_window_to_nobody(site: object) -> None:
    assert policy(window({"sites": [site]}))["frame-ancestors"] == "'self'"


def test_the_windows_policy_allows_nothing_inline_and_nobody_else() -> None:
    allowed = policy(window())

    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == "'self'"
    assert allowed["style-src"] == "'self'"
    assert allowed["connect-src"] == "'self'"


def test_the_window_is_shown_without_cookies_or_rows() -> None:
    response = window()

    assert response.status_code == 200
    assert not response.cookies


def test_the_window_has_no_script_or_style_in_it() -> None:
    html = window().content.decode()

    scripts = re.findall(r"<script([^>]*)>", html)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)


def test_what_managers_typed_cannot_leave_its_place() -> None:
    evil = "</script><img src=x onerror=alert(1)>"

    html = window({"name": evil, "greeting": evil, "color": evil}).content.decode()

    assert "<img" not in html
    assert '"looks": {"color": "#4338ca", "ink": "#fff"}' in html


def test_a_light_color_of_the_site_gets_black_ink() -> None:
    html = window({"color": "#facc15"}).content.decode()

    assert '"looks": {"color": "#facc15", "ink": "#000"}' in html


def test_the_window_runs_from_right_to_left_where_its_language_does() -> None:
    assert 'lang="ar" dir="rtl"' in window(l="ar").content.decode()
    assert 'lang="en" dir="ltr"' in window(l="en-GB").content.decode()
    assert 'lang="en" dir="ltr"' in window(l="xx'\"><").content.decode()


def test_an_unknown_account_has_no_window() -> None:
    assert Client().get("/w/nothing/").status_code == 404


def test_the_loader_is_kept_and_asked_for_by_its_tag() -> None:
    first = Client().get("/widget.js", headers={"Accept-Encoding": "gzip"})

    again = Client().get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})

    assert first.status_code == 200
    assert first.headers["Content-Type"].startswith("text/javascript")
    assert "max-age=3600" in first.headers["Cache-Control"]
    assert b"deskWords" in gzip.decompress(first.content)
    assert again.status_code == 304
    assert again.content == b""


def test_the_loader_does_not_differ_by_who_asks() -> None:
    english = Client().get("/widget.js", headers={"Accept-Language": "en"})
    arabic = Client().get("/widget.js", headers={"Accept-Language": "ar"})

    assert english.content == arabic.content
    words = json.loads(english.content.decode().partition("= ")[2].partition(";\n")[0])
    assert set(words) == {code for code, _ in settings.LANGUAGES}
    assert not english.cookies


def test_the_loader_stays_within_4_kb() -> None:
    response = Client().get("/widget.js", headers={"Accept-Encoding": "gzip"})

    assert len(response.content) <= 4 * 1024


def test_the_open_widget_stays_within_25_kb() -> None:
    html = gzip.compress(window().content, 9)
    files = [gzip.compress(path.read_bytes(), 9) for path in WIDGET.iterdir()]

    assert sum(len(part) for part in [html, *files]) <= 25 * 1024


def test_every_script_of_the_window_is_short_and_says_what_it_expects() -> None:
    for path in WIDGET.glob("*.js"):
        lines = path.read_text(encoding="utf-8").splitlines()
        longest = max(len(line) for line in lines)
        limit = 260 if path.name == "widget.js" else 120

        assert lines[0] == "// @ts-check", path.name
        assert lines[1].startswith("// "), path.name
        assert len(lines) <= limit, path.name
        assert longest <= 400, path.name


def test_every_word_of_the_window_is_there_in_arabic() -> None:
    with translation.override("en"):
        english = [window_words(), launcher_words()["en"]]
    with translation.override("ar"):
        arabic = [window_words(), launcher_words()["ar"]]
        errors = translation.gettext("This is not a mail address.")

    for ours, theirs in zip(english, arabic, strict=True):
        assert [name for name in ours if ours[name] == theirs[name]] == []
        for name, sentence in ours.items():
            holes = set(re.findall(r"\{\w+\}", sentence))
            assert holes == set(re.findall(r"\{\w+\}", theirs[name])), name
    assert errors != "This is not a mail address."
