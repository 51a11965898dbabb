"""The ways a reply can leave."""

from conversations.actor import agent
from conversations.intake import Address
from conversations.models import Conversation
from conversations.threads import write_token
from customers.identify import attach
from omnidesk.console.reply_channels import reply_channels
from tests.factories import answer, receive
from tests.omnidesk.console.conftest import Desk


def _labels(conversation: Conversation) -> list[str]:
    return [way.label for way in reply_channels(conversation)]


def test_the_customers_last_way_comes_first(desk: Desk) -> None:
    mail = desk.mail_from_ana(verified=True)
    assert mail.identity is not None
    attach(mail.identity.customer, "chat", "v1", source="site", name="Ana Ruiz")
    receive(desk.chat, sender="v1", verified=True)

    ways = reply_channels(mail.conversation)

    assert [way.via.channel for way in ways] == ["chat", "email"]
    assert [way.is_last for way in ways] == [True, False]
    assert ways[1].label == "E-mail to ana@example.com"


def test_a_known_address_is_a_way_though_nobody_wrote_from_it(desk: Desk) -> None:
    chat = receive(desk.chat, sender="v1", sender_name="Ana")
    assert chat.identity is not None
    attach(chat.identity.customer, "mailto", "ana@example.com", source="site")

    assert "E-mail to ana@example.com" in _labels(chat.conversation)


def test_an_address_that_was_only_typed_is_no_way(desk: Desk) -> None:
    typed = Address("mailto", "ana@example.com")
    chat = receive(desk.chat, sender="v1", claims=(typed,))

    page = desk.browser.get(f"/console/c/{chat.conversation_id}/").content.decode()

    assert [way.via.channel for way in reply_channels(chat.conversation)] == ["chat"]
    assert "typed, not verified" in page


def test_a_third_party_who_wrote_here_is_a_way_and_marked(desk: Desk) -> None:
    mail = desk.mail_from_ana()
    sent = answer(mail, desk.agent)
    assert sent.identity_id is not None
    token = write_token(mail.conversation_id, sent.identity_id)
    receive(desk.mail, sender="carrier@example.com", tokens=(token,))

    ways = {way.recipient: way for way in reply_channels(mail.conversation)}

    assert ways["carrier@example.com"].is_third_party
    assert not ways["ana@example.com"].is_third_party
    # Though they wrote last: only an agent's choice sends anything to them.
    assert next(iter(ways)) == "ana@example.com"


def test_an_address_of_ours_that_is_switched_off_is_no_way(desk: Desk) -> None:
    mail = desk.mail_from_ana()
    desk.mail.is_active = False
    desk.mail.save()

    assert reply_channels(mail.conversation) == []
    page = desk.browser.get(f"/console/c/{mail.conversation_id}/").content
    assert b"No address to answer to" in page


def test_an_impossible_address_is_no_way(desk: Desk) -> None:
    mail = receive(desk.mail, sender="nobody@unknown.invalid")

    assert reply_channels(mail.conversation) == []
    assert agent(desk.agent).is_agent
