"""Child processes of one parent: forked, logged, restarted, and never left behind.

The children are forked from a parent that has loaded Django, so that all of them
together take the time and memory of one. That is safe because the parent has no
threads and closes its database connections before it forks.
"""

import os
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from django.db import connections

from omnidesk.demo import logs, orphans

RESTART_LIMIT = 5  # deaths of one child within RESTART_WINDOW_SECONDS
RESTART_WINDOW_SECONDS = 60
RESTART_PAUSE_SECONDS = 1.0
STOP_SECONDS = 6.0  # patience with SIGTERM before SIGKILL
LOOK_SECONDS = 0.5  # how soon a death is noticed


class Stopped(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM or SIGHUP."""


class GaveUp(Exception):
    """A child dies again and again; the text is a sentence for the terminal."""


@dataclass
class Child:
    """One process and the function it runs."""

    name: str
    run: Callable[[], None]
    color: int  # of its name in the terminal: 31 to 37, as ANSI numbers them
    # Open files of the parent that it goes on with; it closes all others.
    keeps: tuple[int, ...] = ()
    # Stops the services if the parent is killed.
    tidies_up: bool = False
    pid: int = 0
    deaths: list[float] = field(default_factory=list)
    restart_at: float | None = None
    log: logs.Lines | None = None


class Supervisor:
    """Starts children and keeps them running until told to stop."""

    def __init__(self, on_orphaned: Callable[[], None]) -> None:
        """Remember what the last child does if this process is killed."""
        self.children: list[Child] = []
        self.selector = selectors.DefaultSelector()
        self.lifeline = orphans.Lifeline(on_orphaned)

    def start(self, child: Child) -> None:
        """Fork the child into a process group of its own."""
        connections.close_all()
        sys.stdout.flush()
        sys.stderr.flush()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._become(child, writing)
        os.close(writing)
        child.pid, child.restart_at = pid, None
        child.log = logs.Lines(child.name, child.color, reading)
        self.selector.register(reading, selectors.EVENT_READ, child.log)
        if child not in self.children:
            self.children.append(child)

    def run(self) -> NoReturn:
        """Show what the children say and restart those that die. Raises GaveUp."""
        while True:
            self.attend(LOOK_SECONDS)

    def attend(self, seconds: float) -> None:
        """Do that once, waiting so long at most. Raises GaveUp."""
        self._read(seconds)
        for child in self.children:
            if child.pid and _has_ended(child.pid):
                self._bury(child)
            if child.restart_at is not None and time.monotonic() >= child.restart_at:
                self.start(child)

    def stop(self) -> None:
        """End every child and everything it started; takes STOP_SECONDS at most."""
        running = [child for child in self.children if child.pid]
        for child in running:
            _send(os.kill, child.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while running and time.monotonic() < deadline:
            self._read(0.05)
            running = [child for child in running if not _has_ended(child.pid)]
        for child in self.children:
            if child.pid:
                _send(os.killpg, child.pid, signal.SIGKILL)
        for child in running:
            with suppress(ChildProcessError):
                os.waitpid(child.pid, 0)
        self._read(0)
        self.lifeline.close()

    def _read(self, seconds: float) -> None:
        if not self.selector.get_map():
            time.sleep(seconds)
            return
        for key, _ in self.selector.select(seconds):
            lines: logs.Lines = key.data
            if not lines.pump():
                self.selector.unregister(key.fd)
                os.close(key.fd)

    def _bury(self, child: Child) -> None:
        """Clear away what a dead child left, and plan its next life."""
        _send(os.killpg, child.pid, signal.SIGKILL)
        now = time.monotonic()
        child.pid = 0
        recent = [t for t in child.deaths if now - t < RESTART_WINDOW_SECONDS]
        child.deaths = [*recent, now]
        if len(child.deaths) > RESTART_LIMIT:
            raise GaveUp(
                f"The process {child.name!r} ended {len(child.deaths)} times within "
                f"{RESTART_WINDOW_SECONDS} s; its last lines above say why."
            )
        child.restart_at = now + RESTART_PAUSE_SECONDS
        logs.say(f"{child.name} ended and is started again.")

    def _become(self, child: Child, writing: int) -> NoReturn:
        """Turn this fork into the child. Never returns."""
        code = 1
        try:
            os.setsid()  # Ctrl-C in the terminal reaches the parent alone
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(name, signal.SIG_DFL)
            _redirect(writing)
            # Locks and pipes of the parent must end with the parent.
            _close_all_but({*child.keeps, self.lifeline.reading})
            self.lifeline.watch(tidies_up=child.tidies_up)
            child.run()
            code = 0
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except BaseException:  # noqa: BLE001 - the outermost line of a process
            traceback.print_exc()
        finally:
            with suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)


def raise_stopped_on_signals() -> None:
    """Make Ctrl-C, SIGTERM and a closed terminal raise Stopped, the first time."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        raise Stopped

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)


def _redirect(writing: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(writing, 1)
    os.dup2(writing, 2)
    os.close(nothing)
    os.close(writing)
    # Objects made before the fork may stand in for these; the file numbers are ours.
    sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)


def _close_all_but(kept: set[int]) -> None:
    for fd in range(3, 256):
        if fd not in kept:
            with suppress(OSError):
                os.close(fd)


def _has_ended(pid: int) -> bool:
    try:
        ended, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return True
    return ended != 0


def _send(send: Callable[[int, int], None], target: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        send(target, number)
