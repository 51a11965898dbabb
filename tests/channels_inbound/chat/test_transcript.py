import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from channels_inbound.adapters.chat.transcript import PAGE_SIZE
from channels_inbound.models import ChannelAccount
from conversations import actions, actor, outbox
from conversations.intake import InboundFile
from conversations.models import Attachment, Conversation, Handoff, Message
from customers.models import Identity
from omnidesk.accounts.models import User
from tests.channels_inbound.chat.browser import Browser, sign_id, sign_jwt
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    answer,
    make_agent,
    receive,
)

pytestmark = pytest.mark.django_db

CANARY = "canary-7f3a"


@pytest.fixture
def account() -> ChannelAccount:
    account: ChannelAccount = ChatAccountFactory.create(inbox=InboxFactory.create())
    return account


@pytest.fixture
def browser(account: ChannelAccount) -> Browser:
    browser = Browser(account)
    browser.write("Hello")
    return browser


@pytest.fixture
def agent(account: ChannelAccount) -> User:
    return make_agent(
        inbox=account.inbox, name="Maya Ortiz", email=f"{CANARY}@acme.example"
    )


def chat_message() -> Message:
    return Message.objects.filter(direction="inbound").select_related(
        "conversation", "via", "identity"
    )[0]


def deliver(message: Message) -> Message:
    """Do what follows after the commit, which a test's transaction never reaches."""
    outbox.claim(message.pk)
    outbox.record_delivery(message.pk, "sent")
    return message


def test_an_agents_reply_shows_a_first_name_and_nothing_else(
    browser: Browser, agent: User
) -> None:
    message = deliver(answer(chat_message(), agent, "It left today."))

    page = browser.sync()

    assert page["items"][-1] == {
        "id": message.uuid.hex,
        "kind": "message",
        "client_id": "",
        "author": {"kind": "agent", "name": "Maya"},
        "text": "It left today.",
        "channel": "",
        "at": message.sent_at.isoformat(),
        "order": page["items"][-1]["order"],
        "files": [],
        "sources": [],
    }
    assert CANARY not in str(page)
    assert "Ortiz" not in str(page)


def test_the_bots_answer_carries_its_sources(browser: Browser) -> None:
    first = chat_message()
    Conversation.objects.update(handler="bot")
    source = {"title": "Parcels", "url": "/help/parcels/", "internal": CANARY}
    assert first.via is not None
    assert first.identity is not None
    deliver(
        actions.reply(
            first.conversation,
            text="Two days.",
            via=first.via,
            identity=first.identity,
            by=actor.BOT,
            sources=[source],
        )
    )

    item = browser.sync()["items"][-1]

    assert item["author"] == {"kind": "bot", "name": ""}
    assert item["sources"] == [{"title": "Parcels", "url": "/help/parcels/"}]


def test_a_note_is_nowhere_to_be_seen(browser: Browser, agent: User) -> None:
    conversation = chat_message().conversation
    by = actor.agent(agent)
    for number in range(5):
        deliver(answer(chat_message(), agent, f"Reply {number}"))
        note = actions.note(conversation, text=f"{CANARY} {number}", by=by)
        Attachment.objects.create(
            message=note,
            filename=f"{CANARY}.txt",
            content_type="text/plain",
            size=1,
            file=ContentFile(b"x", name="x"),
        )
        actions.assign(conversation, to=agent, by=by)

        seen = [browser.open(), browser.sync(), browser.sync(after="x.1.1")]

        assert CANARY not in str(seen)
        assert f"Reply {number}" in str(seen)
    file = Attachment.objects.filter(filename__startswith=CANARY)[0]
    response = browser.client.get(
        browser.url(f"files/{file.uuid}"), headers=browser.headers()
    )
    assert response.status_code == 404


def test_a_reply_that_was_taken_back_is_gone(browser: Browser, agent: User) -> None:
    message = answer(chat_message(), agent, CANARY)
    actions.take_back(message, by=actor.agent(agent))

    assert CANARY not in str(browser.sync())


def test_what_another_visitor_said_is_not_shown(account: ChannelAccount) -> None:
    Browser(account).write(CANARY)
    browser = Browser(account)
    browser.write("Hello")

    assert browser.texts() == ["Hello"]


