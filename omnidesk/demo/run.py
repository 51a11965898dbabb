"""The demo from start to end: services, database, sample data, processes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings

from omnidesk import env, services
from omnidesk.demo import database, logs, roles, seed, welcome
from omnidesk.demo.ports import Ports, open_web_socket
from omnidesk.demo.processes import (
    Child,
    Stopped,
    Supervisor,
    raise_stopped_on_signals,
)


class AlreadyRunning(Exception):
    """Another demo uses the same folder; the text is a sentence for the terminal."""


def run(ports: Ports, *, empty: bool, reset: bool) -> None:
    """Run the desk until somebody stops it. Raises PortTaken, AlreadyRunning, GaveUp.

    The site's process starts first and the rest beside it: what comes early waits in
    the queue of the listening socket.
    """
    raise_stopped_on_signals()
    with ExitStack() as stack:
        try:
            listening = stack.enter_context(open_web_socket(ports))
            stack.enter_context(_alone())
            stack.enter_context(services.running(settings.DATA_DIR, names=_own()))
            if reset:
                database.erase()
            database.migrate()
            supervisor = Supervisor(_stop_services)
            stack.callback(supervisor.stop)
            web = Child("web", roles.web(listening), 36, keeps=(listening.fileno(),))
            supervisor.start(web)
            seed.seed(empty=empty)
            supervisor.start(Child("worker", roles.worker, 33))
            supervisor.start(Child("scheduler", roles.scheduler, 35))
            supervisor.start(Child("mail", roles.smtpd, 32))
            supervisor.start(Child("mailbox", roles.mailbox, 34, tidies_up=True))
            welcome.await_first_page(ports, attend=supervisor.attend)
            welcome.greet(ports)
            supervisor.run()
        except Stopped:
            logs.say("Stopping.")


def _own() -> list[str]:
    """Return the services that no URL names, which the demo must bring along."""
    variables = {"postgresql": "DATABASE_URL", "redis": "REDIS_URL"}
    return [name for name, variable in variables.items() if not env.text(variable)]


def _stop_services() -> None:
    """Stop the services after a killed demo: whoever is last in the block does."""
    with services.running(settings.DATA_DIR, names=_own()):
        pass


@contextmanager
def _alone() -> Iterator[None]:
    """Hold DATA_DIR against a second demo. Raises AlreadyRunning."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    handle = os.open(settings.DATA_DIR / "demo.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise AlreadyRunning(
            f"A demo already runs on {settings.DATA_DIR}. Stop it first, or set "
            "DATA_DIR to another folder."
        ) from error
    try:
        yield
    finally:
        os.close(handle)
