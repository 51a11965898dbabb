"""An event loop in a thread, for servers that tests talk to."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager


@contextmanager
def served(start: Callable[[], Awaitable[asyncio.Server]]) -> Iterator[int]:
    """Run a server in a loop of its own; yield the port it chose."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> asyncio.Server:
        return await start()

    async def end(server: asyncio.Server) -> None:
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    try:
        server = asyncio.run_coroutine_threadsafe(begin(), loop).result(timeout=10)
        port: int = server.sockets[0].getsockname()[1]
        yield port
        asyncio.run_coroutine_threadsafe(end(server), loop).result(timeout=10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()
