"""Redis, the machine's own or the one from its wheel, on a socket of its own."""

import socket

from omnidesk.services import binaries, processes
from omnidesk.services.errors import ServicesError
from omnidesk.services.place import REDIS_SOCKET, Place

NAME = "redis"
START_SECONDS = 10
STOP_SECONDS = 5
ADVICE = "Set REDIS_URL to a Redis server instead."
SETTINGS = {
    "port": "0",  # no TCP
    "unixsocketperm": "700",
    "save": "",
    "appendonly": "no",
    "maxmemory-policy": "noeviction",
    "databases": "128",  # each worker of the tests has its own
    "daemonize": "no",
}


def start(here: Place) -> None:
    """Start the server if it is not alive; returns before it answers."""
    if processes.reachable(here, NAME, lambda: _answers(here)):
        return
    _ask(here, b"SHUTDOWN NOSAVE\r\n")  # one whose folder was deleted under it
    stop(here)  # alive and out of reach: something swept its socket away
    program = binaries.redis_server(here)
    settings = {**SETTINGS, "unixsocket": str(here.sockets / REDIS_SOCKET)}
    flags = [word for name, value in settings.items() for word in (f"--{name}", value)]
    processes.start(here, NAME, [program, *flags])


def await_ready(here: Place) -> None:
    """Wait until the server answers; raises ServicesError with its last words."""
    processes.wait(
        lambda: _answers(here) or not processes.alive(here, NAME), seconds=START_SECONDS
    )
    if not _answers(here):
        words = processes.last_words(here, NAME)
        raise ServicesError(f"Redis does not start ({words}). {ADVICE}")


def stop(here: Place) -> None:
    """Stop the server; raises ServicesError if it stays."""
    signals = ("TERM", "KILL")
    if not processes.end(here, NAME, signals=signals, seconds=STOP_SECONDS):
        raise ServicesError(f"Redis in {here.home} does not stop.")
    (here.sockets / REDIS_SOCKET).unlink(missing_ok=True)


def _answers(here: Place) -> bool:
    return _ask(here, b"PING\r\n").startswith(b"+PONG")


def _ask(here: Place, command: bytes) -> bytes:
    """Return the first bytes of the answer; none if nobody is there."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(str(here.sockets / REDIS_SOCKET))
            client.sendall(command)
            return client.recv(16)
        except OSError:
            return b""
