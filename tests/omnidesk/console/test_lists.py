"""The lists: what is in them, in which order, at what cost."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from conversations import actions
from conversations.actor import BOT, agent
from conversations.models import Conversation
from omnidesk.accounts.models import User
from omnidesk.console import queries
from omnidesk.console.lists import LISTS, list_named
from tests.factories import TeamFactory, make_agent, receive
from tests.omnidesk.console.conftest import Desk


def _fill(desk: Desk, count: int) -> None:
    for number in range(count):
        receive(desk.mail, sender=f"p{number}@example.com", subject=f"Matter {number}")


def test_the_list_of_fifty_rows_costs_five_queries(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _fill(desk, 55)
    shown = list_named("needs_reply")

    with django_assert_num_queries(5):
        page = queries.page(desk.agent, shown, {})
        navigation = queries.navigation(desk.agent)

    assert len(page.rows) == 50
    assert navigation.counts["needs_reply"] == 55


def test_rendering_rows_asks_the_database_nothing_more(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _fill(desk, 30)

    # the session and the agent before the list's five
    with django_assert_num_queries(7):
        desk.browser.get("/console/")


def test_pages_show_every_row_once(desk: Desk) -> None:
    _fill(desk, 120)
    # rows of one instant are told apart by their number
    Conversation.objects.filter(
        pk__lt=Conversation.objects.earliest("pk").pk + 80
    ).update(last_activity_at=timezone.now())
    for name in ("open", "needs_reply"):
        shown = list_named(name)
        seen: list[int] = []
        cursor = None
        while True:
            page = queries.page(desk.agent, shown, {}, cursor=cursor)
            seen += [row.pk for row in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                break

        assert len(seen) == 120
        assert len(set(seen)) == 120


def test_a_cursor_that_makes_no_sense_shows_the_first_page(desk: Desk) -> None:
    _fill(desk, 2)

    for cursor in ("x", "1-x", "-", "9" * 40 + "-1"):
        page = queries.page(desk.agent, list_named("open"), {}, cursor=cursor)

        assert len(page.rows) == 2


def test_who_waits_longest_comes_first(desk: Desk) -> None:
    first = receive(desk.mail, sender="a@example.com").conversation
    second = receive(desk.mail, sender="b@example.com").conversation
    receive(desk.chat, sender="c")  # later, elsewhere
    Conversation.objects.filter(pk=second.pk).update(
        waiting_since=timezone.now() - datetime.timedelta(hours=1)
    )

    rows = queries.page(desk.agent, list_named("needs_reply"), {}).rows

    assert [row.pk for row in rows[:2]] == [second.pk, first.pk]


def test_every_count_is_the_length_of_its_list(desk: Desk) -> None:
    _fill(desk, 9)
    several = list(Conversation.objects.order_by("pk"))
    by = agent(desk.agent)
    actions.assign(several[0], to=desk.agent, by=by)
    actions.snooze(
        several[1], until=timezone.now() + datetime.timedelta(hours=1), by=by
    )
    actions.resolve(several[2], by=by)
    Conversation.objects.filter(pk=several[3].pk).update(handler="bot")

    counts = queries.navigation(desk.agent).counts

    for item in LISTS.values():
        rows = queries.page(desk.agent, item, {}).rows
        assert rows, item.name
        assert counts.get(item.name, len(rows)) == len(rows), item.name


def test_a_waiting_handoff_is_marked_in_the_list(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    Conversation.objects.filter(pk=conversation.pk).update(handler="bot")
    actions.hand_off(conversation, reason="wish", by=BOT)

    page = desk.browser.get("/console/").content.decode()

    assert "Handoff" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("q=parcel", 1, id="subject"),
        pytest.param("q=Ana", 1, id="customer"),
        pytest.param("q=nothing-like-it", 0, id="no words"),
        pytest.param("channel=email", 1, id="channel"),
        pytest.param("channel=chat", 0, id="another channel"),
        pytest.param("priority=3", 1, id="priority"),
        pytest.param("priority=1", 0, id="another priority"),
        pytest.param("status=open", 1, id="status"),
        pytest.param("team=abc", 0, id="a team that is no number"),
        pytest.param("team=999999999999999999999999", 0, id="a number too large"),
        pytest.param("q=%00", 1, id="NUL"),
        pytest.param("view=nothing", 1, id="an unknown list is the default one"),
    ],
)
def test_a_query_string_narrows_the_list(desk: Desk, query: str, found: int) -> None:
    desk.mail_from_ana(sender_name="Ana Ruiz")

    page = desk.browser.get(f"/console/?{query}")

    assert page.status_code == 200
    assert page.content.count(b'class="row"') == found


def test_an_agent_sees_their_teams_and_a_lead_sees_all(desk: Desk) -> None:
    TeamFactory.create(name="Elsewhere")
    lead = make_agent(role=User.Role.LEAD)

    own = [team.name for team, _ in queries.navigation(desk.agent).teams]
    every = [team.name for team, _ in queries.navigation(lead).teams]

    assert "Elsewhere" not in own
    assert "Elsewhere" in every


def test_the_next_one_is_below_or_at_the_top(desk: Desk) -> None:
    _fill(desk, 3)
    shown = list_named("needs_reply")
    first, second, third = queries.page(desk.agent, shown, {}).rows

    below = queries.next_in(desk.agent, shown, {}, after=second)
    again = queries.next_in(desk.agent, shown, {}, after=third)

    assert below == third
    assert again == first


HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        f"/console/?team={HUGE}",
        f"/console/?inbox={HUGE}",
        f"/console/?assignee=-{HUGE}",
        "/console/?team=-1",
        "/console/?team=nan",
        "/console/?priority=1e9999",
        f"/console/?q=%23{HUGE}",
        "/console/?q=%00%ED%A0%80",
        f"/console/?from={HUGE}-{HUGE}",
        f"/console/?from=-{HUGE}-1",
        f"/console/?from=1-{HUGE}",
        "/console/?from=1--1",
        f"/console/?from={'9' * 5000}-1",
        "/console/?from=%00-%00",
    ],
)
def test_an_address_that_makes_no_sense_is_a_page_all_the_same(
    desk: Desk, address: str
) -> None:
    desk.mail_from_ana()

    assert desk.browser.get(address).status_code == 200


@pytest.mark.parametrize("number", ["0", HUGE, "9223372036854775808"])
@pytest.mark.parametrize(
    "address",
    [
        "/console/c/{number}/",
        "/console/c/{number}/earlier/",
        "/console/c/{number}/messages/{number}/html/",
        "/console/c/{number}/panel/",
    ],
)
def test_a_number_beyond_any_is_not_found(
    desk: Desk, address: str, number: str
) -> None:
    assert desk.browser.get(address.format(number=number)).status_code == 404


@pytest.mark.parametrize("digits", [HUGE, "9" * 5000])
def test_a_draft_of_no_message_is_empty(desk: Desk, digits: str) -> None:
    message = desk.mail_from_ana()
    address = f"/console/c/{message.conversation_id}/?draft={digits}&before={digits}"

    assert desk.browser.get(address).status_code == 200
