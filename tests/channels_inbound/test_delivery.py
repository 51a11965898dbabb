import datetime
import functools
from collections.abc import Iterator

import pytest
from django.utils import timezone

from channels_inbound import delivery, tasks
from channels_inbound.adapter import SendError, SendUncertain
from channels_inbound.models import ChannelAccount, DeliveryAttempt
from conversations import outbox
from conversations.models import Message
from tests.channels_inbound.pretend import PretendAdapter, pretend_provider
from tests.factories import ChatAccountFactory, answer, make_agent, receive
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider() -> Iterator[None]:
    with pretend_provider():
        yield


def _reply(adapter: str = "pretend") -> Message:
    account: ChannelAccount = ChatAccountFactory.create(adapter=adapter)
    return answer(receive(account, sender="visitor-1"), make_agent(), "It left.")


def test_a_due_message_reaches_the_provider() -> None:
    reply = _reply()

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert PretendAdapter.sent[0].text == "It left."
    assert reply.delivery == Message.Delivery.SENT
    assert reply.external_id == f"out-{reply.pk}"
    assert DeliveryAttempt.objects.get().outcome == "sent"


def test_a_refusal_that_may_pass_is_tried_again() -> None:
    reply = _reply()
    PretendAdapter.refusal = SendError("429", explanation="Busy.", retryable=True)

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.QUEUED
    assert reply.deliver_at is not None
    assert reply.deliver_at > timezone.now()


def test_the_provider_says_when_to_try_again() -> None:
    reply = _reply()
    PretendAdapter.refusal = SendError(
        "429", explanation="Busy.", retryable=True, retry_after=3600
    )

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.deliver_at is not None
    assert reply.deliver_at > timezone.now() + datetime.timedelta(minutes=59)


def test_a_final_refusal_tells_the_agent_why() -> None:
    reply = _reply()
    PretendAdapter.refusal = SendError("400", explanation="This number has opted out.")

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.FAILED
    assert reply.explanation == "This number has opted out."


def test_a_message_that_may_have_left_is_not_sent_blindly_again() -> None:
    reply = _reply()
    PretendAdapter.refusal = SendUncertain("no answer")

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.UNKNOWN


def test_where_a_copy_does_no_harm_an_uncertain_send_is_repeated() -> None:
    reply = _reply("repeatable")
    PretendAdapter.refusal = SendUncertain("no answer")

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.QUEUED


@pytest.mark.parametrize(
    ("adapter", "expected"),
    [
        pytest.param("pretend", Message.Delivery.UNKNOWN, id="unknown"),
        pytest.param("repeatable", Message.Delivery.QUEUED, id="again"),
    ],
)
def test_a_message_whose_sender_died_is_settled(adapter: str, expected: str) -> None:
    reply = _reply(adapter)
    outbox.claim(reply.pk)
    Message.objects.update(deliver_at=timezone.now() - datetime.timedelta(seconds=1))

    for lost in outbox.abandoned():
        delivery.give_up(lost)

    reply.refresh_from_db()
    assert reply.delivery == expected


def test_a_message_that_ends_its_senders_is_not_tried_for_ever() -> None:
    reply = _reply("repeatable")
    Message.objects.filter(pk=reply.pk).update(attempt_count=100)
    outbox.claim(reply.pk)
    Message.objects.update(deliver_at=timezone.now() - datetime.timedelta(seconds=1))

    for lost in outbox.abandoned():
        delivery.give_up(lost)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.UNKNOWN


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"adapter": "unheard-of"}], ids=["off", "unknown"]
)
def test_a_message_of_an_account_that_cannot_send_fails_in_words(
    change: dict[str, object],
) -> None:
    reply = _reply()
    _change_account(reply, change)

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert PretendAdapter.sent == []
    assert reply.delivery == Message.Delivery.FAILED
    assert reply.explanation == delivery.SWITCHED_OFF


def test_an_abandoned_message_of_an_unknown_adapter_holds_up_no_other() -> None:
    lost, other = _reply(), _reply()
    outbox.claim(lost.pk)
    Message.objects.filter(pk=lost.pk).update(deliver_at=timezone.now())
    _change_account(lost, {"adapter": "unheard-of"})

    due = tasks.deliver_due()

    lost.refresh_from_db()
    assert lost.delivery == Message.Delivery.UNKNOWN
    assert due == 1
    assert other.delivery == Message.Delivery.QUEUED


def test_a_provider_that_answers_with_nul_bytes_is_understood() -> None:
    reply = _reply()
    PretendAdapter.refusal = SendError("5\x00", explanation="It said: \x00no.")

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.explanation == "It said: no."


def test_a_message_taken_back_is_never_sent() -> None:
    reply = _reply()
    Message.objects.filter(pk=reply.pk).update(delivery="canceled")

    delivery.deliver(reply.pk)

    assert PretendAdapter.sent == []


@pytest.mark.django_db(transaction=True)
def test_ten_workers_send_a_message_once() -> None:
    reply = _reply()

    results = at_once([functools.partial(delivery.deliver, reply.pk)] * 10)

    assert not [result for result in results if isinstance(result, Exception)]
    assert len(PretendAdapter.sent) == 1


def _change_account(message: Message, values: dict[str, object]) -> None:
    assert message.via_id is not None
    account = ChannelAccount.objects.get(pk=message.via_id)
    for name, value in values.items():
        setattr(account, name, value)
    account.save()
