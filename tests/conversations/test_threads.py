import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from conversations import actions, actor, threads
from conversations.intake import Address
from conversations.models import Conversation, Inbox, Message
from conversations.threads import Reason, Token
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    answer,
    make_agent,
    receive,
)


@given(st.integers(1, 2**47), st.integers(1, 2**47))
def test_a_token_says_what_was_written_into_it(
    conversation: int, identity: int
) -> None:
    token = threads.write_token(conversation, identity)

    assert threads.read_token(token) == Token(conversation, identity)
    assert threads.read_token(token.upper()) == Token(conversation, identity)
    assert len(token) <= 45


@given(st.text(max_size=60))
def test_what_we_did_not_write_is_no_token(text: str) -> None:
    assert threads.read_token(text) is None


def test_a_token_with_one_letter_changed_is_no_token() -> None:
    token = threads.write_token(7, 9)

    for position in range(len(token) - 1):
        other = "a" if token[position] != "a" else "b"
        forged = token[:position] + other + token[position + 1 :]
        assert threads.read_token(forged) is None


@pytest.mark.django_db
def test_a_mail_with_our_token_joins_its_conversation() -> None:
    via = EmailAccountFactory.create()
    message = receive(via)
    assert message.identity is not None
    token = threads.write_token(message.conversation_id, message.identity.pk)

    reply = receive(via, tokens=("nonsense", token))

    assert reply.conversation == message.conversation
    assert reply.thread_reason == Reason.TOKEN


@pytest.mark.django_db
def test_a_stranger_with_a_token_joins_as_a_third_party() -> None:
    via = EmailAccountFactory.create()
    message = receive(via)
    assert message.identity is not None
    token = threads.write_token(message.conversation_id, message.identity.pk)

    reply = receive(via, sender="eve@elsewhere.example", tokens=(token,))

    assert reply.conversation == message.conversation
    assert reply.thread_reason == Reason.THIRD_PARTY
    assert reply.conversation.customer == message.conversation.customer
    assert reply.identity is not None
    assert reply.identity.customer != message.conversation.customer


@pytest.mark.django_db
def test_a_token_of_another_inbox_opens_nothing() -> None:
    message = receive(EmailAccountFactory.create())
    assert message.identity is not None
    token = threads.write_token(message.conversation_id, message.identity.pk)

    other = receive(EmailAccountFactory.create(), tokens=(token,))

    assert other.conversation != message.conversation


@pytest.mark.django_db
def test_an_unproven_sender_who_answers_a_known_mail_only_gets_a_hint() -> None:
    via = EmailAccountFactory.create()
    message = receive(via, external_id="1@example.com")

    forged = receive(via, answers=("1@example.com",))

    assert forged.conversation != message.conversation
    opened = forged.conversation.timeline.get(verb="opened")
    assert opened.detail == {"related": message.conversation_id}


@pytest.mark.django_db
def test_a_proven_sender_who_answers_a_known_mail_joins_its_conversation() -> None:
    via = EmailAccountFactory.create()
    message = receive(via, external_id="1@example.com")

    reply = receive(via, answers=("1@example.com",), verified=True)

    assert reply.conversation == message.conversation
    assert reply.thread_reason == Reason.ANSWERS


@pytest.mark.django_db
def test_a_proven_stranger_who_answers_a_known_mail_stays_outside() -> None:
    via = EmailAccountFactory.create()
    message = receive(via, external_id="1@example.com")

    other = receive(
        via, sender="eve@example.com", answers=("1@example.com",), verified=True
    )

    assert other.conversation != message.conversation


@pytest.mark.django_db
def test_a_second_mail_with_a_subject_of_its_own_is_a_new_matter() -> None:
    via = EmailAccountFactory.create()
    first = receive(via, subject="A parcel", verified=True)

    second = receive(via, subject="An invoice", verified=True)

    assert second.conversation != first.conversation


@pytest.mark.django_db
def test_a_verified_customer_goes_on_in_chat_where_they_mailed() -> None:
    inbox = InboxFactory.create()
    mail = receive(EmailAccountFactory.create(inbox=inbox), verified=True)

    chat = _signed_chat(inbox)

    assert chat.conversation == mail.conversation
    assert chat.thread_reason == Reason.SAME_CUSTOMER


@pytest.mark.django_db
def test_after_the_window_another_channel_starts_anew() -> None:
    inbox = InboxFactory.create(join_window_hours=24)
    mail = receive(EmailAccountFactory.create(inbox=inbox), verified=True)
    Conversation.objects.update(
        last_activity_at=timezone.now() - datetime.timedelta(hours=25)
    )

    chat = _signed_chat(inbox)

    assert chat.conversation != mail.conversation


@pytest.mark.django_db
def test_a_chat_goes_on_after_its_conversation_was_resolved_today() -> None:
    via = ChatAccountFactory.create()
    first = receive(via, sender="visitor-1")
    actions.resolve(first.conversation, by=actor.agent(make_agent(inbox=via.inbox)))

    second = receive(via, sender="visitor-1")

    assert second.conversation == first.conversation
    assert second.conversation.status == Conversation.Status.OPEN


@pytest.mark.django_db
def test_two_visitors_never_share_a_conversation() -> None:
    via = ChatAccountFactory.create()
    first = receive(via, sender="visitor-1")
    answer(first, make_agent(inbox=via.inbox))

    second = receive(via, sender="visitor-2")

    assert second.conversation != first.conversation


def _signed_chat(inbox: Inbox) -> Message:
    return receive(
        ChatAccountFactory.create(inbox=inbox),
        sender="visitor-1",
        verified=True,
        proofs=(Address("mailto", "ana@example.com"),),
    )
