import time
from typing import Any

import pytest

from channels_inbound.models import ChannelAccount
from conversations.models import Conversation, Message
from customers.models import Claim, Customer, Identity
from tests.channels_inbound.chat.browser import Browser, sign_id, sign_jwt
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    receive,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> ChannelAccount:
    account: ChannelAccount = ChatAccountFactory.create(inbox=InboxFactory.create())
    return account


def signed(account: ChannelAccount, **claims: Any) -> Browser:
    told = {"sub": "42", "email": "ana@example.com", "name": "Ana Ruiz", **claims}
    return Browser(account, user={"jwt": sign_jwt(account, **told)})


def chat_identity() -> Identity:
    return Identity.objects.get(scheme="chat")


def test_a_signed_user_joins_the_customer_of_their_mail_address(
    account: ChannelAccount,
) -> None:
    mail = receive(
        EmailAccountFactory.create(inbox=account.inbox), sender="Ana@Example.com"
    )

    signed(account).write("Me again")

    assert chat_identity().customer == mail.conversation.customer
    assert Customer.objects.count() == 1
    assert Identity.objects.get(scheme="mailto").assurance == "verified"
    assert Message.objects.last() == Message.objects.get(text="Me again")


def test_a_signed_user_joins_by_mail_address_when_the_chat_came_first(
    account: ChannelAccount,
) -> None:
    signed(account).write("Hello")

    mail = receive(
        EmailAccountFactory.create(inbox=account.inbox), sender="ana@example.com"
    )

    assert mail.conversation.customer == chat_identity().customer


def test_a_signed_user_finds_the_conversation_on_another_device(
    account: ChannelAccount,
) -> None:
    signed(account).write("From the phone")

    laptop = signed(account)

    assert laptop.texts() == ["From the phone"]
    laptop.write("From the laptop")
    assert Conversation.objects.count() == 1


def test_an_address_told_later_joins_the_customer_known_by_id(
    account: ChannelAccount,
) -> None:
    Browser(account, user={"id": "42", "hash": sign_id(account, "42")}).write("One")

    signed(account).write("Two")

    assert Customer.objects.count() == 1
    assert Identity.objects.filter(scheme="mailto").exists()


def test_users_with_one_id_on_two_sites_are_two_customers(
    account: ChannelAccount,
) -> None:
    other = ChatAccountFactory.create(settings={"secret": "another"})
    Browser(account, user={"id": "7", "hash": sign_id(account, "7")}).write("One")

    browser = Browser(other, user={"id": "7", "hash": sign_id(other, "7")})
    browser.write("Two")

    assert browser.texts() == ["Two"]
    assert Customer.objects.count() == 2


def test_the_hash_of_an_id_proves_no_mail_address(account: ChannelAccount) -> None:
    mail = receive(
        EmailAccountFactory.create(inbox=account.inbox), sender="ana@example.com"
    )
    told = {"id": 42, "hash": sign_id(account, "42"), "email": "ana@example.com"}

    Browser(account, user=told).write("Hello")

    assert chat_identity().assurance == "verified"
    assert chat_identity().customer != mail.conversation.customer
    assert Claim.objects.get().value == "ana@example.com"


def test_an_address_the_site_has_not_verified_stays_a_claim(
    account: ChannelAccount,
) -> None:
    signed(account, email_verified=False).write("Hello")

    assert not Identity.objects.filter(scheme="mailto").exists()
    assert Claim.objects.get().value == "ana@example.com"


