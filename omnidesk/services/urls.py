"""The addresses of the embedded services, known before they run."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from omnidesk.services import place


@dataclass(frozen=True)
class Urls:
    """Where to connect, in the form of DATABASE_URL and REDIS_URL."""

    database_url: str
    redis_url: str


def urls(root: Path) -> Urls:
    """Return the addresses of the services kept under `root`, starting nothing.

    The same folder and user give the same addresses in every process. Costs a few
    `stat` calls, writes nothing, never raises.
    """
    sockets = place.find(root).sockets
    host = quote(str(sockets), safe="")
    return Urls(
        database_url=f"postgresql://omnidesk@{host}:{place.POSTGRES_PORT}/omnidesk",
        redis_url=f"unix://{sockets / place.REDIS_SOCKET}?db=0",
    )


def celery_broker_url(redis_url: str) -> str:
    """Return a Redis URL in the form that Celery's broker wants.

    Redis clients spell a socket `unix:///path?db=1`, kombu spells the same one
    `redis+socket:///path?virtual_host=1`. Other URLs come back unchanged.
    """
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    query = "&".join(
        f"virtual_host={item.removeprefix('db=')}" if item.startswith("db=") else item
        for item in parts.query.split("&")
        if item
    )
    location = f"redis+socket://{parts.netloc}{unquote(parts.path)}"
    return f"{location}?{query}" if query else location
