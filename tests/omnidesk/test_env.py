"""Settings from the environment: read strictly, refused in one sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from omnidesk import env

SMTP = ("smtp", "smtps")


def test_a_boolean_is_true_or_false_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DEBUG", "maybe")

    with pytest.raises(ImproperlyConfigured, match="DEBUG='maybe' is not one of"):
        env.boolean("DEBUG", default=False)


def test_a_number_is_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_MAX_BYTES", "big")

    with pytest.raises(ImproperlyConfigured, match="MAIL_MAX_BYTES='big' is not"):
        env.integer("MAIL_MAX_BYTES", 1)


def test_a_secret_comes_from_the_file_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("secrets") / "key"
    file.write_text("from the file\n")
    monkeypatch.setenv("A_SECRET_FILE", str(file))

    assert env.text("A_SECRET") == "from the file"


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET_FILE", "/nowhere")

    with pytest.raises(ImproperlyConfigured, match="A_SECRET_FILE='/nowhere'"):
        env.text("A_SECRET")


@pytest.mark.parametrize(
    "value",
    ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://host:port"],
)
def test_an_address_has_one_of_the_schemes(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SMTP_URL", value)

    with pytest.raises(ImproperlyConfigured, match="SMTP_URL="):
        env.url("SMTP_URL", "", schemes=SMTP)


def test_a_wrong_address_is_shown_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SMTP_URL", "ftp://desk:hunter2@mail.example.com")

    with pytest.raises(ImproperlyConfigured) as refused:
        env.url("SMTP_URL", "", schemes=SMTP)

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("value", ["everywhere", "127.0.0.1", "127.0.0.1:smtp"])
def test_a_place_to_listen_is_a_host_and_a_port(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SMTPD_LISTEN", value)

    with pytest.raises(ImproperlyConfigured, match="host:port"):
        env.host_and_port("SMTPD_LISTEN", "")