def test_an_address_nobody_signed_stays_a_claim(account: ChannelAccount) -> None:
    browser = Browser(account, user={"name": "Ana", "email": "ana@example.com"})

    browser.write("Hello")

    assert chat_identity().assurance == "claimed"
    assert chat_identity().display_name == "Ana"
    assert Claim.objects.get().value == "ana@example.com"
    assert browser.session["warning"] == ""


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(
            lambda a: {"jwt": sign_jwt(a, sub="42", secret="wrong")}, id="key"
        ),
        pytest.param(lambda a: {"jwt": sign_jwt(a, sub="42", alg="none")}, id="none"),
        pytest.param(lambda a: {"jwt": sign_jwt(a, sub="42", alg="HS512")}, id="alg"),
        pytest.param(
            lambda a: {"jwt": sign_jwt(a, sub="42").rpartition(".")[0] + "."},
            id="no signature",
        ),
        pytest.param(
            lambda a: {"jwt": sign_jwt(a, sub="42", exp=time.time() - 120)},
            id="expired",
        ),
        pytest.param(lambda a: {"jwt": sign_jwt(a, sub="42", exp=None)}, id="no exp"),
        pytest.param(lambda a: {"jwt": sign_jwt(a, sub="42", exp=True)}, id="bool exp"),
        pytest.param(
            lambda a: {"jwt": sign_jwt(a, sub="42", nbf=time.time() + 900)}, id="early"
        ),
        pytest.param(lambda a: {"jwt": sign_jwt(a, sub="42", aud="x")}, id="audience"),
        pytest.param(lambda a: {"jwt": sign_jwt(a)}, id="no sub"),
        pytest.param(lambda a: {"jwt": sign_jwt(a, sub="")}, id="empty sub"),
        pytest.param(lambda a: {"jwt": sign_jwt(a, sub="x" * 500)}, id="long sub"),
        pytest.param(lambda _: {"jwt": "a.b.c"}, id="nonsense"),
        pytest.param(lambda _: {"jwt": "é.é.é"}, id="not ascii"),
        pytest.param(lambda _: {"jwt": {"alg": "HS256"}}, id="no text"),
        pytest.param(lambda _: {"id": "42", "hash": "0" * 64}, id="hash"),
        pytest.param(
            lambda a: {"id": "43", "hash": sign_id(a, "42")}, id="hash of other"
        ),
        pytest.param(lambda a: {"id": "42", "hash": sign_id(a, "42")[:32]}, id="short"),
        pytest.param(lambda _: {"id": "42", "hash": "é"}, id="hash not ascii"),
        pytest.param(lambda a: {"id": [42], "hash": sign_id(a, "42")}, id="list id"),
        pytest.param(
            lambda a: {"id": "ana@example.com", "hash": sign_id(a, "42")}, id="mail"
        ),
    ],
)
def test_a_wrong_signature_makes_a_stranger_and_says_why(
    account: ChannelAccount, forge: Any
) -> None:
    signed(account).write("Mine")

    browser = Browser(account, user=forge(account))
    browser.write("Let me in")

    assert browser.session["warning"].endswith(".")
    assert browser.texts() == ["Let me in"]
    assert Customer.objects.count() == 2


def test_a_signature_for_another_account_is_wrong(account: ChannelAccount) -> None:
    other = ChatAccountFactory.create(settings={"secret": "another"})

    browser = Browser(other, user={"jwt": sign_jwt(account, sub="42")})

    assert browser.session["warning"] == "The signature of the jwt is wrong."


@pytest.mark.parametrize("settings", [{}, {"secret": ""}, {"secret": None}])
def test_without_a_secret_nothing_is_signed(settings: dict[str, Any]) -> None:
    account = ChatAccountFactory.create(settings=settings)

    browser = Browser(account, user={"jwt": sign_jwt(account, sub="1", secret="")})
    browser.write("Hello")

    assert "no secret" in browser.session["warning"]
    assert chat_identity().assurance == "claimed"


def test_after_a_wrong_signature_the_signed_users_token_is_not_kept(
    account: ChannelAccount,
) -> None:
    browser = signed(account)
    browser.write("Mine")
    key = browser.session["visitor"]["key"]

    session = browser.open(user={"id": "42", "hash": "wrong"})

    assert session["visitor"]["key"] != key
    assert session["items"] == []


def test_a_page_that_names_no_user_shows_nothing_of_the_one_before(
    account: ChannelAccount,
) -> None:
    browser = signed(account)
    browser.write("Mine")

    session = browser.open()

    assert session["items"] == []
    assert browser.write("Somebody's").status_code == 201
    assert Customer.objects.count() == 2


def test_somebody_else_on_the_same_browser_sees_nothing_of_the_first(
    account: ChannelAccount,
) -> None:
    browser = signed(account)
    browser.write("Mine")

    session = browser.open(user={"jwt": sign_jwt(account, sub="43")})

    assert session["items"] == []
    browser.write("Somebody else's")
    assert browser.texts() == ["Somebody else's"]


def test_an_anonymous_visitor_keeps_the_conversation_when_a_name_is_told(
    account: ChannelAccount,
) -> None:
    browser = Browser(account)
    browser.write("Hello")

    browser.open(user={"name": "Ana"})

    assert browser.texts() == ["Hello"]
