import json
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from channels_inbound.adapters.chat import limits, visitor
from channels_inbound.models import Receipt
from conversations.models import Conversation, Message
from customers.models import Claim, Customer, Identity
from tests.channels_inbound.chat.browser import Browser
from tests.factories import ChatAccountFactory, EmailAccountFactory, receive
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def test_a_window_without_a_message_leaves_nothing_behind() -> None:
    browser = Browser(ChatAccountFactory.create())
    browser.open()
    browser.sync()

    assert not Customer.objects.exists()
    assert not Identity.objects.exists()
    assert not Conversation.objects.exists()
    assert not Receipt.objects.exists()
    assert not Session.objects.exists()


def test_a_posted_message_opens_a_conversation() -> None:
    browser = Browser(ChatAccountFactory.create())

    response = browser.write("Where is my parcel?")

    message = Message.objects.get()
    assert response.status_code == 201
    assert response.json() == {"id": message.uuid.hex}
    assert message.text == "Where is my parcel?"
    assert message.via is not None
    assert message.via.pk == browser.account.pk
    assert browser.texts() == ["Where is my parcel?"]


def test_a_second_message_goes_into_the_same_conversation() -> None:
    browser = Browser(ChatAccountFactory.create())

    browser.write("One")
    browser.write("Two")

    assert Conversation.objects.count() == 1
    assert browser.texts() == ["One", "Two"]


def test_a_message_posted_again_is_filed_once() -> None:
    browser = Browser(ChatAccountFactory.create())
    client_id = uuid.uuid4().hex

    first = browser.write(id=client_id)
    again = browser.write(id=client_id)

    assert first.json() == again.json()
    assert again.status_code == 201
    assert Message.objects.count() == 1


def test_two_visitors_may_use_one_id() -> None:
    account = ChatAccountFactory.create()
    client_id = uuid.uuid4().hex

    Browser(account).write("Mine", id=client_id)
    Browser(account).write("Mine too", id=client_id)

    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_copies_posted_at_once_are_one_message() -> None:
    browser = Browser(ChatAccountFactory.create())
    client_id = uuid.uuid4().hex

    answers = at_once([lambda: browser.write(id=client_id).status_code] * 20)

    assert set(answers) <= {201, 202}
    assert 201 in answers
    assert Message.objects.count() == 1
    assert Receipt.objects.get().state == Receipt.State.PROCESSED
    assert Customer.objects.count() == 1


def test_a_message_that_cannot_be_filed_is_stored_and_filed_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = Browser(ChatAccountFactory.create())
    with monkeypatch.context() as broken:
        broken.setattr("conversations.intake.receive", _fail)
        response = browser.write("Keep me")

    receipt = Receipt.objects.get()
    assert response.status_code == 202
    assert receipt.state == Receipt.State.FAILED
    assert json.loads(bytes(receipt.raw))["text"] == "Keep me"


def test_text_that_the_database_refuses_is_cleaned() -> None:
    browser = Browser(ChatAccountFactory.create())

    browser.write("a\x00b\ud83dc")

    assert Message.objects.get().text == "ab\ufffdc"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        pytest.param({"text": ""}, 422, id="empty"),
        pytest.param({"text": " \n\x00"}, 422, id="blank"),
        pytest.param({"text": "x" * 8001}, 422, id="too long"),
        pytest.param({"text": ["Hello"]}, 422, id="not a text"),
        pytest.param({"text": "Hello", "id": "short"}, 422, id="no id"),
        pytest.param({"text": "Hello", "id": {"$ne": 1}}, 422, id="not an id"),
        pytest.param({"text": "x" * 70_000}, 413, id="too many bytes"),
    ],
)
def test_a_message_that_is_none_is_refused_and_not_stored(
    said: dict[str, object], status: int
) -> None:
    browser = Browser(ChatAccountFactory.create())

    response = browser.request("messages", **{"id": uuid.uuid4().hex, **said})

    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("body", ["[]", "nonsense", "[" * 20_000, '"text"'])
def test_a_body_that_is_no_object_is_refused(body: str) -> None:
    browser = Browser(ChatAccountFactory.create())

    response = browser.client.post(
        browser.url("messages"),
        body,
        content_type="application/json",
        headers=browser.headers(),
    )

    assert response.status_code == 400


def test_the_wish_for_a_person_and_the_page_reach_the_agents() -> None:
    browser = Browser(ChatAccountFactory.create())

    browser.write("A person", wish="person", page="https://a.example/x?key=secret#y")

    headers = Message.objects.get().original.headers
    assert headers == {"wish": "person", "page": "https://a.example/x"}


