"""The first manager of a site."""

import io

import pytest
from django.core.management import CommandError, call_command

from omnidesk.accounts.models import User
from tests.factories import make_agent

pytestmark = pytest.mark.django_db


def _create(monkeypatch: pytest.MonkeyPatch, *, password: str, email: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("create_account", email, name="Nora", stdout=io.StringIO())


def test_the_first_account_is_a_managers(monkeypatch: pytest.MonkeyPatch) -> None:
    _create(monkeypatch, password="correct horse battery", email="Nora@acme.example")

    nora = User.objects.get(email="nora@acme.example")
    assert nora.role == User.Role.MANAGER
    assert nora.check_password("correct horse battery")
    assert not nora.is_superuser


@pytest.mark.parametrize(
    ("password", "email", "sentence"),
    [
        pytest.param("12345", "nora@acme.example", "too short", id="weak"),
        pytest.param("correct horse battery", "nora", "valid email", id="address"),
    ],
)
def test_a_weak_password_or_no_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, password: str, email: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        _create(monkeypatch, password=password, email=email)

    assert not User.objects.exists()


def test_an_address_belongs_to_one_account(monkeypatch: pytest.MonkeyPatch) -> None:
    make_agent(email="nora@acme.example")

    with pytest.raises(CommandError, match="already"):
        _create(
            monkeypatch, password="correct horse battery", email="Nora@acme.example"
        )
