"""The console in a real Chromium: accessible, and quick to the keyboard."""

import os
import shutil
from collections.abc import Callable, Iterator
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


@pytest.fixture
def furnished(transactional_db: None, desk: Desk) -> list[int]:
    """The numbers of a mail thread and of a handoff in the chat."""
    mail = desk.mail_from_ana(html="<p>Hello</p>", full_text="Where?\n> quoted\n> more")
    answer(mail, desk.agent)
    chat = receive(desk.chat, "I want a person", sender="v1", sender_name="Hana Sato")
    Conversation.objects.filter(pk=chat.conversation_id).update(handler="bot")
    actions.hand_off(
        chat.conversation, reason="wish", by=BOT, facts={"order_numbers": ["#1"]}
    )
    return [mail.conversation_id, chat.conversation_id]


@pytest.fixture
def chromium(furnished: list[int]) -> Iterator[Browser]:
    """Started when the records are there: no query runs inside Playwright's loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_page(
    chromium: Browser, live_server: LiveServer, desk: Desk
) -> Callable[..., Page]:
    """Return what opens a window of the desk's agent, signed in."""
    session: str = desk.browser.cookies["sessionid"].value

    def window(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        return context.new_page()

    return window


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(
        """async tags => {
            const run = {runOnly: {type: "tag", values: tags}, iframes: false,
                         resultTypes: ["violations"]};
            const {violations} = await axe.run(document, run);
            return violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target));
        }""",
        TAGS,
    )
    return found


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_pages_break_no_rule_of_accessibility(
    open_page: Callable[..., Page],
    furnished: list[int],
    width: int,
    colors: str,
) -> None:
    page = open_page(
        viewport={"width": width, "height": 844},
        color_scheme=colors,
        bypass_csp=True,  # axe is put into the page
    )
    for path in ("", "?view=snoozed", "unread/", *(f"c/{n}/" for n in furnished)):
        answered = page.goto(f"/console/{path}")

        assert answered is not None
        assert answered.status == 200
        assert _violations(page) == [], path
    page.locator(".header-snooze > summary").click()
    assert _violations(page) == []
    page.context.close()


def test_an_agent_answers_with_the_keyboard_alone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        # This server has no sockets, and the page says so.
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "WebSocket" not in said.text
            else None
        ),
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
    open_page: Callable[..., Page], furnished: list[int]
) -> None:
    page = open_page()
    page.goto(f"/console/c/{furnished[0]}/")
    page.locator("#composer-text").fill("Half a thought")

    page.reload()

    page.wait_for_function("document.querySelector('#composer-text').value !== ''")
    assert page.locator("#composer-text").input_value() == "Half a thought"
    page.context.close()
