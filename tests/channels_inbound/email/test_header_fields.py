"""Addresses, subjects, ids and dates are read in the forms that mails really have."""

from datetime import UTC, datetime

import pytest

from channels_inbound.adapters.email.parse import parse
from tests.channels_inbound.email.mails import read


@pytest.mark.parametrize(
    ("field", "address", "name"),
    [
        ("Ann <ann@x.example>", "ann@x.example", "Ann"),
        ('"Smith, Ann" <ann@x.example>', "ann@x.example", "Smith, Ann"),
        ("Smith, Ann <ann@x.example>", "ann@x.example", "Smith, Ann"),
        ("ann@x.example (Ann Smith)", "ann@x.example", "Ann Smith"),
        ("a@b.example <c@d.example>", "c@d.example", "a@b.example"),
        ("Ann | Sales <ann@x.example>", "ann@x.example", "Ann | Sales"),
        ("Ann <ann@x.example.>", "ann@x.example", "Ann"),
        ("Ann <ann@x.example>>", "ann@x.example", "Ann"),
        ("Ann <ann@x.example", "ann@x.example", "Ann"),
        ('<"ann@x.example">', "ann@x.example", ""),
        ("Ann ann@x.example", "ann@x.example", "Ann"),
        ("Ann (of Sales) <ann@x.example>", "ann@x.example", "Ann (of Sales)"),
        ('"Ann (Sales)" <ann@x.example>', "ann@x.example", "Ann (Sales)"),
        ("<@relay.example:ann@x.example>", "ann@x.example", ""),
        ("Jörg <jörg@bücher.example>", "jörg@bücher.example", "Jörg"),
        ('"=?utf-8?Q?J=C3=B6rg?=" <j@x.example>', "j@x.example", "Jörg"),
        ("=?x-odd?Q?abc?= <j@x.example>", "j@x.example", "abc"),
        ("friends: ann@x.example, bob@x.example;", "ann@x.example", ""),
        ("MAILER-DAEMON (Mail System)", "", "MAILER-DAEMON (Mail System)"),
        ("Ann (unclosed <ann@x.example>", "ann@x.example", "Ann unclosed"),
    ],
)
def test_a_sender_is_read(field: str, address: str, name: str) -> None:
    mail = read(f"From: {field}")

    assert (mail.sender.address, mail.sender.name) == (address, name)


@pytest.mark.parametrize(
    "field",
    [
        "=?utf-8?q?boss=40x.example?= <thief@y.example>",
        "=?utf-8?q?=3Cboss=40x.example=3E?= <thief@y.example>",
        '"boss@x.example" <thief@y.example>',
    ],
)
def test_an_address_in_the_name_is_not_the_sender(field: str) -> None:
    assert read(f"From: {field}").sender.address == "thief@y.example"


def test_an_encoded_word_yields_no_address() -> None:
    assert read("From: <=?utf-8?q?boss=40x.example?=@y.example>").sender.address == ""


@pytest.mark.parametrize(
    "head",
    [
        "From: <>\nReply-To: ann@x.example",
        "From:\nSender: ann@x.example",
        "Return-Path: <ann@x.example>",
        "From: nobody at all\nReply-To: ann@x.example",
    ],
)
def test_another_field_gives_the_sender_when_from_does_not(head: str) -> None:
    assert read(head).sender.address == "ann@x.example"


def test_an_encoded_line_break_makes_no_new_field() -> None:
    mail = read("From: =?utf-8?Q?A=0D=0ABcc:_eve=40x.example?= <a@x.example>")

    assert mail.sender.name == "A Bcc: eve@x.example"


def test_recipients_come_from_all_fields_once() -> None:
    mail = read(
        "To: A <a@x.example>, b@x.example;\nTo: a@x.example\nCc: g: c@x.example;"
    )

    assert [box.address for box in mail.to] == ["a@x.example", "b@x.example"]
    assert [box.address for box in mail.cc] == ["c@x.example"]


