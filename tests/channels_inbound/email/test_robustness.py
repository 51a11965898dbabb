"""No mail crashes the parser, makes it hang or smuggles broken characters through."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_inbound.adapters.email.normalize import normalize

HEAD = b"From: a@x.example\nTo: b@x.example\nSubject: s\n"
SECONDS = 4  # 2 on a free machine; tests share theirs

PIECES = [
    b"From: ", b"To: ", b"Subject: ", b"Content-Type: multipart/mixed; boundary=b", b"\n", b"\n\n",
    b"--b", b"--b--", b"=?utf-8?Q?", b"?=", b"<", b">", b"@", b"(", b")", b'"', b"\\", b";", b",",
    b"On 1 May 2024, A <a@x.example> wrote:", b"> ", b"<p>", b"<blockquote>", b"</div>", b"\x00",
    b"\xff\xfe", b"\xed\xa0\x80", b"=E4", b"=\n", b"Content-Transfer-Encoding: base64\n",
    b"Content-Type: text/html; charset=", b"utf-16", b"utf-7", b"+2AA-", b"hz", b"~{", b"\x1b$B",
    b"Message-ID: ", b"Date: ", b"-- \n", b"-----Original Message-----", b"Thanks,\nAnn", b"\r",
]  # fmt: skip
UNITS = [
    b">", b"> ", b"-", b"-- \n", b"_", b"1", b":", b"a@", b"<", b" ", b"\t\n", b"thanks ", b"Thanks\n",
    b"On 1 May 2024 wrote: ", b"On On 1 On ", b"From: a\nTo: b\n", b"Sent from my ", b"http://x ",
    b"---- a ", b"\xc2\xa0", b"\xed\xa0\x80", b"<p>", b"<div>", b"<b><i>", b"<!--", b"&amp;", b"\0",
    b"+", b"=", b"=\n", b"\x1b$B", b"~{",
]  # fmt: skip
FIELDS = [
    b"To: " + b"a@b.example, " * 40_000,
    b"To: " + b'"' * 100_001,
    b"To: " + b'"\\' * 60_000,
    b"To: " + b"(" * 5_000 + b")" * 5_000,
    b"To: " + b"(" * 200_000,
    b"To: " + b"<@," * 100_000,
    b"Subject: " + b"=?utf-8?q?" * 20_000,
    b"Content-Disposition: attachment; filename=x" + b";" * 200_000,
    b"Content-Disposition: attachment; " + b"a=b;" * 100_000,
    b"References: " + b"<a@b " * 100_000,
    b"Date: " + b"(" * 100_000,
    b"X: a\n" + b" b\n" * 200_000,
    b"no colon\n" * 100_000,
]


def check(raw: bytes) -> dict[str, Any]:
    started = time.monotonic()
    answer = normalize(raw)
    taken = time.monotonic() - started

    shown = json.dumps(answer, ensure_ascii=False)
    shown.encode()  # a lone surrogate would raise
    assert "\\u0000" not in shown
    assert "\ufffd" not in shown
    assert answer.get("error") or answer["reply"] or not str(answer["text"]).strip()
    assert taken < SECONDS
    return answer


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=40))
def test_any_mixture_of_pieces_is_read(pieces: list[bytes]) -> None:
    check(b"".join(pieces))


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw: bytes) -> None:
    check(HEAD + b"\n" + raw)
    check(raw)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", [b"text/plain", b"text/html"])
def test_a_body_of_one_thing_repeated_takes_no_time(unit: bytes, kind: bytes) -> None:
    head = HEAD + b"Content-Type: " + kind + b"\n\n"

    check(head + unit * (80_000 // len(unit)))
    check(head + (unit * (250 // len(unit)) + b"\n") * 200)


@pytest.mark.parametrize("field", FIELDS)
def test_an_endless_header_field_takes_no_time(field: bytes) -> None:
    check(field + b"\n" + HEAD + b"\nHello\n")


def test_nesting_has_a_limit() -> None:
    levels = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
        for level in range(2_000)
    )

    check(HEAD + levels + b"\ncore")


def test_parts_have_a_limit() -> None:
    head = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"

    answer = check(head + b"--b\nContent-Type: x/y\n\nx\n" * 5_000)

    assert len(answer["attachments"]) <= 1_000


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\0" * 10])
def test_an_empty_mail_is_refused_with_a_sentence(raw: bytes) -> None:
    assert normalize(raw) == {"error": "The mail is empty."}
