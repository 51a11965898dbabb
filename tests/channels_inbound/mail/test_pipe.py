"""A mail server's pipe: one mail on standard input."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from channels_inbound import ingest
from channels_inbound.models import ChannelAccount, Receipt
from conversations.models import Message
from tests.channels_inbound.mail.letters import write
from tests.factories import EmailAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> ChannelAccount:
    mail = io.BytesIO(write("Where is it?").as_bytes())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(mail))
    made: ChannelAccount = EmailAccountFactory.create()
    return made


def test_a_mail_by_a_pipe_becomes_a_message(account: ChannelAccount) -> None:
    call_command("ingest", "--account", str(account.pk))

    assert Message.objects.get().text == "Where is it?"


def test_an_envelope_with_bytes_of_any_kind_is_taken(account: ChannelAccount) -> None:
    call_command("ingest", "--account", str(account.pk), "--sender", "an\udcff@x.org")

    assert Receipt.objects.get().context["envelope_from"] == "an\ufffd@x.org"


def test_a_mail_that_is_stored_is_taken_whatever_comes_after(
    account: ChannelAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_the_database(receipt_id: int) -> None:
        raise OperationalError("The server is away.")

    monkeypatch.setattr(ingest, "process", lose_the_database)

    call_command("ingest", "--account", str(account.pk))

    assert Receipt.objects.get().state == Receipt.State.STORED


def test_a_mail_for_no_account_stays_with_the_mail_server(
    account: ChannelAccount,
) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("ingest", "--account", str(account.pk + 1))

    assert refused.value.returncode == 75
