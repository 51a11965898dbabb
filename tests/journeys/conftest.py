"""The desk as it is run: the demo's processes, and browsers that use them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90  # on a machine that runs other tests beside it
PATIENCE = 30_000  # milliseconds a page may take to show what it must


@dataclass(frozen=True)
class Desk:
    """A running desk with nobody's conversations but the demo's."""

    port: int
    data: Path

    @property
    def url(self) -> str:
        """Return the address of the desk."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def smtp_port(self) -> int:
        """Return where it takes mail."""
        return self.port + 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Start `manage.py demo` with data of its own; stop it as Ctrl-C does."""
    data = tmp_path_factory.mktemp("desk")
    port = _free_port()
    unwanted = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {
        **{name: value for name, value in os.environ.items() if name not in unwanted},
        "DATA_DIR": str(data),
        "PYTHONUNBUFFERED": "1",
    }
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _await_start(process, data / "log")
        yield Desk(port=port, data=data)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _await_start(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the desk says that it is ready; fail with its log if it ends."""
    ready = threading.Event()
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if "Ctrl-C stops everything" in log.read_text():
            return
        if process.poll() is not None:
            break
        ready.wait(0.2)
    pytest.fail(f"The desk did not start:\n{log.read_text()[-4000:]}")


def _free_port() -> int:
    """Return the first of three free ports in a row, which the demo uses."""
    for port in range(18000 + os.getpid() % 1000 * 10, 65000, 10):
        if all(_is_free(port + offset) for offset in range(3)):
            return port
    raise RuntimeError("No three free ports in a row.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium: the system's, or the one Playwright brought."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or None,
                args=[
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            )
        except Error as error:
            reason = (
                "No browser: install Chromium (Debian: apt-get install chromium) "
                "or run `uv run playwright install chromium`."
            )
            if os.environ.get("CI") == "true":
                pytest.fail(f"{reason} {error}")
            pytest.skip(reason)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser profile of somebody who was never here."""
    made = new_context(browser)
    yield made
    made.close()


@pytest.fixture
def other_context(browser: Browser) -> Iterator[BrowserContext]:
    """Return the profile of somebody else."""
    made = new_context(browser)
    yield made
    made.close()


def new_context(browser: Browser) -> BrowserContext:
    """Return a profile whose pages wait long enough for a busy machine."""
    made = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    made.set_default_timeout(PATIENCE)
    return made
