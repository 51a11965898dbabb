"""Whole stories, in real browsers against the real processes."""

import time
import uuid

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import Desk
from tests.journeys.line import Line
from tests.journeys.people import Agent, Visitor, mails_of, send_mail

pytestmark = pytest.mark.browser

CUT_SECONDS = 20


def test_a_visitor_goes_from_the_bot_to_a_person(
    desk: Desk, context: BrowserContext, other_context: BrowserContext
) -> None:
    maya = Agent(other_context, desk, "maya")
    wish = f"Can I talk to a person about parcel {uuid.uuid4().hex[:6]}?"

    visitor = Visitor(context, desk, signed_in=False)
    visitor.say("How long does a refund take?")
    expect(visitor.log).to_contain_text("Automated assistant")
    visitor.say(wish)
    expect(visitor.log).to_contain_text("you do not need to repeat it")

    row = maya.rows.locator("li", has_text="Handoff").filter(has_text="A person from")
    expect(row.first).to_be_visible()
    row.last.locator("a").click()
    expect(maya.page.locator("#handoff")).to_contain_text("asked for a person")
    expect(maya.thread).to_contain_text(wish)
    maya.write("Hello, Maya here. I am looking for it.")

    expect(visitor.log).to_contain_text("Hello, Maya here.")
    expect(visitor.log).to_contain_text("Maya")


def test_a_mail_and_a_chat_of_one_person_belong_to_one_customer(
    desk: Desk, context: BrowserContext, other_context: BrowserContext
) -> None:
    subject = f"Boots {uuid.uuid4().hex[:6]}"
    maya = Agent(other_context, desk, "maya")
    visitor = Visitor(context, desk, signed_in=True)
    visitor.say("Do you still have the boots?")

    send_mail(
        desk, "Do they come in size 40?", subject=subject, sender="ana@example.com"
    )

    maya.show("All open")
    expect(maya.rows).to_contain_text(subject)
    maya.open(subject)
    panel = maya.page.locator("#panel")
    expect(panel).to_contain_text("Ana Ruiz")
    expect(panel).to_contain_text("ana@example.com")
    expect(panel).to_contain_text("Refund has not arrived")


def test_an_agents_mail_threads_in_a_mail_program(
    desk: Desk, context: BrowserContext
) -> None:
    subject = f"Invoice {uuid.uuid4().hex[:6]}"
    maya = Agent(context, desk, "maya")
    asked = send_mail(
        desk,
        "I need a person to send me invoice 7.",
        subject=subject,
        sender="kofi.new@example.com",
    )
    maya.show("All open")
    expect(maya.rows).to_contain_text(subject)
    maya.open(subject)

    maya.write("Here it is.")

    sent = maya.thread.locator("[data-state=sent]", has_text="Here it is.")
    expect(sent).to_be_visible()
    (answer,) = [
        mail
        for mail in mails_of(desk)
        if mail["Subject"] == f"Re: {subject}" and "Here it is." in mail.as_string()
    ]
    assert answer["In-Reply-To"] is not None
    assert asked["Message-ID"] in answer["References"]
    assert answer["To"].addresses[0].addr_spec == "kofi.new@example.com"
    assert answer["Auto-Submitted"] is None
    assert answer["Reply-To"].addresses[0].addr_spec.startswith("support+")


def test_a_screen_is_right_again_after_its_line_was_cut(
    desk: Desk, context: BrowserContext
) -> None:
    subject = f"Lamp {uuid.uuid4().hex[:6]}"
    first = send_mail(
        desk,
        "I need a person: my lamp is broken.",
        subject=subject,
        sender="lea.cut@example.com",
    )
    with Line(desk.port) as line:
        maya = Agent(context, desk, "maya", url=line.url)
        maya.show("All open")
        expect(maya.rows).to_contain_text(subject)

        line.cut()
        cut_at = time.monotonic()
        expect(maya.page.get_by_text("Reconnecting")).to_be_visible()
        for number in (1, 2, 3):
            send_mail(
                desk,
                f"I need a person for the lamp number {number}.",
                subject=f"{subject}, part {number}",
                sender="lea.cut@example.com",
            )
        # The outage itself: longer than a sync, and than the first tries to reconnect.
        left = CUT_SECONDS - (time.monotonic() - cut_at)
        maya.page.wait_for_timeout(max(0, left) * 1000)
        line.mend()

        for number in (1, 2, 3):
            row = maya.rows.locator("li", has_text=f"{subject}, part {number}")
            expect(row).to_have_count(1)
        expect(maya.page.get_by_text("Reconnecting")).to_be_hidden()
        assert first["Subject"] == subject


def test_the_second_of_two_agents_is_told_what_the_first_one_said(
    desk: Desk, context: BrowserContext, other_context: BrowserContext
) -> None:
    subject = f"Tent {uuid.uuid4().hex[:6]}"
    send_mail(
        desk,
        "A person, please: my tent leaks.",
        subject=subject,
        sender="ed@example.com",
    )
    maya, jonas = Agent(context, desk, "maya"), Agent(other_context, desk, "jonas")
    for agent in (maya, jonas):
        agent.show("All open")
        expect(agent.rows).to_contain_text(subject)
        agent.open(subject)
    jonas.page.locator("#composer-text").fill("We send you a patch.")

    maya.write("We send you a new tent.")
    expect(maya.thread).to_contain_text("We send you a new tent.")
    jonas.page.locator("#composer-text").press("Control+Enter")

    notice = jonas.page.locator("#composer").get_by_role("alert")
    expect(notice).to_contain_text("We send you a new tent.")
    expect(jonas.page.locator("#composer-text")).to_have_value("We send you a patch.")
    notice.get_by_role("button", name="Send anyway").click()
    expect(jonas.thread).to_contain_text("We send you a patch.")
