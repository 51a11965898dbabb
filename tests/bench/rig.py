"""A desk of its own for a benchmark: servers, an inbox, agents, a real web process."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SERVER_OPTIONS = (
    "--ws",
    "websockets-sansio",
    "--ws-max-size",
    "65536",
    "--no-access-log",
    "--log-level",
    "warning",
)


@dataclass(frozen=True)
class Rig:
    """A running desk and what signs agents in."""

    port: int
    cookies: list[str]
    # A chat account that feeds the inbox which every agent sees.
    account: Any

    @property
    def url(self) -> str:
        """Return the address of the desk."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def desk(*, agents: int) -> Iterator[Rig]:
    """Start servers and a web process with data of their own; leave nothing."""
    folder = Path(tempfile.mkdtemp(prefix="desk-bench-"))
    os.environ |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "omnidesk.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("REDIS_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    from omnidesk import services

    try:
        with services.running(folder):
            call_command("migrate", verbosity=0)
            account, cookies = _people(agents)
            with server("omnidesk.asgi:application") as port:
                yield Rig(port=port, cookies=cookies, account=account)
            _close_connections()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server(application: str) -> Iterator[int]:
    """Run an ASGI application by uvicorn on a free port of the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", application, "--port", str(port)]
        + list(SERVER_OPTIONS)
        + ([] if "omnidesk" in application else ["--lifespan", "off"]),
        cwd=ROOT,
    )
    try:
        _await(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError("The web process did not start.")


def _people(count: int) -> tuple[Any, list[str]]:
    from django.test import Client

    from tests.factories import ChatAccountFactory, make_agent

    account = ChatAccountFactory.create(name="Bench")
    account.inbox.bot_enabled = False
    account.inbox.save()
    agent = make_agent(inbox=account.inbox)
    cookies = []
    for _ in range(count):
        client = Client()
        client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
        cookies.append(f"sessionid={client.cookies['sessionid'].value}")
    return account, cookies


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
