import json
import smtplib
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from channels_inbound import ingest, mailroom
from channels_inbound.models import Receipt
from conversations.models import Conversation, Message
from tests.channels_inbound.mail.conftest import listener
from tests.channels_inbound.mail.letters import submit, write
from tests.factories import EmailAccountFactory

SUPPORT = "support@acme.example"


def _deliver(*mails: EmailMessage, to: Sequence[str] = (SUPPORT,)) -> None:
    """Send by SMTP, and wait until what was acknowledged is filed."""
    with listener() as port:
        for mail in mails:
            with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
                client.sendmail("ana@example.com", list(to), mail.as_bytes())


def test_a_mail_is_committed_before_it_is_acknowledged(port: int) -> None:
    EmailAccountFactory.create(address=SUPPORT)

    submit(port, write())

    assert Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_by_smtp_becomes_a_message() -> None:
    EmailAccountFactory.create(address=SUPPORT)

    _deliver(write("Where is it?", subject="My parcel"))

    message = Message.objects.get()
    assert message.text == "Where is it?"
    assert message.conversation.subject == "My parcel"
    assert message.identity is not None
    assert message.identity.value == "ana@example.com"
    assert message.identity.customer.name == "Ana Ruiz"


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_twice_is_one_message() -> None:
    EmailAccountFactory.create(address=SUPPORT)

    _deliver(write(), write())

    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_by_another_hop_is_one_message_still() -> None:
    EmailAccountFactory.create(address=SUPPORT)

    _deliver(write(), write(received="from relay.example by mx.example"))

    assert Receipt.objects.count() == 2
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_forged_message_id_does_not_suppress_the_real_mail() -> None:
    EmailAccountFactory.create(address=SUPPORT)

    _deliver(write("Forged", sender="eve@example.net"))
    _deliver(write("Real"), write("Real", received="from a by b"))

    assert sorted(Message.objects.values_list("text", flat=True)) == ["Forged", "Real"]


def test_a_mail_for_nobody_is_refused_at_the_door(port: int) -> None:
    EmailAccountFactory.create(address=SUPPORT)

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        submit(port, write(), to="nobody@acme.example")

    assert refused.value.recipients["nobody@acme.example"][0] == 550


def test_an_address_with_a_plus_is_ours(port: int) -> None:
    EmailAccountFactory.create(address=SUPPORT)

    submit(port, write(), to="support+anything@acme.example")

    assert Receipt.objects.get().context["recipients"] == [
        "support+anything@acme.example"
    ]


def test_a_switched_off_mailbox_takes_nothing(port: int) -> None:
    EmailAccountFactory.create(address=SUPPORT, is_active=False)

    with pytest.raises(smtplib.SMTPRecipientsRefused):
        submit(port, write())


@pytest.mark.django_db(transaction=True)
def test_a_mail_for_two_of_our_mailboxes_is_filed_in_both() -> None:
    EmailAccountFactory.create(address=SUPPORT)
    EmailAccountFactory.create(address="sales@acme.example")

    _deliver(write(), to=[SUPPORT, "sales@acme.example"])

    assert Conversation.objects.count() == 2


def test_a_mail_that_is_too_large_is_refused(
    transactional_db: None, settings: Settings
) -> None:
    settings.MAIL_MAX_BYTES = 1000
    EmailAccountFactory.create(address=SUPPORT)

    with listener() as port, pytest.raises(smtplib.SMTPException) as refused:
        submit(port, write("x" * 2000))

    assert getattr(refused.value, "smtp_code", 552) == 552
    assert not Receipt.objects.exists()


def test_by_lmtp_each_recipient_gets_an_answer(transactional_db: None) -> None:
    EmailAccountFactory.create(address=SUPPORT)
    EmailAccountFactory.create(address="sales@acme.example")

    with listener(lmtp=True) as port, smtplib.LMTP("127.0.0.1", port) as client:
        client.ehlo()
        client.mail("ana@example.com")
        client.rcpt(SUPPORT)
        client.rcpt("sales@acme.example")
        first = client.data(write().as_bytes())
        second = client.getreply()

    assert first[0] == 250
    assert second[0] == 250
    assert Receipt.objects.count() == 2


def test_while_the_database_is_away_mail_is_spooled_and_then_filed_once(
    port: int, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    EmailAccountFactory.create(address=SUPPORT)
    with monkeypatch.context() as away:
        away.setattr(ingest, "accept", _raise_database_error)
        submit(port, write("First", message_id="<1@example.com>"))
        submit(port, write("Second", message_id="<2@example.com>"))
    assert not Receipt.objects.exists()

    drained = mailroom.drain_spool()

    assert drained == 2
    assert mailroom.drain_spool() == 0
    texts = Message.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["First", "Second"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(b"not JSON\nSubject: x\n\nx", id="no envelope"),
        pytest.param(b"[1]\nSubject: x\n\nx", id="another JSON"),
        pytest.param(
            b'{"sender": 1e999, "recipients": ["support@acme.example"]}\n\nx',
            id="what the database refuses",
        ),
    ],
)
def test_a_broken_file_in_the_spool_is_set_aside_and_the_next_mail_filed(
    broken: bytes, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    EmailAccountFactory.create(address=SUPPORT)
    _put_into_spool("1", broken)
    _put_into_spool("2", _spooled(SUPPORT) + write("Next").as_bytes())

    drained = mailroom.drain_spool()

    assert drained == 1
    assert Message.objects.get().text == "Next"
    assert [path.name for path in mailroom.spool_folder().iterdir()] == ["1.unreadable"]


@pytest.mark.django_db
def test_a_spooled_mail_for_nobody_is_kept(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    _put_into_spool("1", _spooled(SUPPORT) + write("Hello").as_bytes())

    drained = mailroom.drain_spool()

    assert drained == 0
    assert [path.name for path in mailroom.spool_folder().iterdir()] == ["1.nobody"]


@pytest.mark.django_db
@pytest.mark.parametrize("sender", ["<a\x00na@example.com>", "<an\udcff@example.com>"])
def test_an_envelope_with_bytes_of_any_kind_is_stored(sender: str) -> None:
    EmailAccountFactory.create(address=SUPPORT)

    receipts = mailroom.store(b"Hello", sender=sender, recipients=[SUPPORT])

    assert len(receipts) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("recipient", ["a\x00@acme.example", "a\udcff@acme.example"])
def test_a_recipient_with_bytes_of_any_kind_is_nobody(recipient: str) -> None:
    assert mailroom.account_for(recipient) is None


def test_a_mail_that_nothing_can_store_is_left_with_its_sender(
    port: int, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spool").write_text("a file where the folder should be")
    settings.DATA_DIR = tmp_path
    EmailAccountFactory.create(address=SUPPORT)
    monkeypatch.setattr(ingest, "accept", _raise_database_error)

    with pytest.raises(smtplib.SMTPDataError) as refused:
        submit(port, write())

    assert refused.value.smtp_code == 451


def _raise_database_error(*args: object) -> None:
    raise DatabaseError("The server is away.")


def _spooled(recipient: str) -> bytes:
    return json.dumps({"sender": "", "recipients": [recipient]}).encode() + b"\n"


def _put_into_spool(name: str, content: bytes) -> None:
    mailroom.spool_folder().mkdir(exist_ok=True)
    (mailroom.spool_folder() / f"{name}.mail").write_bytes(content)
