import functools

import pytest

from conversations import actions, actor
from conversations.models import Conversation
from tests.factories import (
    EmailAccountFactory,
    TeamFactory,
    answer,
    make_agent,
    make_conversation,
    receive,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_an_assignment_is_written_into_the_timeline() -> None:
    conversation = make_conversation()
    maya, jonas = make_agent(name="Maya"), make_agent(name="Jonas")

    actions.assign(conversation, to=jonas, by=actor.agent(maya))

    entry = conversation.timeline.get(verb="assigned")
    assert entry.actor == maya
    assert entry.detail["to"] == "Jonas"


def test_an_action_that_changes_nothing_leaves_no_trace() -> None:
    conversation = make_conversation()
    maya = make_agent()
    before = actions.assign(conversation, to=maya, by=actor.agent(maya))

    after = actions.assign(conversation, to=maya, by=actor.agent(maya))

    assert after.version == before.version
    assert conversation.timeline.filter(verb="assigned").count() == 1


def test_every_change_gives_the_conversation_a_new_version() -> None:
    conversation = make_conversation()

    changed = actions.prioritize(conversation, priority=1, by=actor.SYSTEM)

    assert changed.version == conversation.version + 1


def test_resolving_ends_the_wait_and_what_was_due() -> None:
    conversation = make_conversation(inbox__bot_enabled=True)

    actions.resolve(conversation, by=actor.SYSTEM)

    conversation.refresh_from_db()
    assert conversation.status == Conversation.Status.RESOLVED
    assert conversation.waiting_since is None
    assert not conversation.deadlines.exists()


def test_reopening_counts_the_old_wait_again() -> None:
    message = receive(EmailAccountFactory.create())
    actions.resolve(message.conversation, by=actor.SYSTEM)

    conversation = actions.reopen(message.conversation, by=actor.SYSTEM)

    assert conversation.waiting_since == message.created_at
    assert conversation.unanswered_count == 1


def test_a_conversation_can_be_given_to_another_team() -> None:
    conversation = make_conversation()
    billing = TeamFactory.create(name="Billing")

    conversation = actions.set_team(conversation, to=billing, by=actor.SYSTEM)

    assert conversation.team == billing
    assert conversation.timeline.get(verb="team_set").detail == {"to": "Billing"}


def test_a_failed_message_can_be_sent_again() -> None:
    reply = answer(receive(EmailAccountFactory.create()), make_agent())
    type(reply).objects.update(delivery="failed", explanation="No such address.")

    reply = actions.retry(reply, by=actor.SYSTEM)

    assert reply.delivery == "queued"
    assert reply.explanation == ""


@pytest.mark.django_db(transaction=True)
def test_twenty_agents_who_take_it_at_once_end_with_one_assignee() -> None:
    conversation = make_conversation(inbox__bot_enabled=True)
    agents = [make_agent() for _ in range(20)]
    calls = [
        functools.partial(actions.accept, conversation, by=actor.agent(agent))
        for agent in agents
    ]

    results = at_once(calls)

    conversation.refresh_from_db()
    taken = [r for r in results if isinstance(r, Conversation)]
    assert conversation.assignee is not None
    assert len(taken) == 1
    assert conversation.timeline.filter(verb="took_over").count() == 1
