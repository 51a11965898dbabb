"""Start a server that outlives its starter, know whether it lives, and end it."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from omnidesk.services import locks
from omnidesk.services.place import Place

PAUSE_SECONDS = 0.01  # between two looks at a server that starts or stops
SETTLE_SECONDS = 5  # a killed server's children, or a start cut off, need no longer
# A shell in the background is the portable way to have init adopt the server, so
# that it leaves no zombie here. It writes the pid itself: this process may be killed.
DETACH = 'log=$1 pid=$2; shift 2; "$@" >"$log" 2>&1 </dev/null & echo $! >"$pid"'


def start(here: Place, name: str, command: Sequence[str | Path]) -> None:
    """Start a server in a session of its own, as the account of the place.

    It logs to `<name>.log`, which starts afresh. Does nothing if it is alive.
    """
    life = locks.life(here, name)
    if life is None:
        return
    files = (log_file(here, name), _pid_file(here, name))
    try:
        run(here, ["/bin/sh", "-c", DETACH, "sh", *files, *command], pass_fds=(life,))
    finally:
        os.close(life)


def run(
    here: Place, command: Sequence[str | Path], **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as the account of the place and return its output.

    The environment is bare: PGPORT and the like must not steer a server, and the
    account need not see this process's secrets.
    """
    if os.geteuid() == 0:
        identity = {"user": here.account.uid, "group": here.account.gid}
        options.update(identity, extra_groups=[])
    names = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    return subprocess.run(  # noqa: S603 - our own commands, no shell around them
        command,
        cwd=here.home,
        env={**environment, "LC_ALL": "C"},
        umask=0o077,
        start_new_session=True,  # Ctrl-C in the terminal is not for the server
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        **options,
    )


def alive(here: Place, name: str) -> bool:
    """Return whether the server, or a child of it, still runs."""
    life = locks.life(here, name)
    if life is None:
        return True
    os.close(life)
    return False


def reachable(here: Place, name: str, responds: Callable[[], bool]) -> bool:
    """Return whether the server lives and responds.

    Waits SETTLE_SECONDS at most where it is neither dead nor responding.
    """
    wait(lambda: responds() or not alive(here, name), seconds=SETTLE_SECONDS)
    return alive(here, name) and responds()


def accepts(address: Path) -> bool:
    """Return whether somebody accepts connections on a socket."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(str(address))
        except OSError:
            return False
    return True


def pid(here: Place, name: str) -> int | None:
    """Return the process id of the server that was started last, alive or not."""
    try:
        return int(_pid_file(here, name).read_text())
    except (FileNotFoundError, ValueError):
        return None


def end(here: Place, name: str, *, signals: Sequence[str], seconds: float) -> bool:
    """Send each signal in turn until the server is gone; say whether it is.

    `seconds` is the patience with each signal. The account itself sends them, so
    that the kernel protects everyone else's processes.
    """
    for signal in signals:
        number = pid(here, name)
        if number is not None and alive(here, name):
            run(here, ["/bin/sh", "-c", f"kill -s {signal} {number}"])
        if wait(lambda: not alive(here, name), seconds=seconds):
            return True
    return False


def wait(happened: Callable[[], bool], *, seconds: float) -> bool:
    """Look again and again until it happened (True) or the time is up (False)."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE_SECONDS)
    return True


def log_file(here: Place, name: str) -> Path:
    """Return the file that the server writes to."""
    return here.home / f"{name}.log"


def last_words(here: Place, name: str) -> str:
    """Return the last line of the server's log that is not blank, or ""."""
    try:
        text = log_file(here, name).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _pid_file(here: Place, name: str) -> Path:
    return here.home / f"{name}.pid"
