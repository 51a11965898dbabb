"""The processes of a running desk, as functions that a child runs."""

import asyncio
import socket
import warnings
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command

SOCKET_BYTES = 64 * 1024  # of one frame; the sockets carry hints, never files
WORKER_PROCESSES = 2


def web(listening: socket.socket) -> Callable[[], None]:
    """Return the function that serves pages and sockets on a listening socket."""

    def serve() -> None:
        import uvicorn

        options = settings.DATABASES["default"].setdefault("OPTIONS", {})
        options["pool"] = settings.DATABASE_POOL_OPTIONS
        from omnidesk.asgi import application

        # Files are small here; in production a proxy or WSGI sends them.
        warnings.filterwarnings("ignore", "StreamingHttpResponse must consume sync")
        config = uvicorn.Config(
            application,
            lifespan="off",
            ws="websockets-sansio",
            ws_max_size=SOCKET_BYTES,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=2,
        )
        uvicorn.Server(config).run(sockets=[listening])

    return serve


def worker() -> None:
    """Work on what others enqueue."""
    from omnidesk.celery import app

    # A container's only user is often root; the demo takes no work from outside.
    warnings.filterwarnings("ignore", "You're running the worker with superuser")
    app.worker_main(
        [
            "--quiet",
            "worker",
            f"--concurrency={WORKER_PROCESSES}",
            "--loglevel=WARNING",
            "--without-gossip",
            "--without-mingle",
        ]
    )


def scheduler() -> None:
    """Wake the sweeps on time."""
    from omnidesk.celery import app

    app.start(["--quiet", "beat", "--loglevel=WARNING", "--pidfile="])


def smtpd() -> None:
    """Take mail for the desk."""
    call_command("smtpd")


def mailbox() -> None:
    """Keep the mail that the desk sends, for the customers' mailbox page."""
    from omnidesk.simulator import sink

    asyncio.run(sink.listen(settings.SMTP_URL))
