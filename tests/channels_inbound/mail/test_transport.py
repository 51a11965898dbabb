import pytest
from django.utils import timezone

from channels_inbound import delivery
from channels_inbound.models import DeliveryAttempt
from conversations.models import Message
from customers.models import Identity
from tests.channels_inbound.sink import Sink
from tests.factories import EmailAccountFactory, answer, make_agent, receive

pytestmark = pytest.mark.django_db


def _due_reply(smtp_url: str) -> Message:
    account = EmailAccountFactory.create(settings={"smtp_url": smtp_url})
    reply = answer(receive(account), make_agent())
    return _make_due(reply)


def _make_due(reply: Message) -> Message:
    Message.objects.filter(pk=reply.pk).update(deliver_at=timezone.now())
    return reply


def test_a_mail_leaves_by_smtp(sink: Sink) -> None:
    reply = _due_reply(sink.url)

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.SENT
    assert sink.envelopes[0].rcpt_tos == ["ana@example.com"]
    assert reply.external_id == str(sink.mails[0]["Message-ID"])[1:-1]


def test_a_refusal_for_now_is_tried_again(sink: Sink) -> None:
    sink.answer = "451 4.3.0 Come again"
    reply = _due_reply(sink.url)

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.QUEUED
    assert "451" in reply.explanation


def test_a_final_refusal_is_told_in_words(sink: Sink) -> None:
    sink.answer = "550 5.7.1 We do not like this"
    reply = _due_reply(sink.url)

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.FAILED
    assert reply.explanation == ("The mail server said: 550 5.7.1 We do not like this.")


@pytest.mark.parametrize("address", ["äna@example.com", "ana@@example.com", "@"])
def test_an_address_that_mail_cannot_reach_is_told_at_once(
    sink: Sink, address: str
) -> None:
    reply = _due_reply(sink.url)
    Identity.objects.update(value=address)

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.FAILED
    assert sink.envelopes == []


def test_after_a_broken_connection_the_same_mail_goes_again(sink: Sink) -> None:
    sink.hang_up = True
    reply = _due_reply(sink.url)
    delivery.deliver(reply.pk)
    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.QUEUED
    sink.hang_up = False

    delivery.deliver(_make_due(reply).pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.SENT
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_is_away_is_tried_again() -> None:
    reply = _due_reply("smtp://127.0.0.1:9")

    delivery.deliver(reply.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.QUEUED
    assert DeliveryAttempt.objects.get().outcome == "refused"
