import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from conversations import actions, actor
from conversations.models import (
    Conversation,
    Deadline,
    Escalation,
    EscalationStep,
    Handoff,
    InboxAddress,
    Message,
)
from conversations.tasks import fire_due_deadlines
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    EscalationStepFactory,
    InboxFactory,
    TeamFactory,
    answer,
    make_agent,
    receive,
)

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
WISH = Handoff.Reason.WISH


def _with_bot(text: str = "Where is my parcel?", **values: object) -> Conversation:
    via = ChatAccountFactory.create(inbox__bot_enabled=True, **values)
    return receive(via, text, sender="visitor-1").conversation


def _steps(conversation: Conversation, *waits: int) -> list[EscalationStep]:
    return [
        EscalationStepFactory.create(
            inbox=conversation.inbox, position=place, after_seconds=wait
        )
        for place, wait in enumerate(waits, start=1)
    ]


def _hand_off(conversation: Conversation, reason: str = WISH) -> Handoff:
    handoff = actions.hand_off(conversation, reason=reason, by=actor.BOT)
    assert handoff is not None
    conversation.refresh_from_db()
    return handoff


def _time_passes() -> None:
    Deadline.objects.update(due_at=timezone.now() - HOUR)


def test_a_handoff_puts_the_conversation_into_the_teams_queue() -> None:
    conversation = _with_bot()

    handoff = _hand_off(conversation)

    assert conversation.handler == Conversation.Handler.HUMAN
    assert conversation.team == conversation.inbox.handoff_team
    assert conversation.assignee is None
    assert handoff.team == conversation.team
    assert handoff.ask == "Where is my parcel?"
    assert conversation.status == Conversation.Status.OPEN
    assert conversation.waiting_since is not None
    entry = conversation.timeline.get(verb="handed_off")
    assert entry.why == "asked for a person"


def test_a_handoff_does_not_reset_the_wait() -> None:
    conversation = _with_bot()
    waiting_since = conversation.waiting_since

    _hand_off(conversation)

    assert conversation.waiting_since == waiting_since
    assert conversation.unanswered_count == 1


def test_the_customer_is_told_who_goes_on_and_when() -> None:
    conversation = _with_bot(inbox__handoff_team__name="Returns")
    _steps(conversation, 600)

    _hand_off(conversation)

    notice = conversation.messages.get(author_kind=Message.AuthorKind.SYSTEM)
    assert "A person from Returns will continue here" in notice.text
    assert "within about 10 minutes" in notice.text
    assert "before yours" not in notice.text
    assert notice.delivery == Message.Delivery.QUEUED
    assert notice.identity == conversation.messages.first().identity  # type: ignore[union-attr] # it has one


def test_the_customer_is_told_how_many_are_before_them() -> None:
    first = _with_bot()
    _hand_off(first)
    via = ChatAccountFactory.create(inbox=first.inbox)
    second = receive(via, sender="visitor-2").conversation

    _hand_off(second)

    notice = second.messages.get(author_kind=Message.AuthorKind.SYSTEM)
    assert "There is 1 conversation before yours." in notice.text


def test_the_expected_wait_is_what_the_team_has_needed_lately() -> None:
    first = _with_bot()
    _steps(first, 6000)
    accepted = _hand_off(first)
    actions.accept(first, by=actor.agent(make_agent(inbox=first.inbox)))
    Handoff.objects.filter(pk=accepted.pk).update(
        closed_at=accepted.created_at + datetime.timedelta(minutes=3)
    )
    via = ChatAccountFactory.create(inbox=first.inbox)
    second = receive(via, sender="visitor-2").conversation

    _hand_off(second)

    notice = second.messages.get(author_kind=Message.AuthorKind.SYSTEM)
    assert "within about 3 minutes" in notice.text


def test_a_machine_is_told_nothing() -> None:
    via = EmailAccountFactory.create(inbox__bot_enabled=True)
    conversation = receive(via).conversation
    Message.objects.update(automatic=True)

    _hand_off(conversation)

    assert not conversation.messages.filter(direction="outbound").exists()


def test_nothing_is_told_by_a_channel_that_is_switched_off() -> None:
    conversation = _with_bot()
    InboxAddress.objects.update(is_active=False)

    _hand_off(conversation)

    assert not conversation.messages.filter(direction="outbound").exists()


def test_a_sender_gets_two_automatic_mails_an_hour_and_no_third() -> None:
    via = EmailAccountFactory.create(inbox__bot_enabled=True)
    conversations = [receive(via).conversation for _ in range(3)]

    for conversation in conversations:
        _hand_off(conversation)

    told = [c.messages.filter(direction="outbound").count() for c in conversations]
    assert told == [1, 1, 0]


def test_what_a_person_has_is_not_handed_off() -> None:
    conversation = _with_bot()
    actions.accept(conversation, by=actor.agent(make_agent()))

    assert actions.hand_off(conversation, reason=WISH, by=actor.BOT) is None
    assert not conversation.handoffs.exists()