def test_a_request_without_a_token_is_refused() -> None:
    browser = Browser(ChatAccountFactory.create())
    browser.token = ""

    assert browser.write().status_code == 401


def test_a_token_of_another_account_is_refused() -> None:
    stranger = Browser(ChatAccountFactory.create())
    browser = Browser(ChatAccountFactory.create())
    browser.token = stranger.token

    response = browser.write()

    assert response.status_code == 401
    assert not Receipt.objects.exists()


def test_a_token_that_was_changed_is_refused() -> None:
    browser = Browser(ChatAccountFactory.create())
    browser.token = "A" + browser.token[1:]

    assert browser.write().status_code == 401


def test_an_expired_token_is_refused_and_a_new_session_begins_as_a_stranger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(visitor, "ANONYMOUS_SECONDS", -1)
    browser = Browser(ChatAccountFactory.create())
    monkeypatch.undo()
    before = browser.session["visitor"]["key"]

    response = browser.write()
    after = browser.open()["visitor"]["key"]

    assert response.status_code == 401
    assert after != before


def test_a_token_finds_its_visitor_again() -> None:
    browser = Browser(ChatAccountFactory.create())
    browser.write("Still here?")

    session = browser.open()

    assert [item["text"] for item in session["items"]] == ["Still here?"]


def test_an_account_that_was_switched_off_is_not_there() -> None:
    browser = Browser(ChatAccountFactory.create())
    browser.account.is_active = False
    browser.account.save()

    assert browser.write().status_code == 404


def test_a_mail_account_has_no_window() -> None:
    account = EmailAccountFactory.create()

    response = Client().get(f"/w/{account.token}/")

    assert response.status_code == 404


def test_a_typed_address_joins_nobody_and_shows_nothing() -> None:
    mail = receive(EmailAccountFactory.create(), "My secret", sender="ana@example.com")
    browser = Browser(ChatAccountFactory.create(inbox=mail.conversation.inbox))
    browser.write("Hello")

    response = browser.request("email", email="Ana@Example.com")

    visitor_customer = Identity.objects.get(scheme="chat").customer
    assert response.status_code == 201
    assert visitor_customer != mail.conversation.customer
    assert Claim.objects.get().customer == visitor_customer
    assert Identity.objects.filter(value="ana@example.com").count() == 1
    assert browser.texts() == ["Hello"]
    assert browser.open()["ask_email"] is False


def test_an_address_before_the_first_message_is_not_kept() -> None:
    browser = Browser(ChatAccountFactory.create())

    assert browser.request("email", email="ana@example.com").status_code == 409
    assert not Customer.objects.exists()


@pytest.mark.parametrize("address", ["", "ana", "a b@example.com", 7, None])
def test_something_else_than_an_address_is_refused(address: object) -> None:
    browser = Browser(ChatAccountFactory.create())
    browser.write()

    assert browser.request("email", email=address).status_code == 422
    assert not Claim.objects.exists()


def test_a_visitor_who_writes_too_often_is_told_when_to_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(limits.PER_VISITOR, "message", (2, 3600))
    browser = Browser(ChatAccountFactory.create())

    answers = [browser.write() for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert Message.objects.count() == 2


def test_one_address_cannot_fill_the_desk_with_customers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(limits.PER_ADDRESS, "first", (2, 3600))
    account = ChatAccountFactory.create()
    known = Browser(account)
    known.write()

    answers = [Browser(account).write().status_code for _ in range(3)]

    assert answers == [201, 429, 429]
    assert known.write().status_code == 201
    assert Customer.objects.count() == 2


def test_no_answer_of_the_api_is_kept_by_caches_or_sets_a_cookie() -> None:
    browser = Browser(ChatAccountFactory.create())

    response = browser.write()

    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_another_visitors_message_cannot_be_looked_behind() -> None:
    account = ChatAccountFactory.create()
    other = Browser(account)
    for number in range(3):
        other.write(f"Secret {number}")
    last = other.sync()["items"][-1]["id"]
    browser = Browser(account)
    browser.write("Hello")

    found = browser.sync(before=last)
    later = browser.sync(after=f"{last}.1.0")

    assert found["items"] == []
    assert [item["text"] for item in later["items"]] == ["Hello"]


def _fail(*args: object) -> None:
    raise RuntimeError("The database is on fire.")
