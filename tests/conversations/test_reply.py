import functools

import pytest

from conversations import actions, actor
from conversations.errors import (
    CannotReach,
    ConversationError,
    NotYourTurn,
    Stale,
    TooLate,
)
from conversations.models import Conversation, Message
from customers.models import Identity
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    IdentityFactory,
    answer,
    make_agent,
    receive,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_a_reply_is_queued_on_the_customers_channel() -> None:
    message = receive(EmailAccountFactory.create())
    maya = make_agent(name="Maya Ortiz")

    reply = answer(message, maya)

    assert reply.delivery == Message.Delivery.QUEUED
    assert reply.identity == message.identity
    assert reply.via == message.via
    assert reply.author == maya


def test_a_mail_can_be_taken_back_until_it_leaves() -> None:
    message = receive(EmailAccountFactory.create())
    maya = make_agent()
    reply = answer(message, maya)

    actions.take_back(reply, by=actor.agent(maya))

    conversation = Conversation.objects.get()
    assert conversation.waiting_since == message.created_at
    assert conversation.last_message == message
    assert reply not in conversation.messages.public()


def test_after_a_reply_is_taken_back_nobody_waits_because_of_a_machine() -> None:
    via = EmailAccountFactory.create()
    maya = make_agent()
    message = receive(via, "I am away until Monday.", automatic=True)
    reply = answer(message, maya)

    actions.take_back(reply, by=actor.agent(maya))

    conversation = Conversation.objects.get()
    assert conversation.waiting_since is None
    assert conversation.unanswered_count == 0


def test_an_agent_cannot_take_back_what_a_colleague_wrote() -> None:
    reply = answer(receive(EmailAccountFactory.create()), make_agent())

    with pytest.raises(ConversationError):
        actions.take_back(reply, by=actor.agent(make_agent()))


def test_a_message_that_is_being_sent_cannot_be_taken_back() -> None:
    reply = answer(receive(EmailAccountFactory.create()), make_agent())
    Message.objects.filter(pk=reply.pk).update(delivery="sending")

    with pytest.raises(TooLate):
        actions.take_back(reply, by=actor.SYSTEM)


def test_the_second_agent_is_told_what_the_first_one_said() -> None:
    message = receive(EmailAccountFactory.create())
    first = answer(message, make_agent(), after=message.pk)

    with pytest.raises(Stale) as refused:
        answer(message, make_agent(), after=message.pk)

    assert list(refused.value.newer) == [first]


def test_the_second_agent_may_send_anyway() -> None:
    message = receive(EmailAccountFactory.create())
    first = answer(message, make_agent(), after=message.pk)

    second = answer(message, make_agent(), after=first.pk)

    assert second.delivery == Message.Delivery.QUEUED


def test_a_retried_send_is_one_message() -> None:
    message = receive(EmailAccountFactory.create())
    maya = make_agent()
    first = answer(message, maya, client_id="c-1", after=message.pk)

    again = answer(message, maya, client_id="c-1", after=message.pk)

    assert again == first


def test_a_chat_can_be_answered_by_mail() -> None:
    chat = ChatAccountFactory.create()
    mail = EmailAccountFactory.create(inbox=chat.inbox)
    message = receive(chat, sender="visitor-1")
    address = IdentityFactory.create(customer=message.conversation.customer)

    reply = answer(message, make_agent(), via=mail, identity=address)

    assert reply.via_id == mail.pk
    assert reply.identity == address


def test_another_customers_address_cannot_be_written_to() -> None:
    message = receive(EmailAccountFactory.create())
    stranger = IdentityFactory.create(value="li@example.com")

    with pytest.raises(CannotReach):
        answer(message, make_agent(), identity=stranger)


def test_a_channel_of_another_inbox_cannot_be_used() -> None:
    message = receive(EmailAccountFactory.create())

    with pytest.raises(CannotReach):
        answer(message, make_agent(), via=EmailAccountFactory.create())


def test_a_mail_without_a_sender_cannot_be_answered() -> None:
    message = receive(EmailAccountFactory.create(), sender="unknown@sender.invalid")

    with pytest.raises(CannotReach):
        answer(message, make_agent())


def test_an_agent_who_replies_takes_over_from_the_bot() -> None:
    via = ChatAccountFactory.create(inbox__bot_enabled=True)
    message = receive(via, sender="visitor-1")
    maya = make_agent()

    answer(message, maya)

    conversation = Conversation.objects.get()
    assert conversation.handler == Conversation.Handler.HUMAN
    assert conversation.assignee == maya
    assert not conversation.deadlines.exists()


def test_the_bot_is_refused_once_a_person_has_the_conversation() -> None:
    via = ChatAccountFactory.create(inbox__bot_enabled=True)
    message = receive(via, sender="visitor-1")
    answer(message, make_agent())

    with pytest.raises(NotYourTurn):
        answer(message, make_agent(), by=actor.BOT)


def test_what_the_bot_says_does_not_end_the_wait() -> None:
    via = ChatAccountFactory.create(inbox__bot_enabled=True)
    message = receive(via, sender="visitor-1")

    answer(message, make_agent(), by=actor.BOT)

    conversation = Conversation.objects.get()
    assert conversation.waiting_since == message.created_at
    assert conversation.first_replied_at is None


def test_a_note_goes_nowhere() -> None:
    message = receive(EmailAccountFactory.create())
    maya = make_agent()

    note = actions.note(message.conversation, text="Check.", by=actor.agent(maya))

    assert note.delivery == Message.Delivery.INTERNAL
    assert note.via is None
    assert list(message.conversation.messages.public()) == [message]


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_who_reply_at_once_one_is_told() -> None:
    message = receive(EmailAccountFactory.create())
    agents = [make_agent() for _ in range(8)]
    calls = [
        functools.partial(answer, message, agent, after=message.pk) for agent in agents
    ]

    results = at_once(calls)

    assert len([result for result in results if isinstance(result, Message)]) == 1
    assert len([result for result in results if isinstance(result, Stale)]) == 7


@pytest.mark.django_db(transaction=True)
def test_a_send_retried_in_parallel_is_one_message() -> None:
    message = receive(EmailAccountFactory.create())
    maya = make_agent()
    call = functools.partial(answer, message, maya, client_id="c-1")

    results = at_once([call] * 10)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Message.objects.filter(direction="outbound").count() == 1
    assert Identity.objects.count() == 1
