import datetime
import functools

import pytest
from django.utils import timezone

from conversations import actions, actor
from conversations.deadlines import claim_due
from conversations.errors import ConversationError
from conversations.models import Conversation, Deadline
from conversations.tasks import fire, fire_due_deadlines
from tests.factories import ChatAccountFactory, make_agent, receive
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def _snoozed() -> Conversation:
    conversation = receive(ChatAccountFactory.create(), sender="visitor-1").conversation
    return actions.snooze(
        conversation, until=timezone.now() + HOUR, by=actor.agent(make_agent())
    )


def _make_due() -> None:
    Deadline.objects.update(due_at=timezone.now() - HOUR)


def test_a_snoozed_conversation_comes_back_when_its_time_has_come() -> None:
    conversation = _snoozed()
    _make_due()

    fired = fire_due_deadlines()

    conversation.refresh_from_db()
    assert fired == 1
    assert conversation.status == Conversation.Status.OPEN
    assert conversation.waiting_since is not None
    assert not Deadline.objects.exists()


def test_what_is_not_due_stays() -> None:
    _snoozed()

    assert fire_due_deadlines() == 0
    assert Deadline.objects.count() == 1


def test_a_time_that_has_passed_cannot_be_chosen() -> None:
    conversation = receive(ChatAccountFactory.create(), sender="visitor-1").conversation

    with pytest.raises(ConversationError):
        actions.snooze(conversation, until=timezone.now() - HOUR, by=actor.SYSTEM)


def test_a_deadline_settled_after_its_claim_is_not_fired() -> None:
    conversation = _snoozed()
    _make_due()
    claimed = claim_due()
    assert claimed is not None
    actions.resolve(conversation, by=actor.SYSTEM)

    fire(claimed)

    conversation.refresh_from_db()
    assert conversation.status == Conversation.Status.RESOLVED


def test_a_deadline_whose_action_fails_comes_again_and_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poisoned, healthy = _snoozed(), _snoozed_other()
    _make_due()
    real = actions.reopen

    def reopen(conversation: Conversation, **values: object) -> Conversation:
        if conversation.pk == poisoned.pk:
            raise RuntimeError("poison")
        return real(conversation, **values)  # type: ignore[arg-type] # passed through

    monkeypatch.setattr(actions, "reopen", reopen)

    fire_due_deadlines()

    healthy.refresh_from_db()
    assert healthy.status == Conversation.Status.OPEN
    left = Deadline.objects.get()
    assert left.conversation == poisoned
    assert left.due_at > timezone.now()


@pytest.mark.django_db(transaction=True)
def test_four_sweeps_at_once_fire_each_deadline_once() -> None:
    via = ChatAccountFactory.create()
    for number in range(20):
        conversation = receive(via, sender=f"visitor-{number}").conversation
        actions.snooze(conversation, until=timezone.now() + HOUR, by=actor.SYSTEM)
    _make_due()

    results = at_once([functools.partial(fire_due_deadlines)] * 4)

    assert sum(result for result in results if isinstance(result, int)) == 20
    for conversation in Conversation.objects.all():
        assert conversation.timeline.filter(verb="reopened").count() == 1


def _snoozed_other() -> Conversation:
    conversation = receive(ChatAccountFactory.create(), sender="visitor-2").conversation
    return actions.snooze(conversation, until=timezone.now() + HOUR, by=actor.SYSTEM)
