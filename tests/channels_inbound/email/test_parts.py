"""Texts and files are found in the part trees that mail programs really build."""

import base64

import pytest

from channels_inbound.adapters.email import safe_html
from channels_inbound.adapters.email.bodies import unflowed
from tests.channels_inbound.email.mails import read, with_part


@pytest.mark.parametrize(
    ("head", "filename"),
    [
        ('Content-Type: application/pdf; name="a.pdf"', "a.pdf"),
        ("Content-Type: application/pdf; name=my file; v2.pdf", "my file; v2.pdf"),
        ('Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        ("Content-Disposition: attachment; filename=C:\\dir\\a.doc", "a.doc"),
        ("Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.txt", "€.txt"),
        ('Content-Disposition: attachment; filename*0="a"; filename*1="b.c"', "ab.c"),
        ('Content-Disposition: attachment; filename="=?utf-8?Q?=C3=BC.x?="', "ü.x"),
        ("Content-Disposition: attachment; filename==?utf-8?Q?=C3=BC?=.x", "ü.x"),
        ('Content-Disposition: attachment; filename="при.txt"', "при.txt"),
        ('Content-Disposition: ATTACHMENT; FILENAME="a,b;c.txt"', "a,b;c.txt"),
        ("Content-Type: image/png\nContent-Location: pic.png", "pic.png"),
        ("Content-Type: image/png", "image-1.png"),
        ("Content-Type: application/ms-tnef", "attachment-1.dat"),
        ('Content-Disposition: attachment; filename="."', "attachment-1.txt"),
    ],
)
def test_a_file_gets_a_safe_name(head: str, filename: str) -> None:
    (file,) = with_part(head).attachments

    assert file.filename == filename
    assert file.content == b"data"


def test_a_long_name_keeps_its_extension() -> None:
    (file,) = with_part(f"Content-Type: x/y; name={'ж' * 300}.pdf").attachments

    assert len(file.filename.encode()) <= 255
    assert file.filename.endswith(".pdf")


@pytest.mark.parametrize(
    ("head", "inline"),
    [
        ("Content-Type: image/png\nContent-ID: <i>", True),
        ("Content-Type: image/png\nContent-ID: <i>\nContent-Disposition: inline", True),
        (
            "Content-Type: image/png\nContent-ID: <i>\nContent-Disposition: attachment",
            False,
        ),
        ("Content-Type: image/png\nContent-Disposition: inline", False),
    ],
)
def test_inline_needs_a_content_id_and_no_attachment_disposition(
    head: str, inline: bool
) -> None:
    (file,) = with_part(head).attachments

    assert file.inline is inline


def test_a_mail_inside_a_mail_stays_one_file() -> None:
    inner = (
        b"Subject: Inner\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--c--"
    )

    mail = with_part("Content-Type: message/rfc822", inner)

    assert [file.filename for file in mail.attachments] == ["Inner.eml"]
    assert mail.text == "Hello"


def test_pictures_nested_deep_are_found() -> None:
    mail = read(
        "Content-Type: multipart/mixed; boundary=a",
        "--a\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\n\nplain\n"
        "--b\nContent-Type: multipart/related; boundary=c\n\n"
        "--c\nContent-Type: text/html\n\n<p>rich</p>\n"
        "--c\nContent-Type: image/png\nContent-ID: <p>\n\nPNG\n--c--\n--b--\n--a--\n",
    )

    assert (mail.text, mail.html) == ("plain", "<p>rich</p>")
    assert [file.content_id for file in mail.attachments] == ["p"]


def test_text_around_a_picture_is_all_text() -> None:
    mail = read(
        "Content-Type: multipart/mixed; boundary=a",
        "--a\n\nbefore\n--a\nContent-Type: image/png\n\nPNG\n--a\n\nafter\n--a--",
    )

    assert mail.text.split() == ["before", "after"]


def test_an_empty_plain_part_gives_way_to_html() -> None:
    mail = read(
        "Content-Type: multipart/alternative; boundary=a",
        "--a\n\n \n--a\nContent-Type: text/html\n\n<p>Hello</p><ul><li>one<li>two</ul>\n--a--",
    )

    assert mail.text.split("\n") == ["Hello", "", "- one", "- two"]


def test_a_similar_boundary_ends_no_part() -> None:
    mail = read(
        "Content-Type: multipart/mixed; boundary=a",
        "--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\nHello\n--ab--\n--a--",
    )

    assert mail.text == "Hello"


@pytest.mark.parametrize("boundary", ["", "; boundary=", "; boundary=wrong"])
def test_a_missing_boundary_is_found(boundary: str) -> None:
    mail = read(
        f"Content-Type: multipart/mixed{boundary}",
        "--real\nContent-Type: text/plain\n\nHello\n--real--\n",
    )

    assert mail.text == "Hello"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("gb2312", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("iso-8859-1", "cp1252"),
        ("shift_jis", "cp932"),
        ("iso-2022-jp", "iso2022_jp"),
        ("windows-874", "cp874"),
        ("unicode-1-1-utf-7", "utf-7"),
        ("us-ascii", "utf-8"),
        ("", "utf-8"),
        ("no-such-charset", "utf-8"),
        ("utf-8", "latin-1"),
    ],
)
def test_a_body_is_read_in_its_real_charset(declared: str, codec: str) -> None:
    text = {
        "gb18030": "你好，世界", "cp949": "안녕하세요", "cp932": "こんにちは", "cp874": "สวัสดี",
        "iso2022_jp": "こんにちは", "cp1252": "“5 €”", "latin-1": "Schöne Grüße aus Köln",
    }.get(codec, "Grüße, Ωmega")  # fmt: skip

    mail = read(f'Content-Type: text/plain; charset="{declared}"', text.encode(codec))

    assert mail.text == text


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", b"SGVsbG8sIGhvdyBhcmU geW91PyE*", "Hello, how are you?!"),
        ("base64", b"SGVsbG8", "Hello"),
        ("base64", b"SGVs\r\nbG8=\r\n", "Hello"),
        ("base64", b"This is not base64 at all.", "This is not base64 at all."),
        ("quoted-printable", b"a=3Db=\nc =XX", "a=bc =XX"),
        ("QUOTED-PRINTABLE;", b"=41", "A"),
        ("x-uuencode", b"begin 644 a\n%2&5L;&\\\n`\nend\n", "Hello"),
        ("nonsense", b"Hello", "Hello"),
    ],
)
def test_a_transfer_encoding_is_undone(encoding: str, body: bytes, text: str) -> None:
    assert read(f"Content-Transfer-Encoding: {encoding}", body).text == text


