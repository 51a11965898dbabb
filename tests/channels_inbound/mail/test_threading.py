import pytest
from django.utils import timezone

from channels_inbound import delivery, ingest, mailroom
from channels_inbound.models import ChannelAccount, Receipt
from conversations.models import Conversation, Message
from conversations.threads import Reason
from tests.channels_inbound.mail.letters import write
from tests.channels_inbound.sink import Sink
from tests.factories import EmailAccountFactory, answer, make_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(sink: Sink) -> ChannelAccount:
    made: ChannelAccount = EmailAccountFactory.create(
        address="support@acme.example", settings={"smtp_url": sink.url}
    )
    return made


def _arrive(text: str = "Where is it?", **values: str) -> Message:
    """Return the message that a mail became; its envelope names the To address."""
    to = values.get("to", "support@acme.example")
    mail = write(text, **values)
    (receipt_id,) = mailroom.store(mail.as_bytes(), sender="", recipients=[to])
    received = ingest.process(receipt_id)
    assert received, Receipt.objects.get(pk=receipt_id).error
    return received[0].message


def _reply(message: Message, text: str = "It left today.") -> Message:
    reply = answer(message, make_agent(name="Maya Ortiz"), text)
    Message.objects.filter(pk=reply.pk).update(deliver_at=timezone.now())
    delivery.deliver(reply.pk)
    reply.refresh_from_db()
    return reply


def test_an_answer_to_our_mail_comes_back_to_its_conversation(
    support: ChannelAccount, sink: Sink
) -> None:
    message = _arrive()
    _reply(message)
    ours = sink.mails[0]

    again = _arrive(
        "Thanks!",
        to=str(ours["Reply-To"].addresses[0].addr_spec),
        subject="Re: My parcel",
        message_id="<2@example.com>",
    )

    assert again.conversation == message.conversation
    assert again.thread_reason == Reason.TOKEN


def test_an_answer_that_lost_the_reply_address_comes_back_by_its_references(
    support: ChannelAccount, sink: Sink
) -> None:
    message = _arrive()
    _reply(message)

    again = _arrive(
        "Thanks!",
        message_id="<2@example.com>",
        in_reply_to=str(sink.mails[0]["Message-ID"]),
    )

    assert again.conversation == message.conversation


def test_a_token_survives_being_written_in_capitals(
    support: ChannelAccount, sink: Sink
) -> None:
    message = _arrive()
    _reply(message)
    address = str(sink.mails[0]["Reply-To"].addresses[0].addr_spec)

    again = _arrive("Thanks!", to=address.upper(), message_id="<2@example.com>")

    assert again.conversation == message.conversation


def test_a_stranger_who_got_our_mail_forwarded_joins_as_a_third_party(
    support: ChannelAccount, sink: Sink
) -> None:
    message = _arrive()
    _reply(message)

    stranger = _arrive(
        "I am her lawyer.",
        sender="eve@example.net",
        to=str(sink.mails[0]["Reply-To"].addresses[0].addr_spec),
        message_id="<2@example.net>",
    )
    second = _reply(message, "Hello Ana.")

    assert stranger.conversation == message.conversation
    assert stranger.thread_reason == Reason.THIRD_PARTY
    assert not stranger.sender_verified
    assert sink.envelopes[1].rcpt_tos == ["ana@example.com"]
    assert second.identity == message.identity


def test_a_forged_in_reply_to_starts_a_conversation_of_its_own(
    support: ChannelAccount,
) -> None:
    message = _arrive(message_id="<1@example.com>")

    forged = _arrive(
        "Send it to me.",
        sender="eve@example.net",
        message_id="<2@example.net>",
        in_reply_to="<1@example.com>",
    )

    assert forged.conversation != message.conversation


def test_the_subject_alone_joins_nothing(support: ChannelAccount) -> None:
    message = _arrive(subject="[#1] My parcel")

    other = _arrive(subject="Re: [#1] My parcel", message_id="<2@example.com>")

    assert other.conversation != message.conversation


def test_somebody_in_copy_becomes_nobodys_recipient(
    support: ChannelAccount, sink: Sink
) -> None:
    message = _arrive(cc="eve@example.net")

    _reply(message)

    assert sink.envelopes[0].rcpt_tos == ["ana@example.com"]


def test_a_bounce_marks_the_mail_it_returns(
    support: ChannelAccount, sink: Sink
) -> None:
    reply = _reply(_arrive())
    bounce = _bounce_of(str(sink.mails[0]["Message-ID"]))

    (receipt_id,) = mailroom.store(
        bounce, sender="", recipients=["support@acme.example"]
    )
    ingest.process(receipt_id)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.FAILED
    assert reply.explanation.startswith("There is no such mailbox.")
    assert Conversation.objects.count() == 1


def test_a_bounce_of_a_mail_that_a_relay_renamed_is_seen_by_agents(
    support: ChannelAccount,
) -> None:
    bounce = _bounce_of("<renamed@relay.example>")

    (receipt_id,) = mailroom.store(
        bounce, sender="", recipients=["support@acme.example"]
    )
    ingest.process(receipt_id)

    message = Message.objects.get()
    assert message.text == "Your mail did not arrive."
    assert message.automatic
    assert message.conversation.handler == Conversation.Handler.HUMAN


def test_an_automatic_mail_waits_for_nobody(support: ChannelAccount) -> None:
    message = _arrive("I am away.", auto_submitted="auto-replied")

    assert message.conversation.handler == Conversation.Handler.HUMAN
    assert message.conversation.waiting_since is None


def test_our_own_automatic_mail_that_comes_back_is_answered_by_nobody(
    support: ChannelAccount,
) -> None:
    message = _arrive("Thank you for writing.", sender="support@acme.example")

    assert message.conversation.waiting_since is None


def _bounce_of(message_id: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)\r\n"
        "To: support@acme.example\r\n"
        "Return-Path: <>\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Message-ID: <bounce-1@mx.example>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
        "\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; ana@example.com\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"From: support@acme.example\r\nMessage-ID: {message_id}\r\n\r\nHello\r\n"
        "--b--\r\n"
    ).encode()