def test_a_visitor_whom_the_site_signs_sees_what_went_by_mail(
    account: ChannelAccount, agent: User
) -> None:
    mail = EmailAccountFactory.create(inbox=account.inbox)
    browser = Browser(
        account, user={"jwt": sign_jwt(account, sub="42", email="ana@example.com")}
    )
    browser.write("Hello")
    first = chat_message()
    address = Identity.objects.get(scheme="mailto")
    deliver(
        actions.reply(
            first.conversation,
            text="By mail",
            via=mail,
            identity=address,
            by=actor.agent(agent),
        )
    )
    Message.objects.update(deliver_at=None)
    Message.objects.filter(text="By mail").update(delivery="sent")

    items = [item for item in browser.sync()["items"] if item["kind"] == "message"]

    assert [(item["text"], item["channel"]) for item in items] == [
        ("Hello", ""),
        ("By mail", "email"),
    ]


def test_a_visitor_nobody_signs_sees_only_what_went_by_chat(
    browser: Browser, account: ChannelAccount, agent: User
) -> None:
    mail = EmailAccountFactory.create(inbox=account.inbox)
    first = chat_message()
    written = receive(mail, CANARY, sender="ana@example.com")
    Message.objects.filter(pk=written.pk).update(conversation=first.conversation)
    Identity.objects.update(customer=first.conversation.customer)

    assert browser.texts() == ["Hello"]


def test_mail_that_may_still_be_taken_back_is_not_shown_yet(
    account: ChannelAccount, agent: User
) -> None:
    mail = EmailAccountFactory.create(inbox=account.inbox)
    browser = Browser(
        account, user={"jwt": sign_jwt(account, sub="42", email="ana@example.com")}
    )
    browser.write("Hello")
    first = chat_message()
    waiting = actions.reply(
        first.conversation,
        text="By mail",
        via=mail,
        identity=Identity.objects.get(scheme="mailto"),
        by=actor.agent(agent),
    )
    deliver(answer(first, agent, "By chat"))
    before = browser.sync()
    Message.objects.filter(pk=waiting.pk).update(delivery="sent")

    later = browser.sync(after=before["cursor"])

    assert "By mail" not in str(before)
    assert "By mail" in str(later)
    assert browser.sync(after=later["cursor"])["items"] == []


def test_a_strangers_answer_in_the_same_conversation_is_not_shown(
    account: ChannelAccount,
) -> None:
    mail = EmailAccountFactory.create(inbox=account.inbox)
    browser = Browser(account, user={"id": "42", "hash": sign_id(account, "42")})
    browser.write("Hello")
    written = receive(mail, CANARY, sender="stranger@example.com")
    Message.objects.filter(pk=written.pk).update(
        conversation=chat_message().conversation
    )

    assert browser.texts() == ["Hello"]


def test_a_cursor_brings_only_what_came_after_it(browser: Browser, agent: User) -> None:
    cursor = browser.sync()["cursor"]
    deliver(answer(chat_message(), agent, "One"))
    deliver(answer(chat_message(), agent, "Two"))

    page = browser.sync(after=cursor)

    assert [item["kind"] for item in page["items"]] == ["arrival", "message", "message"]
    assert [item.get("text") for item in page["items"]] == [None, "One", "Two"]
    assert browser.sync(after=page["cursor"])["items"] == []


@pytest.mark.parametrize("cursor", ["x", "..", "0.0.0", "a" * 5000, "%00.1.1", "é.1.1"])
def test_a_cursor_that_is_none_begins_at_the_start(
    browser: Browser, cursor: str
) -> None:
    page = browser.sync(after=cursor)

    assert [item["text"] for item in page["items"]] == ["Hello"]


def test_a_long_transcript_comes_in_pages(account: ChannelAccount) -> None:
    browser = Browser(account)
    browser.write("Message 0")
    first = chat_message()
    for number in range(1, PAGE_SIZE + 10):
        receive(
            account,
            f"Message {number}",
            sender=first.identity.value,  # type: ignore[union-attr]
        )

    newest = browser.sync()
    earlier = browser.sync(before=newest["items"][0]["id"])

    assert newest["items"][0]["text"] == "Message 10"
    assert newest["earlier"] is True
    assert [item["text"] for item in earlier["items"]] == [
        f"Message {number}" for number in range(10)
    ]
    assert earlier["earlier"] is False