def test_flowed_text_is_joined() -> None:
    flowed = "one \ntwo\n> old \n> mail\n-- \nAnn"

    assert unflowed(flowed) == "one two\n> old mail\n-- \nAnn"
    assert unflowed("on \ne", delete_space=True) == "one"


@pytest.mark.parametrize(
    "raw",
    [
        "From x@y Mon May 1\nSubject: s\n\nHello",
        "\ufeffSubject: s\n\nHello",
        "\n\nSubject: s\n\nHello",
        "garbage first\nSubject: s\n\nHello",
        "Subject: s\nno colon here\nTo: a@x.example\n\nHello",
    ],
)
def test_dirt_in_the_header_does_not_hide_the_mail(raw: str) -> None:
    head, _, body = raw.rpartition("\n\n")
    mail = read(head, body)

    assert (mail.subject, mail.text) == ("s", "Hello")


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>t</p>",
        "<a href='java\tscript:x'>t</a>",
        "<img src='data:image/svg+xml;base64,AAAA'>",
        "<iframe src=x></iframe>",
        "<svg><script>x</script></svg>",
        "<style>@import 'x'</style>",
        "<" + "div><" * 2000 + "script>x",
    ],
)
def test_shown_html_runs_nothing(html: str) -> None:
    cleaned = safe_html.sanitize(html).lower()

    for danger in ("<script", "onclick", "javascript:", "svg", "<iframe", "@import"):
        assert danger not in cleaned


def test_pictures_of_the_mail_stay_in_shown_html() -> None:
    assert "cid:a@b" in safe_html.sanitize('<img src="cid:a@b">')


def test_a_file_sent_as_bytes_has_its_real_type() -> None:
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n...")
    head = "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64"

    (file,) = with_part(head, png).attachments

    assert (file.content_type, file.filename) == ("image/png", "image-1.png")
