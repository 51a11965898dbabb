import datetime
import functools

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from conversations import intake
from conversations.intake import Address, InboundFile
from conversations.models import Conversation, Deadline, Message
from customers.identify import identify
from customers.models import Claim, Customer, Identity
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    answer,
    inbound,
    make_agent,
    receive,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_a_first_message_opens_a_conversation() -> None:
    via = EmailAccountFactory.create()

    message = receive(via, "Where is my parcel?", subject="My parcel")

    conversation = message.conversation
    assert conversation.subject == "My parcel"
    assert conversation.status == Conversation.Status.OPEN
    assert conversation.last_message == message
    assert conversation.waiting_since == message.created_at
    assert conversation.unanswered_count == 1


def test_a_redelivered_message_is_filed_once() -> None:
    via = EmailAccountFactory.create()
    mail = inbound(external_id="1@example.com")
    first = intake.receive(via, mail)

    again = intake.receive(via, mail)

    assert again.message == first.message
    assert not again.created
    assert Message.objects.count() == 1


def test_the_same_external_id_on_another_account_is_another_message() -> None:
    inbox = InboxFactory.create()
    receive(EmailAccountFactory.create(inbox=inbox), external_id="1@example.com")

    receive(EmailAccountFactory.create(inbox=inbox), external_id="1@example.com")

    assert Message.objects.count() == 2


def test_two_senders_of_one_long_external_id_are_kept_apart() -> None:
    via = EmailAccountFactory.create()
    longest = "1" * intake.EXTERNAL_ID_LENGTH
    receive(via, external_id=longest)
    mail = inbound(sender="eve@example.net", external_id=longest)

    first, again = intake.receive(via, mail), intake.receive(via, mail)

    assert first.created
    assert again.message == first.message


def test_a_message_dated_in_the_future_is_dated_now() -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)

    message = receive(EmailAccountFactory.create(), sent_at=tomorrow)

    assert message.sent_at == message.created_at


def test_an_attachment_is_stored_under_a_random_name() -> None:
    file = InboundFile("../../invoice.pdf", "application/pdf", b"%PDF-1.7")

    message = receive(EmailAccountFactory.create(), attachments=(file,))

    attachment = message.attachments.get()
    assert attachment.file.name is not None
    assert attachment.file.read() == b"%PDF-1.7"
    assert "invoice" not in attachment.file.name
    attachment.file.close()


def test_the_customers_wait_counts_from_their_first_unanswered_message() -> None:
    via = ChatAccountFactory.create()
    first = receive(via, sender="visitor-1")

    second = receive(via, sender="visitor-1")

    conversation = second.conversation
    assert conversation.waiting_since == first.created_at
    assert conversation.unanswered_count == 2


def test_a_message_to_a_snoozed_conversation_wakes_it() -> None:
    via = ChatAccountFactory.create()
    conversation = receive(via, sender="visitor-1").conversation
    Conversation.objects.filter(pk=conversation.pk).update(
        status="snoozed", snoozed_until=timezone.now() + datetime.timedelta(days=1)
    )

    message = receive(via, sender="visitor-1")

    assert message.conversation == conversation
    assert message.conversation.status == Conversation.Status.OPEN
    assert message.conversation.timeline.filter(verb="reopened").exists()


def test_an_automatic_message_opens_nothing_again_and_nobody_waits() -> None:
    via = EmailAccountFactory.create()
    first = receive(via, verified=True)
    Conversation.objects.update(status="resolved", waiting_since=None)

    message = receive(
        via,
        verified=True,
        automatic=True,
        answers=(first.external_id,),
    )

    assert message.conversation == first.conversation
    assert message.conversation.status == Conversation.Status.RESOLVED
    assert message.conversation.waiting_since is None


def test_the_bot_gets_a_deadline_with_the_message_it_is_to_answer() -> None:
    via = ChatAccountFactory.create(inbox__bot_enabled=True)

    message = receive(via, sender="visitor-1")

    assert message.conversation.handler == Conversation.Handler.BOT
    deadline = message.conversation.deadlines.get()
    assert deadline.kind == Deadline.Kind.BOT_ANSWER


def test_without_a_bot_the_handoff_team_gets_the_conversation() -> None:
    via = EmailAccountFactory.create()

    message = receive(via)

    assert message.conversation.handler == Conversation.Handler.HUMAN
    assert message.conversation.team == via.inbox.handoff_team


def test_a_chat_that_the_site_signed_joins_the_customer_of_the_mail() -> None:
    inbox = InboxFactory.create()
    mail = receive(EmailAccountFactory.create(inbox=inbox), sender="ana@example.com")

    chat = receive(
        ChatAccountFactory.create(inbox=inbox),
        sender="visitor-1",
        verified=True,
        proofs=(Address("mailto", "ana@example.com"), Address("external", "42")),
    )

    assert chat.identity is not None
    assert mail.identity is not None
    assert chat.identity.customer == mail.identity.customer
    assert Customer.objects.count() == 1
    assert Identity.objects.filter(assurance="verified").count() == 3


def test_a_typed_mail_address_joins_nobody() -> None:
    inbox = InboxFactory.create()
    mail = receive(EmailAccountFactory.create(inbox=inbox), sender="ana@example.com")

    chat = receive(
        ChatAccountFactory.create(inbox=inbox),
        sender="visitor-1",
        claims=(Address("mailto", "ana@example.com"),),
    )

    assert chat.conversation.customer != mail.conversation.customer
    assert Claim.objects.get().customer == chat.conversation.customer


def test_a_reply_ends_the_wait() -> None:
    via = ChatAccountFactory.create()
    message = receive(via, sender="visitor-1")

    answer(message, make_agent(inbox=via.inbox))

    message.conversation.refresh_from_db()
    assert message.conversation.waiting_since is None
    assert message.conversation.unanswered_count == 0


def test_receiving_costs_a_bounded_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    via = ChatAccountFactory.create()
    receive(via, sender="visitor-1")

    with django_assert_max_num_queries(14):
        receive(via, sender="visitor-1")


@pytest.mark.django_db(transaction=True)
def test_fifty_first_messages_at_once_open_one_conversation() -> None:
    via = ChatAccountFactory.create()
    calls = [
        functools.partial(receive, via, f"Message {n}", sender="visitor-1")
        for n in range(50)
    ]

    results = at_once(calls)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Customer.objects.count() == 1
    conversation = Conversation.objects.get()
    assert conversation.messages.count() == 50
    assert conversation.unanswered_count == 50


@pytest.mark.django_db(transaction=True)
def test_one_message_delivered_fifty_times_at_once_is_one_message() -> None:
    via = ChatAccountFactory.create()
    call = functools.partial(receive, via, sender="visitor-1", external_id="m-1")

    results = at_once([call] * 50)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_does_not_wait_for_a_sender_who_writes_meanwhile() -> None:
    message = receive(EmailAccountFactory.create())
    maya = make_agent()

    def answer_without_waiting() -> Message:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return answer(message, maya)

    with transaction.atomic():
        identify("mailto", "ana@example.com")
        (sent,) = at_once([answer_without_waiting])

    assert isinstance(sent, Message)
