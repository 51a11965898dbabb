"""What the demo refuses, each with one sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from omnidesk.demo import ports
from omnidesk.demo.ports import Ports, PortTaken

ROOT = Path(__file__).resolve().parents[3]


def test_the_demo_refuses_the_settings_of_a_real_site(
    settings: Settings,
) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="SECRET_KEY is set"):
        call_command("demo")


def test_a_reset_leaves_a_database_that_somebody_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/important")

    with pytest.raises(CommandError, match="DATABASE_URL names"):
        call_command("demo", reset=True)


def test_a_port_that_is_no_port_is_refused() -> None:
    with pytest.raises(CommandError, match="--port is a number"):
        call_command("demo", port=70000)


@pytest.mark.parametrize("offset", [0, 1, 2], ids=["site", "mail", "mailbox"])
def test_a_taken_port_is_named_with_the_way_out(offset: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]

        with pytest.raises(PortTaken, match=rf"Port {number}.*--port"):
            ports.open_web_socket(Ports(number - offset))


def test_two_checkouts_on_two_ports_share_no_address() -> None:
    one = set(Ports(8000).as_environment().values())
    other = set(Ports(8100).as_environment().values())

    assert one.isdisjoint(other)


def test_a_wrong_setting_ends_a_command_with_one_sentence() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}

    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**environment, "SECRET_KEY": "short"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 1
    assert answer.stderr.startswith("SECRET_KEY is shorter than 50 characters.")
    assert len(answer.stderr.splitlines()) == 1
