"""What every test stands on: the real PostgreSQL and Redis, started once."""

from contextlib import ExitStack

import pytest
from django.conf import settings

from omnidesk import env, services


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist starts its workers
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the servers that no URL names; stop them at the end, Ctrl-C included."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    variables = {"postgresql": "DATABASE_URL", "redis": "REDIS_URL"}
    names = [name for name, variable in variables.items() if not env.text(variable)]
    if not names:
        return
    servers = ExitStack()
    try:
        servers.enter_context(
            services.running(settings.DATA_DIR, names=names, durable=False)
        )
    except services.ServicesError as error:
        raise pytest.UsageError(error.explanation) from error
    session.config.add_cleanup(servers.close)
