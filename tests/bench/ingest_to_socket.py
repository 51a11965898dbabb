"""From a visitor's POST to the frame on the agents' sockets, 10 messages a second.

    uv run python -m tests.bench.ingest_to_socket [seconds]

Real processes on the loopback, with 1 and with 50 sockets; p50 / p95 in milliseconds
over every pair of message and socket.
"""

import asyncio
import re
import statistics
import sys
import time
import uuid

import httpx

from tests.bench import clients, rig

EVERY_SECONDS = 0.1
VISITORS = 20
MARK = re.compile(rb"mark-(\d+)-")


async def visit(client: httpx.AsyncClient, token: str) -> dict[str, str]:
    """Return the headers of a new visitor."""
    answer = await client.post(f"/w/{token}/session", json={})
    answer.raise_for_status()
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def measure(desk: rig.Rig, *, sockets: int, seconds: int) -> None:
    """Send for so many seconds and print what the sockets saw."""
    from django.core.cache import cache

    began: dict[int, float] = {}
    took: list[float] = []
    answered: list[float] = []

    def heard(data: bytes, now: float) -> None:
        took.extend((now - began[int(mark)]) * 1000 for mark in set(MARK.findall(data)))

    opened = await clients.connect(
        "/ws/console/", port=desk.port, cookies=desk.cookies[:sockets], heard=heard
    )
    count = round(seconds / EVERY_SECONDS)
    async with httpx.AsyncClient(base_url=desk.url, timeout=20) as client:
        token = desk.account.token
        cache.clear()
        visitors = [await visit(client, token) for _ in range(VISITORS)]

        async def post(number: int) -> None:
            began[number] = time.perf_counter()
            answer = await client.post(
                f"/w/{token}/messages",
                json={"id": uuid.uuid4().hex, "text": f"mark-{number}- Where is it?"},
                headers=visitors[number % VISITORS],
            )
            answer.raise_for_status()
            answered.append((time.perf_counter() - began[number]) * 1000)

        async with asyncio.TaskGroup() as posts:
            for number in range(count):
                if number % 50 == 0:
                    # The limits are for one address; here all come from one.
                    await asyncio.to_thread(cache.clear)
                posts.create_task(post(number))
                await asyncio.sleep(EVERY_SECONDS)
        await asyncio.sleep(2)
    for socket in opened:
        socket.transport.close()
    took.sort()
    answered.sort()
    print(
        f"{sockets:3} sockets: {len(took)} of {count * sockets} frames,"
        f" POST to frame p50 {statistics.median(took):.0f}"
        f" p95 {took[int(len(took) * 0.95)]:.0f} max {took[-1]:.0f} ms;"
        f" POST answered p50 {statistics.median(answered):.0f}"
        f" p95 {answered[int(len(answered) * 0.95)]:.0f} ms"
    )


def main() -> None:
    """Start everything, measure, stop everything."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with rig.desk(agents=50) as desk:
        for sockets in (1, 50):
            asyncio.run(measure(desk, sockets=sockets, seconds=seconds))


if __name__ == "__main__":
    main()
