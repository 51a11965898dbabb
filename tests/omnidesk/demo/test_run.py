"""The one command, really started, in a folder and on ports of its own."""

import os
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.request import urlopen

import pytest

from omnidesk import services

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 90  # the goal is 20; test machines are busy


class Demo:
    """A running demo and what it has said."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.lines: list[str] = []
        self.greeted = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=_environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if "Ctrl-C stops everything" in line:
                self.greeted.set()
        self.greeted.set()

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def end(self, number: int, *, seconds: float) -> None:
        """Send a signal and wait until nothing of the demo is left."""
        self.process.send_signal(number)
        self.process.wait(timeout=30)
        deadline = time.monotonic() + seconds
        while self.leftovers() and time.monotonic() < deadline:
            time.sleep(0.2)
        self.reader.join(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def leftovers(self) -> list[str]:
        listed = subprocess.run(
            ["ps", "-A", "-o", "stat=,args="],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
        mine = f"demo --port {self.port}"
        processes = [
            line
            for line in listed.stdout.splitlines()
            if line.endswith(mine) and not line.startswith("Z")
        ]
        running = [s.name for s in services.status(self.folder) if s.pid is not None]
        return processes + running


def _environment(folder: Path) -> dict[str, str]:
    ours = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "DATA_DIR": str(folder), "PYTHONWARNINGS": "default"}


def _free_port() -> int:
    """Return a port with two free ones after it."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                for number in (port + 1, port + 2):
                    with socket.socket() as other:
                        other.bind(("127.0.0.1", number))
            except OSError:
                continue
        return port


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Return a folder that any account can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="omnidesk-demo-"))
    made.chmod(0o755)
    yield made
    services.stop(made)
    shutil.rmtree(made)


@pytest.fixture
def demo(folder: Path) -> Iterator[Demo]:
    running = Demo(folder, _free_port())
    try:
        running.greeted.wait(START_SECONDS)
        assert "Sign in with the password" in running.said
        yield running
    finally:
        if running.process.poll() is None:
            running.end(signal.SIGTERM, seconds=20)


def test_one_command_starts_a_desk_that_answers_and_takes_mail(demo: Demo) -> None:
    site = f"http://127.0.0.1:{demo.port}"
    mail = EmailMessage()
    mail["From"], mail["To"] = "tom@example.com", "support@acme.example"
    mail["Subject"] = "Hello"
    mail.set_content("Is anybody there?")

    for path in ("/console/", "/try/", "/try/mailbox/", "/help/"):
        with urlopen(site + path, timeout=30) as page:  # noqa: S310 - our own address
            assert page.status == 200
    with smtplib.SMTP("127.0.0.1", demo.port + 1, timeout=30) as server:
        assert server.send_message(mail) == {}

    assert "maya@acme.example" in demo.said
    assert "Traceback" not in demo.said

    demo.end(signal.SIGINT, seconds=0)

    assert demo.process.returncode == 0
    assert demo.leftovers() == []


def test_a_killed_demo_takes_its_processes_along(demo: Demo) -> None:
    demo.end(signal.SIGKILL, seconds=30)

    assert demo.leftovers() == []
