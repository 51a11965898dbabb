import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import actions, actor, packet
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    answer,
    make_agent,
    receive,
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        pytest.param("It is order #10432.", "orders", ["10432"], id="hash"),
        pytest.param("order no. 10432-", "orders", ["10432"], id="number sign"),
        pytest.param("Bestellnummer: AB-10432", "orders", ["AB-10432"], id="German"),
        pytest.param("мой заказ 55512 где", "orders", ["55512"], id="Russian"),
        pytest.param("see RF-2291 please", "orders", ["RF-2291"], id="code"),
        pytest.param("order 10432, order 10432", "orders", ["10432"], id="once"),
        pytest.param(
            "Mail Ana.R+x@Example.co.uk.", "mails", ["ana.r+x@example.co.uk"], id="mail"
        ),
        pytest.param(
            "call +34 600 000 000 now", "phones", ["+34 600 000 000"], id="phone"
        ),
        pytest.param(
            "call (02) 9374-4000", "phones", ["(02) 9374-4000"], id="local phone"
        ),
    ],
)
def test_a_packet_names_what_the_customer_wrote(
    text: str, kind: str, found: list[str]
) -> None:
    conversation = receive(ChatAccountFactory.create(), text, sender="v-1").conversation

    assert packet.facts_of(conversation)[kind] == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["I ordered 3 of them in 2024.", "at 10:30 on 12.5.", "it cost 1,299.00 euros", ""],
)
def test_a_packet_invents_nothing(text: str) -> None:
    conversation = receive(ChatAccountFactory.create(), text, sender="v-1").conversation

    assert packet.facts_of(conversation) == {"verified": False}


@pytest.mark.django_db
def test_a_packet_says_whether_the_sender_is_proven() -> None:
    message = receive(EmailAccountFactory.create(), verified=True)

    facts = packet.facts_of(message.conversation)

    assert facts["address"] == "mailto:ana@example.com"
    assert facts["verified"] is True


@pytest.mark.django_db
def test_a_packet_reads_neither_notes_nor_answers() -> None:
    message = receive(ChatAccountFactory.create(), "Hello, my friends", sender="v-1")
    maya = make_agent()
    actions.note(message.conversation, text="order #66666", by=actor.agent(maya))
    answer(message, maya, "Is it order #77777?")

    assert "orders" not in packet.facts_of(message.conversation)
    assert packet.ask_of(message.conversation) == "Hello, my friends"


@pytest.mark.django_db
def test_the_ask_is_the_subject_of_a_mail() -> None:
    message = receive(EmailAccountFactory.create(), subject="My\n refund", text="Hi")

    assert packet.ask_of(message.conversation) == "My refund"


@pytest.mark.django_db
def test_the_ask_of_a_chat_is_not_the_greeting() -> None:
    via = ChatAccountFactory.create()
    conversation = receive(via, "Hi", sender="v-1").conversation
    receive(via, "Where is my parcel?", sender="v-1")

    assert packet.ask_of(conversation) == "Where is my parcel?"


@pytest.mark.django_db
def test_an_ask_fits_its_card() -> None:
    conversation = receive(
        ChatAccountFactory.create(), "word " * 500, sender="v-1"
    ).conversation

    assert len(packet.ask_of(conversation)) == packet.ASK_CHARS


@settings(max_examples=200, deadline=1000)
@given(st.text(alphabet="0123456789+-# .@orderAB", max_size=4000))
def test_any_text_can_be_read_quickly(text: str) -> None:
    for pattern in (packet._MAIL, packet._PHONE, packet._ORDER):
        assert all(match.group() in text for match in pattern.finditer(text))


def test_a_message_that_is_all_digits_costs_little() -> None:
    for text in ("1" * 4000, "order " * 600, "a@" * 2000, "+1 " * 1300, "x.y" * 1300):
        for pattern in (packet._MAIL, packet._PHONE, packet._ORDER):
            pattern.findall(text)
