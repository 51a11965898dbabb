"""Every page: its policy, its weight, its plainness."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import receive
from tests.omnidesk.console.conftest import Desk

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
SHEETS = [
    STATIC / "css" / f"{name}.css"
    for name in (
        "tokens",
        "base",
        "components",
        "layout",
        "list",
        "thread",
        "composer",
        "panel",
        "live",
        "original",
    )
]


def _gzipped(*paths: Path) -> int:
    return len(gzip.compress(b"".join(path.read_bytes() for path in paths), 9))


def test_the_consoles_javascript_is_light() -> None:
    paths = [*STATIC.glob("js/*.js"), *STATIC.glob("vendor/htmx*/*.js")]

    assert _gzipped(*paths) <= 45_000


def test_the_style_sheets_are_light() -> None:
    assert len(SHEETS) <= 10
    assert _gzipped(*SHEETS) <= 12_000


def test_fifty_rows_are_light(desk: Desk) -> None:
    for number in range(50):
        receive(
            desk.mail,
            f"Where is order {number * 7919}? It should have been here.",
            sender=f"p{number}@example.com",
            sender_name=f"Person {number}",
            subject=f"Order {number * 104729}",
        )

    page = desk.browser.get("/console/").content

    assert page.count(b'class="row"') == 50
    assert len(gzip.compress(page, 9)) <= 30_000


@pytest.mark.parametrize("path", ["/console/", "/console/unread/", "/accounts/login/"])
def test_a_page_allows_nothing_inline(desk: Desk, path: str) -> None:
    browser = desk.browser if path.startswith("/console") else Client()

    response = browser.get(path)

    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    page = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


def test_colors_live_in_the_tokens_alone() -> None:
    for path in SHEETS:
        if path.name != "tokens.css":
            assert not re.search(
                r"#[0-9a-f]{3,8}\b", path.read_text(), re.IGNORECASE
            ), path
        assert "!important" not in path.read_text()


def test_style_sheets_use_tokens_that_exist() -> None:
    tokens = set(re.findall(r"(--[\w-]+):", SHEETS[0].read_text()))

    for path in SHEETS:
        assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= tokens, path


def test_modules_are_short() -> None:
    # The live channel's modules keep the order of frames and are longer.
    live = set(STATIC.glob("js/*live*.js"))
    for path in set(STATIC.glob("js/*.js")) - live:
        assert len(path.read_text().splitlines()) <= 120, path
        assert path.read_text().startswith("// "), path


def test_every_part_says_what_it_needs() -> None:
    for path in [*TEMPLATES.glob("*.html"), *TEMPLATES.glob("console/*.html")]:
        assert path.read_text().startswith("{#"), path


@pytest.mark.parametrize("path", ["/console/", "/console/?view=mine"])
def test_a_page_works_without_scripts(desk: Desk, path: str) -> None:
    message = desk.mail_from_ana()

    page = desk.browser.get("/console/").content.decode()

    assert f'href="/console/c/{message.conversation_id}/"' in page
    opened = desk.browser.get(f"/console/c/{message.conversation_id}/{path[9:]}")
    assert b'<form class="composer" method="post"' in opened.content
    assert b'id="rows"' in opened.content


def test_signing_in_with_a_wrong_password_is_said_in_words(db: None) -> None:
    page = Client().post(
        "/accounts/login/", {"login": "a@acme.example", "password": "wrong"}
    )

    assert b'role="alert"' in page.content
    assert b"not correct" in page.content


def test_errors_have_pages_of_ours(desk: Desk) -> None:
    page = desk.browser.get("/console/c/999999/")

    assert page.status_code == 404
    assert b"Go to the desk" in page.content
