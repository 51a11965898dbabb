"""The console in a real Chromium: accessible, and quick to the keyboard."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from conversations import actions
from conversations.actor import BOT
from conversations.models import Conversation
from tests.factories import answer, receive
from tests.omnidesk.console.conftest import Desk

AXE = Path(settings.BASE_DIR) / "tests" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"),
        reason="Needs Chromium: apt-get install chromium.",
    ),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Playwright's loop runs in this thread; the tests' queries are not in it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def furnished(transactional_db: None, desk: Desk) -> Desk:
    """A mail thread and a handoff in the chat, as an agent meets them."""
    mail = desk.mail_from_ana(html="<p>Hello</p>", full_text="Where?\n> quoted\n> more")
    answer(mail, desk.agent)
    chat = receive(desk.chat, "I want a person", sender="v1", sender_name="Hana Sato")
    Conversation.objects.filter(pk=chat.conversation_id).update(handler="bot")
    actions.hand_off(
        chat.conversation, reason="wish", by=BOT, facts={"order_numbers": ["#1"]}
    )
    return desk


def _page(
    chromium: Browser, live_server: LiveServer, desk: Desk, **options: Any
) -> Page:
    context = chromium.new_context(base_url=live_server.url, **options)
    session = desk.browser.cookies["sessionid"].value
    context.add_cookies(
        [{"name": "sessionid", "value": session, "url": live_server.url}]
    )
    return context.new_page()


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(
        """async tags => {
            const run = {runOnly: {type: "tag", values: tags}, iframes: false};
            const {violations} = await axe.run(document, run);
            return violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target));
        }""",
        TAGS,
    )
    return found


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_pages_break_no_rule_of_accessibility(
    chromium: Browser,
    live_server: LiveServer,
    furnished: Desk,
    width: int,
    colors: str,
) -> None:
    page = _page(
        chromium,
        live_server,
        furnished,
        viewport={"width": width, "height": 844},
        color_scheme=colors,
        bypass_csp=True,  # axe is put into the page
    )
    numbers = list(Conversation.objects.values_list("pk", flat=True))
    for path in ("", "?view=snoozed", "unread/", *(f"c/{n}/" for n in numbers)):
        answered = page.goto(f"/console/{path}")

        assert answered is not None
        assert answered.status == 200
        assert _violations(page) == [], path
    page.locator(".header-snooze > summary").click()
    assert _violations(page) == []
    page.context.close()


def test_an_agent_answers_with_the_keyboard_alone(
    chromium: Browser, live_server: LiveServer, furnished: Desk
) -> None:
    page = _page(chromium, live_server, furnished)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    page.goto("/console/")

    page.keyboard.press("j")
    page.wait_for_selector("#composer-text")
    page.keyboard.press("r")
    page.keyboard.type("On its way.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".message[data-direction=outbound] >> text=On its way.")

    assert page.locator("#composer-text").input_value() == ""
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.wait_for_selector(".toast >> text=Resolved")
    assert complaints == []
    page.context.close()


def test_a_draft_survives_a_reload(
    chromium: Browser, live_server: LiveServer, furnished: Desk
) -> None:
    page = _page(chromium, live_server, furnished)
    number = Conversation.objects.earliest("pk").pk
    page.goto(f"/console/c/{number}/")
    page.locator("#composer-text").fill("Half a thought")

    page.reload()

    page.wait_for_function("document.querySelector('#composer-text').value !== ''")
    assert page.locator("#composer-text").input_value() == "Half a thought"
    page.context.close()
