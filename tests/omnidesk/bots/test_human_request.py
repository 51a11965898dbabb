import time

import pytest

from omnidesk.bots.human_request import asks_for_person, is_one_slip
from omnidesk.bots.languages import detect
from omnidesk.bots.small_talk import is_greeting, is_thanks
from omnidesk.bots.wish_words import WISH_WORDS

WISHES = {
    "en": "can someone from your team call me?",
    "es": "Quiero hablar con una persona",
    "pt": "pode me transferir para um humano?",
    "fr": "Passez-moi un conseiller",
    "de": "Bitte verbinden Sie mich mit jemandem",
    "it": "voglio parlare con un operatore",
    "nl": "Kan ik iemand spreken?",
    "pl": "Chcę rozmawiać z człowiekiem",
    "ru": "соедините с оператором",
    "uk": "хочу поговорити з оператором",
    "tr": "Müşteri temsilcisine bağlanmak istiyorum",
    "ar": "حولني إلى خدمة العملاء",
    "he": "אני רוצה לדבר עם נציג",
    "hi": "मुझे एजेंट से बात करनी है",
    "id": "tolong hubungkan ke admin",
    "vi": "tôi muốn gặp nhân viên",
    "th": "ขอคุยกับเจ้าหน้าที่",
    "zh": "我要找真人客服",
    "ja": "オペレーターにつないでください",
    "ko": "상담원 연결해 주세요",
    "sv": "koppla mig till kundtjänst",
    "cs": "Chci mluvit s operátorem",
}
NO_WISHES = [
    "I want to add a person to my account",
    "Someone stole my card",
    "How do I become an agent?",
    "am I talking to a human?",
    "do I need to talk to someone to return it?",
    "I don't need to talk to a person, just the address",
    "contact details of the manufacturer",
    "I want to transfer money to someone else",
    "Quiero añadir una persona a mi reserva",
    "Der Mitarbeiter im Laden war unfreundlich",
    "Combien par personne ?",
    "Vorrei una camera per due persone",
    "хочу заказать столик на двух человек",
    "iki kişi için masa istiyorum",
    "أريد حجز غرفة لشخصين",
    "我要两个人的房间",
    "担当者からメールが届きました",
    "직원 할인이 있나요?",
    "jag vill boka bord för två personer",
]


def test_every_language_of_the_table_has_a_wish_here() -> None:
    assert WISHES.keys() == WISH_WORDS.keys()


@pytest.mark.parametrize("text", WISHES.values(), ids=WISHES.keys())
def test_a_wish_for_a_person_is_heard(text: str) -> None:
    assert asks_for_person(text)
    assert asks_for_person(f"Hello. {text.upper()}")


@pytest.mark.parametrize("text", NO_WISHES)
def test_a_person_in_a_sentence_is_no_wish(text: str) -> None:
    assert not asks_for_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "operator",
        "human please",
        "let me speak with somneone",
        "I don't want to talk to a bot",
        "t\u200balk to a hu\u00adman",
        "TALK TO A HUMAN!!!",
    ],
)
def test_short_misspelled_and_disguised_wishes_are_heard(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("somneone", "someone", True),
        ("eprson", "person", True),
        ("persn", "person", True),
        ("pirson", "person", True),
        ("prison", "person", False),
        ("person", "person", True),
        ("people", "person", False),
    ],
)
def test_one_slip_of_the_finger_is_forgiven(typed: str, meant: str, slip: bool) -> None:
    assert is_one_slip(typed, meant) is slip


@pytest.mark.parametrize(
    "text",
    [
        "talk " * 20_000,
        "someone " * 20_000,
        "a" * 500_000,
        "not comfortable " * 9000,
        "人" * 90_000,
    ],
    ids=["talk", "someone", "letters", "refusals", "Chinese"],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    began = time.process_time()

    asks_for_person(text)

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order and when will it arrive?", "en"),
        ("Wo ist meine Bestellung und wann kommt sie?", "de"),
        ("¿Dónde está mi pedido y cuándo llega?", "es"),
        ("Où est ma commande et quand arrive-t-elle ?", "fr"),
        ("Где мой заказ?", "ru"),
        ("Де моє замовлення, скажіть її номер", "uk"),
        ("أين طلبي؟", "ar"),
        ("注文はどこですか", "ja"),
        ("我的订单在哪里", "zh"),
        ("tracking?", ""),
        ("", ""),
        ("12345", ""),
    ],
)
def test_a_language_is_told_or_left_open(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text", ["Hi", "hello there!", "Guten Tag", "你好", "Привет!", "good morning"]
)
def test_a_greeting_is_small_talk(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize(
    "text", ["Hi, where is my parcel?", "all", "is anyone at the shop?", ""]
)
def test_more_than_a_greeting_is_not(text: str) -> None:
    assert not is_greeting(text)


@pytest.mark.parametrize(
    "text", ["thanks!", "ok, thank you so much", "gracias", "vielen Dank", "谢谢"]
)
def test_thanks_are_small_talk(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize("text", ["thanks, and my refund?", "this was for you", "no"])
def test_more_than_thanks_is_not(text: str) -> None:
    assert not is_thanks(text)
