"""PostgreSQL and Redis for a machine that has none, kept in one folder.

Importing this starts nothing and `urls` only computes; `ensure` and `running` start.
"""

from omnidesk.services.errors import ServicesError
from omnidesk.services.lifecycle import NAMES, State, ensure, running, status, stop
from omnidesk.services.urls import Urls, celery_broker_url, urls

__all__ = [
    "NAMES",
    "ServicesError",
    "State",
    "Urls",
    "celery_broker_url",
    "ensure",
    "running",
    "status",
    "stop",
    "urls",
]