def test_an_accepted_handoff_says_who_joined(browser: Browser, agent: User) -> None:
    conversation = chat_message().conversation
    Conversation.objects.update(handler="bot")
    actions.hand_off(conversation, reason=Handoff.Reason.WISH, by=actor.BOT, ask=CANARY)
    actions.accept(conversation, by=actor.agent(agent))
    before = browser.sync()
    deliver(answer(chat_message(), agent, "Hello from me"))

    after = browser.sync()

    arrivals = [item for item in before["items"] if item["kind"] == "arrival"]
    assert [item["author"] for item in arrivals] == [{"kind": "agent", "name": "Maya"}]
    assert [item for item in after["items"] if item["kind"] == "arrival"] == arrivals
    assert CANARY not in str(after)


def test_the_first_reply_says_who_joined_above_it(
    browser: Browser, agent: User
) -> None:
    deliver(answer(chat_message(), agent, "One"))
    deliver(answer(chat_message(), agent, "Two"))

    kinds = [item["kind"] for item in browser.sync()["items"]]

    assert kinds == ["message", "arrival", "message", "message"]


def test_a_visitor_gets_their_own_file_back(account: ChannelAccount) -> None:
    browser = Browser(account)
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    response = browser.send_file("my photo.png", png)

    file = browser.sync()["items"][0]["files"][0]
    given = browser.client.get(
        browser.url(f"files/{Attachment.objects.get().uuid}"), headers=browser.headers()
    )

    assert response.status_code == 201
    assert file == {
        "id": Attachment.objects.get().uuid.hex,
        "name": "my photo.png",
        "type": "image/png",
        "size": 28,
    }
    assert b"".join(given) == png
    assert given.headers["Content-Type"] == "image/png"
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    given.close()


def test_a_page_that_calls_itself_a_picture_is_given_back_as_bytes(
    account: ChannelAccount,
) -> None:
    browser = Browser(account)
    browser.send_file("cat.png", b"<html><script>alert(1)</script>")

    given = browser.client.get(
        browser.url(f"files/{Attachment.objects.get().uuid}"), headers=browser.headers()
    )

    assert given.headers["Content-Type"] == "application/octet-stream"
    given.close()


def test_a_file_posted_again_is_one_message(account: ChannelAccount) -> None:
    browser = Browser(account)

    first = browser.send_file("a.txt", b"words", id="the-same-id")
    again = browser.send_file("a.txt", b"words", id="the-same-id")

    assert first.json() == again.json()
    assert Attachment.objects.count() == 1


def test_another_visitor_does_not_get_the_file(account: ChannelAccount) -> None:
    Browser(account).send_file("a.txt", b"words")
    browser = Browser(account)
    browser.write("Hello")

    response = browser.client.get(
        browser.url(f"files/{Attachment.objects.get().uuid}"), headers=browser.headers()
    )

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        pytest.param("run.exe", b"MZ", 415, id="program"),
        pytest.param("page.html", b"<p>", 415, id="page"),
        pytest.param("cat.svg", b"<svg/>", 415, id="drawing with scripts"),
        pytest.param("a.png.js", b"x", 415, id="two endings"),
        pytest.param("png", b"x", 415, id="no ending"),
        pytest.param("a.txt", b"", 422, id="empty"),
        pytest.param("a.txt", b"x" * (10 * 1024 * 1024 + 1), 413, id="too large"),
    ],
)
def test_a_file_that_may_not_be_sent_is_refused(
    account: ChannelAccount, name: str, content: bytes, status: int
) -> None:
    response = Browser(account).send_file(name, content)

    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert not Attachment.objects.exists()


def test_a_files_name_loses_its_path(account: ChannelAccount) -> None:
    Browser(account).send_file("..\\..\\x\u202e.txt", b"words")

    assert Attachment.objects.get().filename == "x.txt"


def test_a_file_an_agent_sends_reaches_the_visitor(
    browser: Browser, agent: User
) -> None:
    file = Attachment.objects.create(
        file=ContentFile(b"%PDF-1.7", name="x"),
        filename="invoice.pdf",
        content_type="application/pdf",
        size=8,
    )
    deliver(answer(chat_message(), agent, "Here.", attachments=[file]))

    files = browser.sync()["items"][-1]["files"]

    assert [given["name"] for given in files] == ["invoice.pdf"]


def test_an_inbound_file_by_mail_stays_hidden_from_a_stranger(
    browser: Browser, account: ChannelAccount
) -> None:
    mail = receive(
        EmailAccountFactory.create(inbox=account.inbox),
        attachments=(InboundFile("secret.txt", "text/plain", b"x"),),
        sent_at=timezone.now() - datetime.timedelta(days=1),
    )

    response = browser.client.get(
        browser.url(f"files/{mail.attachments.get().uuid}"), headers=browser.headers()
    )

    assert response.status_code == 404
