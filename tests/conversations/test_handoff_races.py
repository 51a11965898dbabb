import datetime
import functools
from collections.abc import Callable

import pytest
from django.utils import timezone

from conversations import actions, actor
from conversations.errors import Taken
from conversations.models import Conversation, Deadline, Escalation, Handoff
from conversations.tasks import fire_due_deadlines
from tests.factories import (
    ChatAccountFactory,
    EscalationStepFactory,
    make_agent,
    receive,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = datetime.timedelta(hours=1)


def _handed_off(count: int) -> list[Conversation]:
    via = ChatAccountFactory.create(inbox__bot_enabled=True)
    for position in (1, 2):
        EscalationStepFactory.create(inbox=via.inbox, position=position)
    conversations = [
        receive(via, sender=f"visitor-{number}").conversation for number in range(count)
    ]
    for conversation in conversations:
        actions.hand_off(conversation, reason=Handoff.Reason.WISH, by=actor.BOT)
    return conversations


def _time_passes() -> None:
    Deadline.objects.update(due_at=timezone.now() - HOUR)


def test_parallel_sweeps_ask_the_next_team_once() -> None:
    conversations = _handed_off(12)
    _time_passes()

    results = at_once([fire_due_deadlines] * 6)

    assert sum(one for one in results if isinstance(one, int)) == 12
    assert Escalation.objects.count() == 12
    for conversation in conversations:
        assert conversation.timeline.filter(verb="escalated").count() == 1
        assert conversation.handoffs.get().step == 1


def test_parallel_sweeps_hand_off_a_silent_bot_once() -> None:
    via = ChatAccountFactory.create(inbox__bot_enabled=True)
    for number in range(12):
        receive(via, sender=f"visitor-{number}")
    _time_passes()

    at_once([fire_due_deadlines] * 6)

    assert Handoff.objects.count() == 12
    for conversation in Conversation.objects.all():
        assert conversation.messages.filter(author_kind="system").count() == 1


def test_accepting_and_escalating_at_once_never_do_both_in_the_wrong_order() -> None:
    conversations = _handed_off(10)
    agents = [make_agent(inbox=conversations[0].inbox) for _ in conversations]
    _time_passes()

    calls: list[Callable[[], object]] = [fire_due_deadlines] * 4
    for one, agent in zip(conversations, agents, strict=True):
        calls.append(functools.partial(actions.accept, one, by=actor.agent(agent)))
    at_once(calls)

    for conversation, agent in zip(conversations, agents, strict=True):
        conversation.refresh_from_db()
        assert conversation.assignee_id == agent.pk
        assert conversation.handoffs.get().state == Handoff.State.ACCEPTED
        assert not conversation.deadlines.exists()
        verbs = list(
            conversation.timeline.order_by("pk").values_list("verb", flat=True)
        )
        assert "escalated" not in verbs[verbs.index("accepted") :]


def test_of_many_who_accept_one_does() -> None:
    (conversation,) = _handed_off(1)
    agents = [make_agent(inbox=conversation.inbox) for _ in range(20)]

    results = at_once(
        [
            functools.partial(actions.accept, conversation, by=actor.agent(agent))
            for agent in agents
        ]
    )

    assert len([one for one in results if isinstance(one, Taken)]) == 19
    assert conversation.timeline.filter(verb="accepted").count() == 1


def test_twenty_handoffs_at_once_make_one() -> None:
    via = ChatAccountFactory.create(inbox__bot_enabled=True)
    conversation = receive(via, sender="visitor-1").conversation
    call = functools.partial(
        actions.hand_off, conversation, reason=Handoff.Reason.WISH, by=actor.BOT
    )

    results = at_once([call] * 20)

    assert len([one for one in results if isinstance(one, Handoff)]) == 1
    assert conversation.messages.filter(author_kind="system").count() == 1
