import datetime
import functools
import json
import logging
from collections.abc import Iterator

import pytest
from django.utils import timezone

from channels_inbound import ingest
from channels_inbound.adapter import InvalidSignature, RawRequest
from channels_inbound.models import ChannelAccount, Receipt
from channels_inbound.tasks import process_stored
from conversations.models import Message
from tests.channels_inbound.pretend import pretend_provider
from tests.factories import ChatAccountFactory, answer, make_agent, receive
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider() -> Iterator[None]:
    with pretend_provider():
        yield


@pytest.fixture
def account() -> ChannelAccount:
    made: ChannelAccount = ChatAccountFactory.create(adapter="pretend")
    return made


def _request(text: str = "Hello", **values: str) -> RawRequest:
    body = {"id": "m-1", "from": "visitor-1", "text": text, **values}
    return RawRequest(json.dumps(body).encode())


def _make_due() -> None:
    past = timezone.now() - datetime.timedelta(seconds=1)
    Receipt.objects.filter(next_attempt_at__isnull=False).update(next_attempt_at=past)
    Receipt.objects.update(received_at=past - datetime.timedelta(minutes=1))


def test_what_was_accepted_is_stored_as_it_came(account: ChannelAccount) -> None:
    receipt = ingest.accept(account, RawRequest(b"\x00\xff raw", {"ip": "127.0.0.1"}))

    assert bytes(receipt.raw) == b"\x00\xff raw"
    assert receipt.context == {"ip": "127.0.0.1"}
    assert not Message.objects.exists()


def test_a_forged_request_is_refused_and_leaves_nothing(
    account: ChannelAccount,
) -> None:
    with pytest.raises(InvalidSignature):
        ingest.accept(account, RawRequest(b"{}", {"signature": "wrong"}))

    assert not Receipt.objects.exists()


def test_a_stored_request_becomes_a_message(account: ChannelAccount) -> None:
    receipt = ingest.accept(account, _request("Where is it?"))

    received = ingest.process(receipt.pk)

    assert received[0].message.text == "Where is it?"
    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.PROCESSED


def test_a_redelivered_event_is_one_receipt(account: ChannelAccount) -> None:
    first = ingest.accept(account, RawRequest(b"{}", {"event": "e-1"}))

    again = ingest.accept(account, RawRequest(b"{ }", {"event": "e-1"}))

    assert again.pk == first.pk


def test_processing_twice_files_once(account: ChannelAccount) -> None:
    receipt = ingest.accept(account, _request())
    ingest.process(receipt.pk)

    assert ingest.process(receipt.pk) == []
    assert Message.objects.count() == 1


def test_a_receipt_whose_process_died_is_processed_by_the_sweep(
    account: ChannelAccount,
) -> None:
    ingest.accept(account, _request())
    assert process_stored() == 0
    _make_due()

    assert process_stored() == 1
    assert Message.objects.count() == 1


def test_what_never_can_be_read_is_quarantined_at_once(account: ChannelAccount) -> None:
    receipt = ingest.accept(account, RawRequest(b"not json"))

    ingest.process(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.QUARANTINED
    assert receipt.error == "This is not JSON."


def test_a_poisoned_receipt_is_quarantined_after_three_tries(
    account: ChannelAccount,
) -> None:
    receipt = ingest.accept(account, RawRequest(b"poison"))
    healthy = ingest.accept(account, _request())

    for _ in range(5):
        _make_due()
        process_stored()

    receipt.refresh_from_db()
    healthy.refresh_from_db()
    assert receipt.state == Receipt.State.QUARANTINED
    assert receipt.attempt_count == 3
    assert healthy.state == Receipt.State.PROCESSED


def test_an_error_in_words_the_database_refuses_is_written_down(
    account: ChannelAccount, caplog: pytest.LogCaptureFixture
) -> None:
    # The words cannot be passed between the processes of the tests either.
    caplog.set_level(logging.CRITICAL, logger="channels_inbound.ingest")
    receipt = ingest.accept(account, RawRequest(b"odd words"))

    ingest.process(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.FAILED
    assert receipt.error == "RuntimeError: No  and no \ufffd here."


def test_a_receipt_that_kills_its_process_is_quarantined_too(
    account: ChannelAccount,
) -> None:
    receipt = ingest.accept(account, _request())
    Receipt.objects.update(attempt_count=3)

    ingest.process(receipt.pk)

    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.QUARANTINED
    assert not Message.objects.exists()


def test_a_quarantined_receipt_can_be_read_again(account: ChannelAccount) -> None:
    receipt = ingest.accept(account, _request())
    Receipt.objects.update(state="quarantined", attempt_count=3, error="A bug.")

    received = ingest.retry_quarantined(receipt)

    assert received[0].created
    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.PROCESSED


def test_a_delivery_report_moves_the_message_it_names(account: ChannelAccount) -> None:
    reply = answer(receive(account, sender="visitor-1"), make_agent())
    Message.objects.filter(pk=reply.pk).update(delivery="sent", external_id="out-1")
    receipt = ingest.accept(account, RawRequest(b'{"delivered": "out-1"}'))

    ingest.process(receipt.pk)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.DELIVERED


def test_a_receipt_that_is_being_processed_is_left_alone(
    account: ChannelAccount,
) -> None:
    receipt = ingest.accept(account, _request())
    Receipt.objects.update(
        attempt_count=1, next_attempt_at=timezone.now() + datetime.timedelta(minutes=1)
    )

    assert ingest.process(receipt.pk) == []
    assert Receipt.objects.get().state == Receipt.State.STORED


@pytest.mark.django_db(transaction=True)
def test_one_event_delivered_fifty_times_at_once_is_one_message() -> None:
    account = ChatAccountFactory.create(adapter="pretend")

    def deliver() -> None:
        ingest.process(ingest.accept(account, _request()).pk)

    results = at_once([functools.partial(deliver)] * 50)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Receipt.objects.count() == 1
    assert Message.objects.count() == 1
