"""The shop and the mailbox: as a customer sees them, and never on a real site."""

import importlib
import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import clear_url_caches
from pytest_django import Settings

import omnidesk.urls
from channels_inbound.adapters.chat import site_user
from omnidesk.simulator import mailbox, maildir, shop, tokens
from tests.factories import ChatAccountFactory

RAW = (
    b"From: Maya <support@acme.example>\r\nTo: Ana <ana@example.com>\r\n"
    b"Reply-To: support+token@acme.example\r\nSubject: Your refund\r\n"
    b"Message-ID: <one@acme.example>\r\nReferences: <zero@example.com>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain\r\n\r\nIt left today.\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script><p>It left\r\n"
    b"--b--\r\n"
)


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the mails that reach the SMTP client."""
    letters: list[object] = []

    def deliver(letter: object, **envelope: str) -> None:
        letters.append(letter)

    monkeypatch.setattr(mailbox, "_deliver", deliver)
    return letters


def test_the_mailbox_lists_mails_newest_first(client: Client) -> None:
    maildir.keep(RAW, recipients=["ana@example.com"])
    maildir.keep(
        RAW.replace(b"Your refund", b"Newer words"), recipients=["ana@example.com"]
    )

    page = client.get("/try/mailbox/").content.decode()

    assert page.index("Newer words") < page.index("Your refund")


def test_a_mail_shows_its_headers_and_keeps_its_html_in_a_sandbox(
    client: Client,
) -> None:
    path = maildir.keep(RAW, recipients=["ana@example.com"])

    page = client.get(f"/try/mailbox/{path.name}/")
    frame = client.get(f"/try/mailbox/{path.name}/html/")

    assert "one@acme.example" in page.content.decode()
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "default-src 'none'" in frame["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["nothing.eml", "..%2f..%2fetc%2fpasswd", "%2e%2e"])
def test_only_mails_of_the_mailbox_are_shown(client: Client, name: str) -> None:
    assert client.get(f"/try/mailbox/{name}/").status_code == 404


def test_a_reply_threads_as_a_mail_program_would(
    client: Client, sent: list[dict[str, str]]
) -> None:
    path = maildir.keep(RAW, recipients=["ana@example.com"])
    form = client.get(f"/try/mailbox/{path.name}/").context["form"].initial

    client.post("/try/mailbox/write/", {**form, "text": "Thank you!"})

    (letter,) = sent
    assert letter["To"] == "support+token@acme.example"
    assert letter["In-Reply-To"] == "<one@acme.example>"
    assert letter["References"] == "<zero@example.com> <one@acme.example>"
    assert letter["Subject"] == "Re: Your refund"


def test_a_refused_mail_says_so_in_the_form(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **values: object) -> None:
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(mailbox, "_deliver", refuse)
    words = {"sender": "ana@example.com", "to": "nobody@acme.example", "text": "Hi"}

    answer = client.post("/try/mailbox/write/", words)

    assert answer.status_code == 422
    assert "no mailbox of that address" in answer.content.decode()


@pytest.mark.django_db
def test_the_shop_signs_its_customer_for_the_widget(client: Client) -> None:
    account = ChatAccountFactory.create()

    answer = client.get("/try/?as=ana")
    visitor = site_user.recognize(account, {"jwt": answer.context["user_token"]})

    assert visitor.email == "ana@example.com"
    assert f'data-inbox="{account.token}"' in answer.content.decode()


@pytest.mark.django_db
def test_a_stranger_at_the_shop_is_signed_by_nobody(client: Client) -> None:
    ChatAccountFactory.create()

    assert client.get("/try/").context["user_token"] == ""


def test_a_token_of_another_secret_is_refused() -> None:
    account = ChatAccountFactory.build(inbox=None)
    token = tokens.sign({**shop.ANA, "exp": 2**33}, secret="another secret")

    with pytest.raises(site_user.WrongSignature):
        site_user.recognize(account, {"jwt": token})


@pytest.fixture
def production(settings: Settings) -> Iterator[None]:
    settings.PRODUCTION = True
    clear_url_caches()
    importlib.reload(omnidesk.urls)
    yield
    settings.PRODUCTION = False
    clear_url_caches()
    importlib.reload(omnidesk.urls)


@pytest.mark.parametrize("path", ["/try/", "/try/mailbox/", "/try/mailbox/write/"])
@pytest.mark.usefixtures("production")
def test_a_real_site_has_no_such_pages(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