def test_plus_addresses_survive_in_delivery_fields() -> None:
    mail = read("Delivered-To: desk+c1@x.example\nX-Original-To: desk+c1@x.example")

    assert mail.delivered_to == ("desk+c1@x.example",)


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        (b"=?utf-8?Q?a?= =?utf-8?Q?_b?=", "a b"),
        (b"=?UTF-8?Q?=F0=9F=98?=\n =?UTF-8?Q?=80?=", "😀"),
        (b"=?utf-8?Q?a b c?=", "a b c"),
        (b"=?utf-8*en?Q?abc?=", "abc"),
        (b"=?utf-8?Q?what=3F?really?=", "what??really"),
        (b"=?gb2312?B?1tDOxA==?=", "中文"),
        (b"=?ks_c_5601-1987?B?vsiz5w==?=", "안녕"),
        (b"=?iso-8859-1?Q?=80?=", "€"),
        (b"=?utf-8?Q?a=00b?=", "ab"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"\n =?utf-8?Q?folded?=", "folded"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        ("你好世界".encode("gb18030"), "你好世界"),
        ("тестовый".encode("koi8_r"), "тестовый"),
        ("Привет мир".encode("cp1251"), "Привет мир"),
        ("テストメール".encode("cp932"), "テストメール"),
        ("안녕하세요".encode("cp949"), "안녕하세요"),
    ],
)
def test_a_subject_is_decoded(field: bytes, subject: str) -> None:
    assert read(b"Subject: " + field).subject == subject


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("<a@x.example>", "a@x.example"),
        ("<[a@x.example]>", "[a@x.example]"),
        ("a@x.example", "a@x.example"),
        ("<a@b@x.example>", "a@b@x.example"),
        ("\n <a@x.example>", "a@x.example"),
        ("<a@x.example>\nMessage-ID: <b@x.example>", "a@x.example"),
    ],
)
def test_a_message_id_is_kept_as_sent(field: str, expected: str) -> None:
    assert read(f"Message-ID: {field}").external_id == expected


def test_a_missing_message_id_is_made_from_the_bytes() -> None:
    first, again, other = (read("From: a@x.example", body) for body in ("1", "1", "2"))

    assert first.external_id == again.external_id != other.external_id
    assert "@" in first.external_id


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('Your message of "Mon, 1 May" <a@x.example>', "a@x.example"),
        ("Message from Joe <joe@x.example> of Monday <a@x.example>", "a@x.example"),
        ("<a@x.example> <b@x.example>", "a@x.example"),
        ("a@x.example", "a@x.example"),
        ("", None),
    ],
)
def test_in_reply_to_is_one_id(field: str, expected: str | None) -> None:
    assert read(f"In-Reply-To: {field}").in_reply_to == expected


def test_references_keep_their_order_and_count() -> None:
    ids = [f"{number}@x.example" for number in range(300)]
    joined = "\n ".join(f"<{each}>" for each in ids)

    assert read(f"References: {joined}").references == tuple(ids)
    assert read("References: <a@x>,<b@x><c@x>").references == ("a@x", "b@x", "c@x")


NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Wed, 1 May 2024 13:30:00 +0200", datetime(2024, 5, 1, 11, 30, tzinfo=UTC)),
        ("1 May 2024 11:30:00 GMT", datetime(2024, 5, 1, 11, 30, tzinfo=UTC)),
        ("2024-05-01T11:30:00Z", datetime(2024, 5, 1, 11, 30, tzinfo=UTC)),
        ("Wed, 1 May 2034 13:30:00 +0200", NOON),
        ("Wed, 99 Foo 2024 99:99:99", NOON),
        ("", NOON),
    ],
)
def test_a_bad_or_future_date_becomes_the_time_of_receipt(
    field: str, expected: datetime
) -> None:
    raw = f"From: a@x.example\nDate: {field}\n\nHello".encode()

    assert parse(raw, received_at=NOON).date == expected


def test_header_fields_are_there_for_other_checks() -> None:
    mail = read(
        "Authentication-Results: mx; spf=pass\nauthentication-results: b; dkim=fail"
    )

    assert list(mail.headers.all("Authentication-Results")) == [
        "mx; spf=pass",
        "b; dkim=fail",
    ]
    assert "list-id" not in mail.headers
