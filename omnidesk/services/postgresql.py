"""PostgreSQL 18 from its wheel: start it, ask it, stop it."""

from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from omnidesk.services import binaries, cluster, processes
from omnidesk.services.errors import ServicesError
from omnidesk.services.place import POSTGRES_PORT, Place

NAME = "postgresql"
START_SECONDS = 60  # recovery after a crash may take a while
STOP_SECONDS = 10
ADVICE = "Set DATABASE_URL to a PostgreSQL server instead."
SETTINGS = {
    "listen_addresses": "",
    "port": str(POSTGRES_PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "io_method": "sync",  # three processes less; one desk does not saturate a disk
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start(here: Place, *, durable: bool) -> None:
    """Start the server if it is not alive, making the cluster the first time.

    Returns before it answers; see `await_ready`. `durable=False` trades the data's
    safety in a power cut for speed. Raises ServicesError.
    """
    if processes.reachable(here, NAME, lambda: _ping(here) in (Ping.OK, Ping.REJECT)):
        return
    stop(here)  # alive and out of reach: something swept its socket away
    folder = binaries.postgres_folder(here)
    data = cluster.ensure(here, folder)
    _clear_leftovers(here, data)
    settings = {**SETTINGS, "unix_socket_directories": str(here.sockets)}
    if not durable:
        settings.update(FORGETFUL)
    flags = [f"--{name}={value}" for name, value in settings.items()]
    processes.start(here, NAME, [folder / "bin" / "postgres", "-D", data, *flags])


def await_ready(here: Place) -> None:
    """Wait until the server answers and make the database `omnidesk` if missing.

    Raises ServicesError with the server's last words when it ends, or when it does
    not answer within START_SECONDS.
    """
    processes.wait(
        lambda: _ping(here) == Ping.OK or not processes.alive(here, NAME),
        seconds=START_SECONDS,
    )
    try:
        _make_database(here)
    except psycopg.OperationalError as error:
        words = processes.last_words(here, NAME)
        raise ServicesError(f"PostgreSQL does not start ({words}). {ADVICE}") from error


def stop(here: Place) -> None:
    """End open sessions and stop the server; raises ServicesError if it stays."""
    signals = ("INT", "QUIT", "KILL")  # fast, immediate, and what it cannot refuse
    if not processes.end(here, NAME, signals=signals, seconds=STOP_SECONDS):
        raise ServicesError(f"PostgreSQL in {here.home} does not stop.")
    _remove_socket(here)


def _clear_leftovers(here: Place, data: Path) -> None:
    """Remove what a killed server left, so that a reused pid cannot stop a start.

    No server of ours is alive here; one that was started by hand still answers on
    the socket that its pid file names, and is left in peace.
    """
    pid_file = data / "postmaster.pid"
    if pid_file.exists():
        lines = pid_file.read_text().splitlines()
        if len(lines) >= 5 and processes.accepts(
            Path(lines[4]) / f".s.PGSQL.{lines[3]}"
        ):
            raise ServicesError(
                f"Another PostgreSQL (process {lines[0]}) uses {data}. Stop it first."
            )
        pid_file.unlink()
    _remove_socket(here)


def _ping(here: Place) -> Ping:
    """Ask whether it answers; REJECT while it starts, recovers or stops."""
    return Ping(PGconn.ping(_conninfo(here).encode()))


def _make_database(here: Place) -> None:
    with psycopg.connect(_conninfo(here), autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = 'omnidesk'"
        if connection.execute(query).fetchone() is None:
            connection.execute("CREATE DATABASE omnidesk")


def _conninfo(here: Place) -> str:
    return make_conninfo(
        host=str(here.sockets),
        port=POSTGRES_PORT,
        user="omnidesk",
        dbname="postgres",
        connect_timeout=5,
    )


def _remove_socket(here: Place) -> None:
    for name in (f".s.PGSQL.{POSTGRES_PORT}", f".s.PGSQL.{POSTGRES_PORT}.lock"):
        (here.sockets / name).unlink(missing_ok=True)
