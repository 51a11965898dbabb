import email
from email import policy
from email.message import EmailMessage
from email.message import Message as LegacyMessage

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from channels_inbound.adapters.email.compose import compose
from channels_inbound.models import ChannelAccount
from conversations import actions, actor, outbox
from conversations.intake import InboundFile
from conversations.models import Inbox, InboxAddress, Message
from conversations.outbox import OutboundMessage
from tests.factories import EmailAccountFactory, answer, make_agent, receive

pytestmark = pytest.mark.django_db

EXPECTED_HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version",
    "Content-Type", "In-Reply-To", "References",
}  # fmt: skip


def _outbound(text: str = "It left today.", **values: object) -> OutboundMessage:
    account = EmailAccountFactory.create(
        address="support@acme.example",
        inbox__name="Acme Support",
        inbox__signature="Acme Support\nhttps://acme.example",
    )
    message = receive(
        account,
        subject="My parcel",
        external_id="1@example.com",
        sender_name="Ana Ruiz",
    )
    return _claimed(answer(message, make_agent(name="Maya Ortiz"), text, **values))


def _claimed(reply: Message) -> OutboundMessage:
    Message.objects.filter(pk=reply.pk).update(deliver_at=reply.created_at)
    outbound = outbox.claim(reply.pk)
    assert outbound is not None
    return outbound


def _composed(outbound: OutboundMessage) -> EmailMessage:
    """Return the mail as its receiver reads it."""
    account = ChannelAccount.objects.select_related("inbox").get(pk=outbound.via_id)
    raw = compose(account, outbound).as_bytes()
    return email.message_from_bytes(raw, policy=policy.default)


def test_an_answer_has_the_headers_that_thread_it() -> None:
    outbound = _outbound()

    mail = _composed(outbound)

    assert mail["In-Reply-To"] == "<1@example.com>"
    assert mail["References"] == "<1@example.com>"
    assert mail["Subject"] == "Re: My parcel"
    assert mail["To"] == "Ana Ruiz <ana@example.com>"
    assert mail["From"] == '"Maya (Acme Support)" <support@acme.example>'
    assert outbound.reply_token in mail["Reply-To"]
    assert outbound.reply_token in mail["Message-ID"]
    assert set(mail.keys()) == EXPECTED_HEADERS


def test_a_reply_address_is_never_longer_than_an_address_may_be() -> None:
    outbound = _outbound()
    address = "customer-service-europe@acme.example"
    InboxAddress.objects.update(address=address)

    mail = _composed(outbound)

    assert mail["Reply-To"] == f"Acme Support <{address}>"
    assert outbound.reply_token in mail["Message-ID"]


def test_long_ids_are_never_written_as_encoded_words() -> None:
    outbound = _outbound()
    account = ChannelAccount.objects.select_related("inbox").get(pk=outbound.via_id)

    raw = compose(account, outbound).as_bytes()

    for name in (b"Message-ID", b"References", b"In-Reply-To"):
        line = next(line for line in raw.split(b"\r\n") if line.startswith(name))
        assert b"=?" not in line


def test_each_try_has_the_same_message_id() -> None:
    outbound = _outbound()

    assert _composed(outbound)["Message-ID"] == _composed(outbound)["Message-ID"]


def test_one_source_becomes_text_and_html() -> None:
    mail = _composed(_outbound("It **left** today.\n\n[Track](https://acme.example/t)"))

    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "It **left** today." in text.get_content()
    assert "<strong>left</strong>" in html.get_content()
    assert 'href="https://acme.example/t"' in html.get_content()
    assert "-- \nAcme Support\n" in text.get_content().replace("\r\n", "\n")


def test_markup_in_a_reply_stays_text() -> None:
    mail = _composed(_outbound("<script>alert(1)</script> [x](javascript:alert(1))"))

    html = mail.get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()
    assert 'href="javascript' not in html.get_content()


def test_a_mail_that_no_person_wrote_says_so() -> None:
    account = EmailAccountFactory.create(inbox__bot_enabled=True)
    message = receive(account)
    assert message.via is not None
    assert message.identity is not None
    reply = actions.reply(
        message.conversation,
        text="See our help page.",
        via=message.via,
        identity=message.identity,
        by=actor.BOT,
    )

    mail = _composed(_claimed(reply))

    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Omnidesk-Loop"] == "yes"


def test_an_attachment_goes_along() -> None:
    account = EmailAccountFactory.create()
    file = InboundFile("label.pdf", "application/pdf", b"%PDF-1.7")
    message = receive(account, attachments=(file,))
    reply = answer(message, make_agent(), attachments=list(message.attachments.all()))

    mail = _composed(_claimed(reply))

    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "label.pdf"
    assert attached.get_content() == b"%PDF-1.7"


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=120))
def test_no_words_of_a_customer_make_a_header(
    subject: str, name: str, external_id: str
) -> None:
    account = ChannelAccount(
        address="support@acme.example", inbox=Inbox(name="Acme Support")
    )
    outbound = OutboundMessage(
        message_id=1,
        message_uuid="0" * 32,
        via_id=1,
        identity_id=1,
        recipient="ana@example.com",
        recipient_name=name,
        author_kind="agent",
        author_name="Maya",
        subject=f"{subject}\r\nBcc: eve@example.net",
        text="It left today.",
        html="",
        reply_token="a" * 45,
        references=(external_id, "1@example.com"),
        attachments=(),
        attempt=1,
        created_at=timezone.now(),
    )

    raw = compose(account, outbound).as_bytes()

    modern = email.message_from_bytes(raw, policy=policy.default)
    legacy: LegacyMessage = email.message_from_bytes(raw, policy=policy.compat32)
    assert set(modern.keys()) == EXPECTED_HEADERS
    assert set(legacy.keys()) == EXPECTED_HEADERS
    assert [box.addr_spec for box in modern["To"].addresses] == ["ana@example.com"]
