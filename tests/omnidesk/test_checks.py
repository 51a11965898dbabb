"""What keeps a wrong setting from a real site."""

from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from omnidesk import checks


def _ids(found: list[CheckMessage]) -> set[str | None]:
    return {message.id for message in found}


def test_the_settings_of_the_demo_are_refused_for_a_site() -> None:
    assert _ids(checks.check_production(None)) == {"omnidesk.E001", "omnidesk.E002"}
    assert _ids(checks.check_mail(None)) >= {"omnidesk.E003", "omnidesk.E005"}


def test_a_password_for_mail_is_not_sent_in_the_clear(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://desk:secret@mail.example.com"

    assert "omnidesk.E004" in _ids(checks.check_mail(None))


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_an_encrypted_mail_server_is_fine(settings: Settings, scheme: str) -> None:
    settings.SMTP_URL = f"{scheme}://desk:secret@mail.example.com"
    settings.DEFAULT_FROM_EMAIL = "desk@example.com"

    assert checks.check_mail(None) == []


def test_a_folder_that_cannot_be_written_is_named(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    settings.DATA_DIR = file / "data"

    (message,) = checks.check_data_dir(None)

    assert str(settings.DATA_DIR) in message.msg
