import datetime
import functools

import pytest
from django.conf import settings
from django.utils import timezone

from channels_inbound import ingest
from conversations import outbox
from conversations.models import Message
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    answer,
    make_agent,
    receive,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def _due_mail() -> Message:
    reply = answer(receive(EmailAccountFactory.create()), make_agent(name="Maya Ortiz"))
    Message.objects.filter(pk=reply.pk).update(deliver_at=timezone.now())
    return reply


def test_a_mail_waits_for_its_undo_window() -> None:
    reply = answer(receive(EmailAccountFactory.create()), make_agent())

    assert outbox.due() == []
    assert outbox.claim(reply.pk) is None


def test_a_chat_message_leaves_at_once() -> None:
    reply = answer(
        receive(ChatAccountFactory.create(), sender="visitor-1"), make_agent()
    )

    assert outbox.due() == [reply.pk]


def test_a_claim_carries_what_the_adapter_needs() -> None:
    reply = _due_mail()

    outbound = outbox.claim(reply.pk)

    assert outbound is not None
    assert outbound.recipient == "ana@example.com"
    assert outbound.author_name == "Maya"
    assert outbound.attempt == 1
    assert not outbound.is_automatic


@pytest.mark.django_db(transaction=True)
def test_of_ten_workers_one_claims_the_message() -> None:
    reply = _due_mail()

    results = at_once([functools.partial(outbox.claim, reply.pk)] * 10)

    assert len([result for result in results if result is not None]) == 1


@pytest.mark.parametrize(
    ("before", "report", "after"),
    [
        pytest.param("sending", "sent", "sent", id="sent"),
        pytest.param("delivered", "sent", "delivered", id="late sent"),
        pytest.param("read", "delivered", "read", id="late delivered"),
        pytest.param("failed", "sent", "failed", id="failed is final"),
        pytest.param("failed", "delivered", "delivered", id="it arrived after all"),
        pytest.param("unknown", "delivered", "delivered", id="now known"),
        pytest.param("canceled", "sent", "canceled", id="taken back"),
    ],
)
def test_states_only_move_forward(before: str, report: str, after: str) -> None:
    reply = _due_mail()
    Message.objects.filter(pk=reply.pk).update(delivery=before)

    outbox.record_delivery(reply.pk, report)

    reply.refresh_from_db()
    assert reply.delivery == after


def test_a_message_whose_sender_died_is_found_after_its_lease() -> None:
    reply = _due_mail()
    outbox.claim(reply.pk)
    assert outbox.abandoned() == []

    Message.objects.update(deliver_at=timezone.now() - datetime.timedelta(seconds=1))

    assert [lost.message_id for lost in outbox.abandoned()] == [reply.pk]


def test_the_thread_of_a_mail_goes_into_its_references() -> None:
    via = EmailAccountFactory.create()
    message = receive(via, external_id="1@example.com")
    reply = answer(message, make_agent())
    Message.objects.filter(pk=reply.pk).update(deliver_at=timezone.now())

    outbound = outbox.claim(reply.pk)

    assert outbound is not None
    assert outbound.references == ("1@example.com",)


def test_a_lease_outlives_every_task() -> None:
    longest = settings.CELERY_TASK_TIME_LIMIT

    assert longest < outbox.LEASE_SECONDS
    assert longest < ingest.CLAIM_SECONDS