def test_a_snoozed_conversation_that_is_handed_off_is_open() -> None:
    conversation = _with_bot()
    actions.snooze(conversation, until=timezone.now() + HOUR, by=actor.SYSTEM)

    _hand_off(conversation)

    assert conversation.status == Conversation.Status.OPEN
    assert conversation.snoozed_until is None
    assert not conversation.deadlines.filter(kind=Deadline.Kind.SNOOZE).exists()


def test_a_bot_that_says_nothing_is_relieved_by_the_sweep() -> None:
    conversation = _with_bot()
    waiting_since = conversation.waiting_since
    _time_passes()

    fire_due_deadlines()

    conversation.refresh_from_db()
    handoff = conversation.handoffs.get()
    assert handoff.reason == Handoff.Reason.TIMEOUT
    assert conversation.handler == Conversation.Handler.HUMAN
    assert conversation.waiting_since == waiting_since


def test_accepting_ends_the_wait_for_a_person() -> None:
    conversation = _with_bot()
    _steps(conversation, 60)
    handoff = _hand_off(conversation)
    maya = make_agent(inbox=conversation.inbox)

    actions.accept(conversation, by=actor.agent(maya))

    handoff.refresh_from_db()
    conversation.refresh_from_db()
    assert handoff.state == Handoff.State.ACCEPTED
    assert handoff.accepted_by == maya
    assert conversation.assignee == maya
    assert not conversation.deadlines.exists()
    _time_passes()
    assert fire_due_deadlines() == 0


def test_an_answer_accepts_the_handoff() -> None:
    conversation = _with_bot()
    _steps(conversation, 60)
    handoff = _hand_off(conversation)
    maya = make_agent(inbox=conversation.inbox)

    answer(conversation.messages.get(direction="inbound"), maya)

    handoff.refresh_from_db()
    assert handoff.state == Handoff.State.ACCEPTED
    assert not conversation.deadlines.exists()


def test_nobody_accepts_and_each_step_asks_the_next_team() -> None:
    conversation = _with_bot()
    first, second = _steps(conversation, 60, 120)
    handoff = _hand_off(conversation)

    _time_passes()
    fire_due_deadlines()

    conversation.refresh_from_db()
    assert conversation.team == first.team
    deadline = conversation.deadlines.get()
    assert 60 < (deadline.due_at - timezone.now()).total_seconds() <= 120

    _time_passes()
    fire_due_deadlines()

    conversation.refresh_from_db()
    handoff.refresh_from_db()
    assert conversation.team == second.team
    assert handoff.team == second.team
    assert handoff.state == Handoff.State.WAITING
    assert not conversation.deadlines.exists()
    assert [one.step for one in handoff.escalations.order_by("step")] == [1, 2]


def test_a_step_may_raise_the_priority() -> None:
    conversation = _with_bot()
    EscalationStepFactory.create(inbox=conversation.inbox, raise_priority=True)
    _hand_off(conversation)

    _time_passes()
    fire_due_deadlines()

    conversation.refresh_from_db()
    assert conversation.priority == Conversation.Priority.HIGH


def test_an_inbox_without_steps_waits_for_its_team() -> None:
    conversation = _with_bot()

    handoff = _hand_off(conversation)

    assert not conversation.deadlines.exists()
    assert handoff.state == Handoff.State.WAITING


def test_passing_on_asks_the_next_team_at_once() -> None:
    conversation = _with_bot()
    first, _ = _steps(conversation, 60, 120)
    _hand_off(conversation)
    maya = make_agent(inbox=conversation.inbox)

    actions.decline(conversation, by=actor.agent(maya), why="not my subject")

    conversation.refresh_from_db()
    assert conversation.team == first.team
    assert conversation.timeline.get(verb="declined").why == "not my subject"


def test_an_agent_who_passes_on_twice_skips_no_team() -> None:
    conversation = _with_bot()
    first, _ = _steps(conversation, 60, 120)
    _hand_off(conversation)
    maya = actor.agent(make_agent(inbox=conversation.inbox))

    actions.decline(conversation, by=maya)
    actions.decline(conversation, by=maya)

    conversation.refresh_from_db()
    assert conversation.team == first.team
    assert Escalation.objects.count() == 1


def test_resolving_ends_a_handoff_that_nobody_took() -> None:
    conversation = _with_bot()
    _steps(conversation, 60)
    handoff = _hand_off(conversation)

    actions.resolve(conversation, by=actor.agent(make_agent()))

    handoff.refresh_from_db()
    assert handoff.state == Handoff.State.EXPIRED
    assert not conversation.deadlines.exists()


def test_a_team_that_cannot_see_the_inbox_cannot_be_asked() -> None:
    inbox = InboxFactory.create()
    step = EscalationStep(
        inbox=inbox, position=1, after_seconds=60, team=TeamFactory.create()
    )

    with pytest.raises(ValidationError, match="does not work the inbox"):
        step.full_clean()
    inbox.teams.add(step.team)
    step.full_clean()
