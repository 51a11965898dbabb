"""Frames a second to 500 sockets, and how long one takes to reach all of them.

    uv run python -m tests.bench.fan_out [sockets]

The desk's hub against a bare uvicorn server that writes the same bytes; both hear of
a frame by Redis, three rounds in turn.
"""

import asyncio
import os
import statistics
import sys
import time

from redis import asyncio as redis

from tests.bench import bare, clients, rig

FRAMES, ROUNDS, SINGLE = 100, 3, 20
BYTES = 1500  # a row and what goes with it


async def measure(
    target: str, port: int, cookies: list[str], send: object
) -> list[float]:
    """Return frames a second, and the p50 and p95 ms of one frame to all sockets."""
    received = [0, 0.0]

    def heard(data: bytes, now: float) -> None:
        received[0] += len(data)
        received[1] = now

    path = "/ws/console/" if target == "hub" else "/"
    sockets = await clients.connect(path, port=port, cookies=cookies, heard=heard)
    await asyncio.sleep(1)
    count, frame = len(sockets), BYTES + 4  # two bytes of head and two of length
    times = []
    for _ in range(SINGLE):
        received[0], begin = 0, time.perf_counter()
        await send()  # type: ignore[operator]
        await _until(received, count * frame)
        times.append((received[1] - begin) * 1000)
        await asyncio.sleep(0.02)
    received[0], begin = 0, time.perf_counter()
    for _ in range(FRAMES):
        await send()  # type: ignore[operator]
    await _until(received, count * frame * FRAMES)
    rate = count * FRAMES / (received[1] - begin)
    for socket in sockets:
        socket.transport.close()
    await asyncio.sleep(0.5)
    return [rate, statistics.median(times), sorted(times)[int(len(times) * 0.95)]]


async def _until(received: list[float], wanted: int) -> None:
    async with asyncio.timeout(60):
        while received[0] < wanted:  # noqa: ASYNC110 - the clients only count
            await asyncio.sleep(0.001)


async def run(desk: rig.Rig, bare_port: int, sockets: int) -> None:
    """Measure both in turn and print the medians and their ratio."""
    from django.conf import settings

    from omnidesk.console import groups

    connection = redis.Redis.from_url(settings.REDIS_URL)
    text = '{"type":"bench","filler":"' + "x" * (BYTES - 28) + '"}'
    assert len(text) == BYTES
    group = groups.inbox(desk.account.inbox_id)
    message = {group: groups.frame(group, 1, text)}

    async def by_hub() -> None:
        await groups.asend(message)

    async def by_bare() -> None:
        await connection.publish(bare.CHANNEL, text)

    figures: dict[str, list[list[float]]] = {"bare": [], "hub": []}
    cookies = (desk.cookies * sockets)[:sockets]
    for _ in range(ROUNDS):
        for target, port, send in (
            ("bare", bare_port, by_bare),
            ("hub", desk.port, by_hub),
        ):
            found = await measure(target, port, cookies, send)
            figures[target].append(found)
            print(f"{target:5}", *(f"{figure:10.1f}" for figure in found))
    await connection.aclose()
    medians = {
        t: [statistics.median(c) for c in zip(*f, strict=True)]
        for t, f in figures.items()
    }
    print("median  frames/s   one to all p50 / p95 ms")
    for target, (rate, p50, p95) in medians.items():
        print(f"{target:5} {rate:10.0f} {p50:10.1f} / {p95:.1f}")
    print(f"ratio of frames/s: {medians['hub'][0] / medians['bare'][0]:.2f} (goal 0.5)")


def main() -> None:
    """Start everything, measure, stop everything."""
    sockets = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with rig.desk(agents=10) as desk:
        from django.conf import settings

        os.environ["BENCH_REDIS_URL"] = settings.REDIS_URL
        with rig.server("tests.bench.bare:app") as bare_port:
            asyncio.run(run(desk, bare_port, sockets))


if __name__ == "__main__":
    main()
