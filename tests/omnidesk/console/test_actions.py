"""What an agent does beside writing, with and without JavaScript."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from conversations import actions
from conversations.actor import BOT, agent
from conversations.models import Conversation, Handoff, ReadMark
from tests.factories import TeamFactory, make_agent, receive
from tests.omnidesk.console.conftest import Desk

HTMX = {"HX-Request": "true"}


def _post(desk: Desk, conversation: Conversation, verb: str, **data: Any) -> Any:
    headers = data.pop("headers", None)
    url = f"/console/c/{conversation.pk}/{verb}/"
    response = desk.browser.post(url, data, headers=headers)
    conversation.refresh_from_db()
    return response


def test_an_agent_takes_a_conversation(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation

    response = _post(desk, conversation, "accept", back="?view=mine")

    assert conversation.assignee == desk.agent
    assert response.headers["Location"] == f"/console/c/{conversation.pk}/?view=mine"


def test_a_handoff_shows_its_packet_until_somebody_accepts_it(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    Conversation.objects.filter(pk=conversation.pk).update(handler="bot")
    facts = {"order_numbers": ["#20991"]}
    actions.hand_off(conversation, reason="wish", by=BOT, ask="A refund", facts=facts)
    page = desk.browser.get(f"/console/c/{conversation.pk}/").content.decode()
    assert "asked for a person" in page
    assert "A refund" in page
    assert "Order numbers" in page
    assert "#20991" in page

    _post(desk, conversation, "accept")

    assert Handoff.objects.get().state == Handoff.State.ACCEPTED
    page = desk.browser.get(f"/console/c/{conversation.pk}/").content.decode()
    assert "Pass on" not in page


def test_taking_what_another_has_just_taken_is_refused_in_words(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    other = make_agent(inbox=desk.inbox, name="Jonas Weber")
    actions.assign(conversation, to=other, by=agent(other))

    _post(desk, conversation, "accept", seen_assignee="")

    assert conversation.assignee == other
    page = desk.browser.get("/console/").content.decode()
    assert "Jonas Weber has just taken this conversation." in page


def test_only_those_who_see_the_inbox_can_be_assigned(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    colleague, stranger = make_agent(inbox=desk.inbox), make_agent()

    assigned = []
    for agent_id in (stranger.pk, colleague.pk, ""):
        _post(desk, conversation, "assign", assignee=agent_id)
        assigned.append(conversation.assignee_id)

    assert assigned == [None, colleague.pk, None]


def test_only_teams_of_the_inbox_can_get_it(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    own, other = TeamFactory.create(), TeamFactory.create()
    desk.inbox.teams.add(own)

    _post(desk, conversation, "team", team=own.pk)
    _post(desk, conversation, "team", team=other.pk)

    assert conversation.team == own


def test_a_priority_is_set_and_nonsense_is_refused(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation

    _post(desk, conversation, "priority", priority="1")
    _post(desk, conversation, "priority", priority="9")

    assert conversation.priority == Conversation.Priority.URGENT


def test_tomorrow_is_nine_in_the_agents_own_morning(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    desk.browser.cookies["time_zone"] = "Australia/Sydney"

    _post(desk, conversation, "snooze", until="tomorrow")

    assert conversation.snoozed_until is not None
    zone = datetime.timezone(datetime.timedelta(hours=11))
    local = conversation.snoozed_until.astimezone(zone)
    assert conversation.status == Conversation.Status.SNOOZED
    assert local.minute == 0
    assert local.hour in {9, 10}  # ten while Sydney keeps standard time


@pytest.mark.parametrize("zone", ["Nowhere/City", "../../etc/passwd", "\x00", ""])
def test_a_time_zone_that_makes_no_sense_is_ignored(desk: Desk, zone: str) -> None:
    desk.browser.cookies["time_zone"] = zone

    assert desk.browser.get("/console/").status_code == 200


def test_resolving_opens_the_next_one_and_offers_undo(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    following = receive(desk.mail, sender="bo@example.com").conversation

    response = _post(desk, conversation, "resolve", headers=HTMX)

    page = response.content.decode()
    assert conversation.status == Conversation.Status.RESOLVED
    assert response.headers["HX-Push-Url"] == f"/console/c/{following.pk}/"
    assert f'data-number="{following.pk}"' in page
    assert f'formaction="/console/c/{conversation.pk}/reopen/"' in page


def test_resolving_the_last_one_leaves_nothing_open(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation

    response = _post(desk, conversation, "resolve", headers=HTMX)

    assert response.headers["HX-Push-Url"] == "/console/"
    assert b"data-empty" in response.content


def test_undo_opens_what_was_resolved(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation
    _post(desk, conversation, "resolve")

    response = _post(desk, conversation, "reopen", headers=HTMX)

    assert conversation.status == Conversation.Status.OPEN
    assert conversation.waiting_since is not None
    assert f'data-number="{conversation.pk}"'.encode() in response.content


def test_resolving_can_stay(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation

    response = _post(desk, conversation, "resolve", stay="1")

    assert response.headers["Location"] == f"/console/c/{conversation.pk}/"


def test_an_action_over_htmx_answers_with_the_changed_parts(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation

    response = _post(desk, conversation, "accept", headers=HTMX)

    page = response.content.decode()
    assert "<html" not in page
    assert f"[data-number='{conversation.pk}'] #header" in page
    assert f'hx-target="#row-{conversation.pk}" hx-swap="outerMorph"' in page


def test_a_row_that_no_longer_belongs_leaves_the_list(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation

    response = _post(
        desk, conversation, "accept", headers=HTMX, back="?view=unassigned"
    )

    assert f'hx-target="#row-{conversation.pk}" hx-swap="delete"' in (
        response.content.decode()
    )


def test_opening_remembers_what_was_read(desk: Desk) -> None:
    first = desk.mail_from_ana()
    desk.browser.get(f"/console/c/{first.conversation_id}/")
    second = desk.mail_from_ana("And?")
    assert second.pk > first.pk

    mark = ReadMark.objects.get(agent=desk.agent)
    assert (mark.conversation_id, mark.message_id) == (first.conversation_id, first.pk)


def test_reading_earlier_messages_does_not_unread_later_ones(desk: Desk) -> None:
    message = desk.mail_from_ana()
    note = actions.note(message.conversation, text="x", by=agent(desk.agent))
    desk.browser.get(f"/console/c/{message.conversation_id}/")

    desk.browser.get(f"/console/c/{message.conversation_id}/?before={note.pk}")

    assert ReadMark.objects.get().message_id == note.pk


def test_a_forged_form_is_refused(desk: Desk) -> None:
    from django.test import Client

    conversation = desk.mail_from_ana().conversation
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.agent)

    response = strict.post(f"/console/c/{conversation.pk}/resolve/")

    conversation.refresh_from_db()
    assert response.status_code == 403
    assert conversation.status == Conversation.Status.OPEN
    assert timezone.now() > conversation.created_at


def test_a_theme_is_remembered_and_shown(desk: Desk) -> None:
    desk.browser.post("/console/preferences/theme/", {"theme": "dark"})

    assert b'data-theme="dark"' in desk.browser.get("/console/").content


def test_single_keys_can_be_switched_off(desk: Desk) -> None:
    desk.browser.post("/console/preferences/shortcuts/", {})

    assert b"data-no-single-keys" in desk.browser.get("/console/").content


def test_an_assignee_beyond_any_number_is_nobody(desk: Desk) -> None:
    conversation = desk.mail_from_ana().conversation

    response = _post(desk, conversation, "accept", seen_assignee="9" * 5000)

    assert response.status_code == 302
    assert conversation.assignee == desk.agent
