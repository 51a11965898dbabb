import pytest

from channels_inbound import ingest, mailroom
from channels_inbound.models import Receipt
from conversations.models import Message
from tests.channels_inbound.mail.letters import write
from tests.factories import EmailAccountFactory

pytestmark = pytest.mark.django_db

SUPPORT = "support@acme.example"

_PART = b"--b\r\nContent-Type: text/plain\r\n\r\npart\r\n"

NASTY = {
    "no From": b"To: support@acme.example\r\nSubject: x\r\n\r\nHello\r\n",
    "no body": b"From: ana@example.com\r\nSubject: x\r\n\r\n",
    "nothing": b"",
    "no headers": b"\r\n\r\nHello\r\n",
    "NUL": b"From: ana@example.com\r\nSubject: a\x00b\r\n\r\nHel\x00lo\r\n",
    "no such charset": b"From: ana@example.com\r\nContent-Type: text/plain; "
    b"charset=x-none\r\n\r\nHello\r\n",
    "wrong charset": b"From: ana@example.com\r\nContent-Type: text/plain; "
    b"charset=utf-8\r\n\r\nGr\xfc\xdfe\r\n",
    "a lone surrogate": b"From: ana@example.com\r\nSubject: =?utf-8?B?7aC9?=\r\n\r\nx",
    "cut base64": b"From: ana@example.com\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"SGVsbG8gd29ybG\r\n",
    "no end of parts": b"From: ana@example.com\r\nContent-Type: multipart/mixed; "
    b"boundary=b\r\n\r\n" + _PART,
    "a thousand parts": b"From: ana@example.com\r\nContent-Type: multipart/mixed; "
    b"boundary=b\r\n\r\n" + _PART * 1000 + b"--b--\r\n",
    "an id in brackets": b"From: ana@example.com\r\nMessage-ID: <[x@y]>\r\n\r\nHello",
    "an address no mail can have": b"From: <a b@@c>\r\nSubject: x\r\n\r\nHello\r\n",
    "only noise": bytes(range(256)) * 20,
}


def _arrive(raw: bytes) -> Receipt:
    (receipt_id,) = mailroom.store(raw, sender="", recipients=[SUPPORT])
    ingest.process(receipt_id)
    return Receipt.objects.get(pk=receipt_id)


@pytest.mark.parametrize("raw", NASTY.values(), ids=NASTY.keys())
def test_a_broken_mail_is_stored_and_seen(raw: bytes) -> None:
    EmailAccountFactory.create(address=SUPPORT)

    receipt = _arrive(raw)

    assert bytes(receipt.raw) == raw
    assert receipt.state in {Receipt.State.PROCESSED, Receipt.State.QUARANTINED}
    assert Message.objects.exists() == (receipt.state == Receipt.State.PROCESSED)


@pytest.mark.parametrize("raw", NASTY.values(), ids=NASTY.keys())
def test_a_broken_mail_does_not_hold_up_the_next_one(raw: bytes) -> None:
    EmailAccountFactory.create(address=SUPPORT)
    _arrive(raw)

    receipt = _arrive(write("Where is it?").as_bytes())

    assert receipt.state == Receipt.State.PROCESSED
    assert Message.objects.filter(text="Where is it?").exists()


def test_a_mail_without_a_sender_is_shown_and_cannot_be_answered() -> None:
    EmailAccountFactory.create(address=SUPPORT)

    _arrive(NASTY["no From"])

    message = Message.objects.get()
    assert message.identity is not None
    assert message.identity.value.endswith("@sender.invalid")


def test_a_mail_of_thirty_megabytes_is_filed_with_its_attachment() -> None:
    EmailAccountFactory.create(address=SUPPORT)
    mail = write("See the film.")
    mail.add_attachment(
        b"\x00" * 22_000_000, maintype="video", subtype="mp4", filename="film.mp4"
    )
    raw = mail.as_bytes()

    receipt = _arrive(raw)

    assert len(raw) > 29_000_000
    assert receipt.state == Receipt.State.PROCESSED
    assert Message.objects.get().attachments.get().size == 22_000_000
