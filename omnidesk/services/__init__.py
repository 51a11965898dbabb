"""PostgreSQL and Redis for a machine that has none."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Urls:
    """Where the servers are."""

    database_url: str
    redis_url: str


def urls(root: Path) -> Urls:
    """Return where the embedded servers of this data directory are."""
    return Urls(
        "postgres://postgres@127.0.0.1:54329/omnidesk", "redis://127.0.0.1:63799/0"
    )
