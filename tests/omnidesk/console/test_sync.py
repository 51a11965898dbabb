import json
import time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conversations import actions, actor
from conversations.models import Conversation, Message
from omnidesk.accounts.models import User
from omnidesk.console import frames, pieces, presence, sync
from omnidesk.console.frames import Shown, ShownThread
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    make_agent,
    receive,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> User:
    return make_agent(inbox=InboxFactory.create(name="Shop"))


@pytest.fixture
def first(agent: User) -> Message:
    account = ChatAccountFactory.create(inbox=agent.teams.get().inboxes.get())
    return receive(account, "Where is it?", sender="visitor-1")


def again(message: Message, text: str = "Any news?") -> Message:
    return receive(message.via, text, sender=message.identity.value)  # type: ignore[arg-type, union-attr]


def shown(conversation: Conversation, *messages: Message, **values: int) -> ShownThread:
    return ShownThread(
        conversation=conversation.pk,
        version=values.get("version", conversation.version),
        messages={message.pk: message.delivery for message in messages},
        last_entry=values.get("last_entry", 0),
    )


def test_a_screen_that_shows_all_as_it_is_gets_no_html(
    agent: User, first: Message
) -> None:
    conversation = first.conversation
    screen = Shown(
        view="",
        rows={conversation.pk: conversation.version},
        thread=shown(conversation, first),
    )

    answer = sync.answer(agent, screen)

    assert answer["rows"] == {}
    assert answer["removed"] == []
    assert answer["thread"] is not None
    assert "items" not in answer["thread"]


def test_after_a_lost_frame_exactly_what_is_missing_comes(
    agent: User, first: Message
) -> None:
    conversation = first.conversation
    entry = conversation.timeline.latest("pk")
    lost, heard = again(first, "Lost."), again(first, "Heard.")

    thread = sync.thread_answer(
        agent,
        shown(conversation, first, heard, last_entry=entry.pk),
    )

    assert list(thread["items"]) == [f"message-{lost.pk}"]
    assert thread["version"] == conversation.version + 2
    assert thread["removed"] == []


def test_a_bubble_whose_delivery_changed_comes_again(
    agent: User, first: Message
) -> None:
    reply = actions.reply(
        first.conversation,
        text="It left.",
        via=first.via,  # type: ignore[arg-type]
        identity=first.identity,  # type: ignore[arg-type]
        by=actor.agent(agent),
    )
    shown_before = shown(first.conversation, first, reply, last_entry=10**9, version=1)
    Message.objects.filter(pk=reply.pk).update(delivery="sent")

    thread = sync.thread_answer(agent, shown_before)

    assert list(thread["items"]) == [f"message-{reply.pk}"]


def test_activity_that_was_missed_comes_with_the_header(
    agent: User, first: Message
) -> None:
    entry = first.conversation.timeline.latest("pk")
    actions.prioritize(first.conversation, priority=1, by=actor.agent(agent))

    thread = sync.thread_answer(
        agent, shown(first.conversation, first, last_entry=entry.pk)
    )

    missed = first.conversation.timeline.get(verb="prioritized")
    assert list(thread["items"]) == [f"entry-{missed.pk}"]
    assert "header" in thread["parts"]


def test_a_stale_row_a_new_one_and_one_that_left_are_told_apart(
    agent: User, first: Message
) -> None:
    stale, gone = first.conversation, _another(first, "gone").conversation
    kept = _another(first, "kept").conversation
    before = {c.pk: c.version for c in (stale, gone, kept)}
    again(first)
    actions.resolve(gone, by=actor.SYSTEM)
    new = _another(first, "new").conversation

    answer = sync.answer(agent, Shown(view="", rows=before, thread=None))

    assert answer["rows"].keys() == {f"row-{stale.pk}", f"row-{new.pk}"}
    assert answer["removed"] == [gone.pk]


def test_rows_of_hidden_inboxes_are_removed_and_never_sent(agent: User) -> None:
    hidden = receive(EmailAccountFactory.create()).conversation
    screen = Shown(view="?view=open", rows={hidden.pk: 0}, thread=None)

    answer = sync.answer(agent, screen)

    assert answer["rows"] == {}
    assert answer["removed"] == [hidden.pk]


