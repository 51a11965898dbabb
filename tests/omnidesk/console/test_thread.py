"""A thread as it reads: order, separators, words, and what it costs."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from conversations import actions
from conversations.actor import BOT, agent
from conversations.models import Message, Original
from customers.identify import attach
from omnidesk.console import thread, words
from omnidesk.console.templatetags import desk as tags
from tests.factories import answer, receive
from tests.omnidesk.console.conftest import Desk


def _bubbles(read: thread.Thread) -> list[thread.Bubble]:
    return [item for item in read.items if isinstance(item, thread.Bubble)]


def test_opening_a_conversation_costs_the_same_for_one_message_and_for_many(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    message = desk.mail_from_ana()
    url = f"/console/c/{message.conversation_id}/"
    desk.browser.get(url)
    with django_assert_num_queries(22):
        desk.browser.get(url)
    for number in range(30):
        answer(message, desk.agent, f"Answer {number}", client_id=str(number))

    desk.browser.get(url)
    with django_assert_num_queries(22):
        desk.browser.get(url)


def test_a_long_thread_shows_its_newest_hundred_and_the_earlier_ones_on_request(
    desk: Desk,
) -> None:
    message = desk.mail_from_ana()
    for number in range(129):
        actions.note(message.conversation, text=f"{number}", by=agent(desk.agent))

    newest = thread.read(message.conversation)
    earlier = thread.read(message.conversation, before=newest.earlier_before)

    shown = [bubble.message.pk for bubble in _bubbles(earlier) + _bubbles(newest)]
    assert len(_bubbles(newest)) == 100
    assert len(_bubbles(earlier)) == 30
    assert earlier.earlier_before is None
    assert shown == sorted(set(shown))
    lines = [
        item.entry.pk
        for read in (earlier, newest)
        for item in read.items
        if isinstance(item, thread.Line)
    ]
    assert len(lines) == len(set(lines)) == message.conversation.timeline.count()


def test_activity_stands_between_the_messages_it_happened_between(desk: Desk) -> None:
    message = desk.mail_from_ana()
    actions.accept(message.conversation, by=agent(desk.agent))
    answer(message, desk.agent)

    kinds = [item.kind for item in thread.read(message.conversation).items]

    assert kinds == ["line", "bubble", "line", "bubble"]


def test_a_customer_who_changes_the_channel_is_announced(desk: Desk) -> None:
    mail = desk.mail_from_ana(sender_name="Ana Ruiz", verified=True)
    assert mail.identity is not None
    attach(
        mail.identity.customer, "chat", "ana-in-chat", source="site", name="Ana Ruiz"
    )
    chat = receive(desk.chat, "Hello", sender="ana-in-chat", verified=True)

    whole = _bubbles(thread.read(mail.conversation))[-1]
    alone = thread.bubble(chat.pk)

    assert chat.conversation_id == mail.conversation_id
    assert whole.continued == alone.continued == "Ana continued in the chat"
    assert "same verified customer" in whole.reason


def test_one_bubble_alone_is_the_bubble_of_the_thread(desk: Desk) -> None:
    first = desk.mail_from_ana()
    second = answer(first, desk.agent)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Message.objects.filter(pk=first.pk).update(created_at=yesterday)
    first.conversation.timeline.update(created_at=yesterday)

    for bubble in _bubbles(thread.read(first.conversation)):
        alone = thread.bubble(bubble.message.pk)

        assert (alone.day, alone.continued) == (bubble.day, bubble.continued)
    assert thread.bubble(second.pk).day is not None


def test_an_unproven_sender_is_marked(desk: Desk) -> None:
    message = desk.mail_from_ana()
    proven = receive(desk.chat, sender="v1", verified=True)

    page = desk.browser.get(f"/console/c/{message.conversation_id}/").content
    other = desk.browser.get(f"/console/c/{proven.conversation_id}/").content

    assert b"sender not verified" in page
    assert b"sender not verified" not in other


def test_the_bots_sources_stand_under_its_answer(desk: Desk) -> None:
    chat = receive(desk.chat, sender="v1")
    chat.conversation.handler = "bot"
    chat.conversation.save()
    sources = [
        {"title": "Track your parcel", "url": "https://help.example/track"},
        {"title": "A trap", "url": "javascript:alert(1)"},
    ]
    assert chat.via is not None
    assert chat.identity is not None
    actions.reply(
        chat.conversation,
        text="Here.",
        via=chat.via,
        identity=chat.identity,
        by=BOT,
        sources=sources,
    )

    page = desk.browser.get(f"/console/c/{chat.conversation_id}/").content

    assert b'href="https://help.example/track"' in page
    assert b"A trap" in page
    assert b"javascript:" not in page


def test_quoted_text_is_offered_and_not_loaded(desk: Desk) -> None:
    message = desk.mail_from_ana(full_text="Where is my parcel?\n> The quote")
    url = f"/console/c/{message.conversation_id}/"

    page = desk.browser.get(url).content
    quoted = desk.browser.get(f"{url}messages/{message.pk}/quoted/").content

    assert b"Show quoted text" in page
    assert b"The quote" not in page
    assert b"The quote" in quoted


def test_what_a_customer_types_is_never_markup(desk: Desk) -> None:
    evil = '<script>alert(1)</script> https://a.example/"onmouseover="x <b>'
    message = desk.mail_from_ana(evil, sender_name='"><img src=x onerror=alert(1)>')

    page = desk.browser.get(f"/console/c/{message.conversation_id}/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="https://a.example/"' in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("a < b & c", "a &lt; b &amp; c", id="escaped"),
        pytest.param("javascript:alert(1)", "javascript:alert(1)", id="only the web"),
        pytest.param(
            "(see https://a.example/x).", None, id="punctuation stays outside"
        ),
    ],
)
def test_links_in_plain_text(text: str, html: str | None) -> None:
    made = str(tags.linked(text))

    if html is None:
        assert '">https://a.example/x</a>).' in made
    else:
        assert made == html


@pytest.mark.parametrize("delivery", Message.Delivery.values)
def test_every_fate_has_words(delivery: str) -> None:
    message = Message(delivery=delivery, direction="outbound")

    said = words.fate(message)

    assert said or delivery in {"received", "internal"}


def test_only_what_waits_can_be_taken_back(desk: Desk) -> None:
    reply = answer(desk.mail_from_ana(), desk.agent)

    assert thread.bubble(reply.pk).can_be_taken_back
    Message.objects.filter(pk=reply.pk).update(
        deliver_at=timezone.now() - datetime.timedelta(seconds=1)
    )
    assert not thread.bubble(reply.pk).can_be_taken_back


def test_a_mails_html_is_not_in_the_page(desk: Desk) -> None:
    message = desk.mail_from_ana()
    Original.objects.create(message=message, html="<p>PAPER</p>")

    page = desk.browser.get(f"/console/c/{message.conversation_id}/").content

    assert b"PAPER" not in page
    assert b"<iframe" in page
