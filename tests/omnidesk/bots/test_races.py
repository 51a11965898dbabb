import functools
import threading
from collections.abc import Callable

import pytest
from pytest_django import Settings

from conversations import actions, actor
from conversations.models import Conversation, Deadline, Handoff, Message
from conversations.tasks import fire_due_deadlines
from omnidesk.bots.answerer import Answer, Question, Source, Unsure
from omnidesk.bots.models import Turn
from omnidesk.bots.tasks import answer_conversation
from tests.factories import make_agent, receive
from tests.omnidesk.bots.shop import open_shop, said_by_bot
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 25
thinking = threading.Event()
taken_over = threading.Event()


def slow_answerer(question: Question) -> Answer | Unsure:
    """Answer only once a person has taken over in the meantime."""
    thinking.set()
    assert taken_over.wait(timeout=30)
    source = Source("When you get your refund", "http://127.0.0.1:8000/help/refunds/")
    return Answer("Within five working days.", (source,), confidence=0.99)


def test_an_answer_worked_out_while_a_person_took_over_is_not_sent(
    settings: Settings,
) -> None:
    settings.BOT_ANSWERER = f"{__name__}.slow_answerer"
    message = receive(open_shop(), "How long does a refund take?", sender="visitor-1")
    maya = actor.agent(make_agent())
    thinking.clear()
    taken_over.clear()

    def take_over() -> None:
        assert thinking.wait(timeout=30)
        actions.accept(message.conversation, by=maya)
        taken_over.set()

    def answer() -> None:
        answer_conversation(message.conversation_id, message.pk)

    results = at_once([answer, take_over])

    assert results == [None, None]
    assert said_by_bot(message.conversation) == []
    assert not Turn.objects.exists()
    assert not Handoff.objects.exists()


def test_the_bot_never_speaks_after_a_person_has_stepped_in() -> None:
    shop = open_shop()
    messages = [
        receive(shop, "How long does a refund take?", sender=f"visitor-{number}")
        for number in range(PAIRS)
    ]
    agents = [make_agent() for _ in messages]

    calls: list[Callable[[], object]] = []
    for message, agent in zip(messages, agents, strict=True):
        conversation, by = message.conversation, actor.agent(agent)
        calls += [
            functools.partial(answer_conversation, conversation.pk, message.pk),
            functools.partial(actions.accept, conversation, by=by),
        ]
    results = at_once(calls)

    assert not [one for one in results if isinstance(one, Exception)]
    for conversation in Conversation.objects.all():
        stepped_in = conversation.timeline.get(verb="took_over")
        assert conversation.handler == Conversation.Handler.HUMAN
        for reply in said_by_bot(conversation):
            assert reply.created_at < stepped_in.created_at


def test_the_same_message_given_to_many_workers_is_answered_once() -> None:
    message = receive(open_shop(), "How long does a refund take?", sender="visitor-1")
    call = functools.partial(answer_conversation, message.conversation_id, message.pk)

    results = at_once([call] * 20)

    assert results == [None] * 20
    assert len(said_by_bot(message.conversation)) == 1


def test_a_burst_given_to_many_workers_is_answered_once() -> None:
    shop = open_shop()
    burst = [
        receive(shop, text, sender="visitor-1")
        for text in ("Hello", "a question", "How long does a refund take?")
    ]

    at_once(
        [
            functools.partial(answer_conversation, one.conversation_id, one.pk)
            for one in burst * 5
        ]
    )

    assert len(said_by_bot(burst[0].conversation)) == 1


def test_the_bot_and_the_sweep_at_once_leave_no_customer_without_either() -> None:
    shop = open_shop()
    messages = [
        receive(shop, "How long does a refund take?", sender=f"visitor-{number}")
        for number in range(PAIRS)
    ]
    Deadline.objects.update(due_at=messages[0].created_at)

    calls: list[Callable[[], object]] = [fire_due_deadlines] * 3
    calls += [
        functools.partial(answer_conversation, one.conversation_id, one.pk)
        for one in messages
    ]
    at_once(calls)
    fire_due_deadlines()

    for conversation in Conversation.objects.all():
        answered = len(said_by_bot(conversation))
        handed_off = conversation.handoffs.count()
        assert answered + handed_off == 1
    assert Message.objects.filter(author_kind="bot").count() == Turn.objects.count()