def test_a_hidden_thread_is_gone(agent: User) -> None:
    hidden = receive(EmailAccountFactory.create()).conversation

    assert sync.thread_answer(agent, shown(hidden)) == {
        "conversation": hidden.pk,
        "gone": True,
    }


def test_a_row_that_new_ones_push_off_the_page_stays(
    agent: User, first: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omnidesk.console.queries.PAGE_SIZE", 1)
    oldest = first.conversation
    newer = _another(first, "newer").conversation

    answer = sync.answer(
        agent,
        Shown(view="?view=open", rows={oldest.pk: oldest.version}, thread=None),
    )

    assert answer["removed"] == []
    assert answer["rows"].keys() == {f"row-{newer.pk}"}


def test_a_quiet_sync_costs_a_fixed_number_of_queries(
    agent: User, first: Message, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    conversation = first.conversation
    screen = Shown(
        view="",
        rows={conversation.pk: conversation.version},
        thread=shown(conversation, first),
    )

    # rows' versions; counts: teams, inboxes, counts, unread; thread
    with django_assert_num_queries(6):
        sync.answer(agent, screen)


def test_without_a_socket_the_same_comes_by_http(agent: User, first: Message) -> None:
    client = Client()
    client.force_login(agent, "django.contrib.auth.backends.ModelBackend")

    answer = client.post(
        "/console/sync/",
        json.dumps({"view": "?view=open", "rows": {}}),
        content_type="application/json",
    )

    assert list(answer.json()["rows"]) == [f"row-{first.conversation_id}"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"rows": 3}', "x" * 70000])
def test_a_poll_that_makes_no_sense_is_refused(agent: User, body: str) -> None:
    client = Client()
    client.force_login(agent, "django.contrib.auth.backends.ModelBackend")

    answer = client.post("/console/sync/", body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json() == {"type": "error"}


def test_a_row_says_which_lists_it_is_in(agent: User, first: Message) -> None:
    actions.assign(first.conversation, to=agent, by=actor.agent(agent))

    row = pieces.row_frame(first.conversation_id, version=9, news=False)

    assert row["lists"] == ["needs_reply", "mine", "open"]
    assert row["assignee"] == agent.pk
    assert 'data-version="9"' in row["html"]


def test_presence_ends_by_itself() -> None:
    presence.client().flushdb()

    presence.arrive(1, "a", 7)
    presence.typing(1, "a", 7, kind="reply")

    redis = presence.client()
    ends = {key: redis.ttl(key) for key in redis.scan_iter("omnidesk:presence:*")}
    assert ends == {
        "omnidesk:presence:online": presence.PRESENT_SECONDS,
        "omnidesk:presence:viewing:7": presence.PRESENT_SECONDS,
        "omnidesk:presence:reply:7": presence.TYPING_SECONDS,
    }
    assert presence.PRESENT_SECONDS <= 40
    assert presence.TYPING_SECONDS <= 6


def test_somebody_who_went_silent_is_not_kept_alive_by_others(
    agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    presence.client().flushdb()
    colleague = make_agent()
    presence.arrive(agent.pk, "a", 7)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + presence.PRESENT_SECONDS + 1)
    presence.arrive(colleague.pk, "b", 7)

    assert [person["id"] for person in presence.people(7)] == [colleague.pk]
    assert presence.online() == {colleague.pk}


def test_closing_one_of_two_tabs_leaves_the_agent_there(agent: User) -> None:
    presence.client().flushdb()
    presence.arrive(agent.pk, "a", 7)
    presence.arrive(agent.pk, "b", 7)

    presence.leave(agent.pk, "a", 7)

    assert [person["id"] for person in presence.people(7)] == [agent.pk]


def test_frames_with_keys_that_are_no_numbers_are_refused() -> None:
    for rows in ({"": 1}, {"-1": 1}, {"1e3": 1}, {"٣": 1}, {"1": -1}, {"1": 2.5}):
        with pytest.raises(frames.BadFrame):
            frames.shown({"rows": rows})


def _another(message: Message, sender: str) -> Message:
    return receive(message.via, "Hello.", sender=sender)  # type: ignore[arg-type]


@pytest.mark.parametrize("view", ["?q=\x00", "?q=\ud800", 7, ["?q=a"]])
def test_a_list_named_by_what_is_no_text_is_no_frame(view: object) -> None:
    with pytest.raises(frames.BadFrame):
        frames.shown({"view": view, "rows": {}})
