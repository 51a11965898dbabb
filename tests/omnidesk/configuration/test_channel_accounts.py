"""Channel accounts: the settings of each adapter, and secrets that stay inside."""

import pytest
from django.test import Client

from channels_inbound import mailroom
from channels_inbound.models import ChannelAccount
from channels_inbound.registry import adapter_named
from omnidesk.accounts.models import User
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    make_agent,
)

pytestmark = pytest.mark.django_db

SECRET = "a-secret-of-the-site"


@pytest.fixture(autouse=True)
def manager(client: Client) -> None:
    client.force_login(make_agent(role=User.Role.MANAGER))


def _page(account: ChannelAccount) -> str:
    return f"/admin/channels_inbound/channelaccount/{account.pk}/change/"


def _form(account: ChannelAccount, **values: str) -> dict[str, object]:
    return {
        "name": account.name,
        "inbox": account.inbox_id,
        "address": account.address,
        "is_active": "on",
        **values,
    }


def test_a_page_shows_the_settings_of_its_adapter_alone(client: Client) -> None:
    chat = client.get(_page(ChatAccountFactory.create())).content.decode()
    mail = client.get(_page(EmailAccountFactory.create())).content.decode()

    assert "setting_greeting" in chat
    assert "setting_smtp_url" not in chat
    assert "setting_smtp_url" in mail
    assert "setting_greeting" not in mail


def test_a_secret_is_never_shown_again(client: Client) -> None:
    account = ChatAccountFactory.create()

    page = client.get(_page(account)).content.decode()

    assert SECRET not in page
    assert "It is set" in page


def test_an_empty_secret_keeps_the_old_one(client: Client) -> None:
    account = ChatAccountFactory.create()

    client.post(_page(account), _form(account, setting_name="Acme"))

    account.refresh_from_db()
    assert account.settings == {"secret": SECRET, "name": "Acme"}


def test_a_new_secret_takes_the_place_of_the_old_one(client: Client) -> None:
    account = ChatAccountFactory.create()

    client.post(_page(account), _form(account, setting_secret="a new one"))

    account.refresh_from_db()
    assert account.settings["secret"] == "a new one"


def test_sites_are_kept_as_a_list(client: Client) -> None:
    account = ChatAccountFactory.create()
    sites = "https://shop.example\nhttps://www.shop.example"

    client.post(_page(account), _form(account, setting_sites=sites))

    account.refresh_from_db()
    assert account.settings["sites"] == sites.split()


def test_an_account_without_what_its_adapter_needs_stays_off(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(adapter_named("chat")), "required_settings", ("secret",))
    account = ChatAccountFactory.create(settings={}, is_active=False)

    page = client.post(_page(account), _form(account)).content.decode()

    account.refresh_from_db()
    assert not account.is_active
    assert "cannot be active without: secret" in page


def test_the_page_of_a_chat_account_shows_the_snippet(client: Client) -> None:
    account = ChatAccountFactory.create()

    page = client.get(_page(account)).content.decode()

    assert f"data-inbox=&quot;{account.token}&quot;" in page


def test_a_new_account_takes_its_channel_from_its_adapter(client: Client) -> None:
    inbox = InboxFactory.create()
    form = {
        "adapter": "email",
        "name": "Sales",
        "inbox": inbox.pk,
        "address": "sales@acme.example",
        "is_active": "on",
    }

    client.post("/admin/channels_inbound/channelaccount/add/", form)

    account = ChannelAccount.objects.get(address="sales@acme.example")
    assert (account.adapter, account.channel) == ("email", "email")


@pytest.mark.parametrize("recipient", ["Help+eu@acme.example", "HELP@ACME.example"])
def test_mail_finds_its_account_however_the_address_was_typed(
    client: Client, recipient: str
) -> None:
    account = EmailAccountFactory.create()

    client.post(_page(account), _form(account, address=" Help@Acme.Example"))

    assert mailroom.account_for(recipient) == account


def test_a_mailbox_without_a_mail_address_is_refused_in_words(client: Client) -> None:
    account = EmailAccountFactory.create()

    response = client.post(_page(account), _form(account, address="the support desk"))

    assert b"This is not a mail address." in response.content


def test_two_accounts_of_one_address_are_refused_in_words(client: Client) -> None:
    account = EmailAccountFactory.create(address="help@acme.example")

    response = client.post(
        "/admin/channels_inbound/channelaccount/add/",
        _form(account, adapter="email", address="Help@acme.example"),
    )

    assert b"Another account has this address." in response.content
    assert ChannelAccount.objects.count() == 1


def test_an_account_of_an_adapter_that_is_gone_can_be_switched_off_only(
    client: Client,
) -> None:
    account = EmailAccountFactory.create(adapter="unheard-of")

    response = client.post(_page(account), _form(account))

    assert b"There is no adapter unheard-of." in response.content
