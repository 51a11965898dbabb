"""Clients that cost next to nothing: a handshake by hand, then bytes are counted."""

import asyncio
import base64
import os
import time
from collections.abc import Callable


class Socket(asyncio.Protocol):
    """One WebSocket that hands on the bytes it gets after its handshake."""

    def __init__(self, path: str, *, port: int, cookie: str, heard: "Heard") -> None:
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Origin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n"
        )
        self.heard = heard
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request.encode())

    def data_received(self, data: bytes) -> None:
        if self.open.done():
            self.heard(data, time.perf_counter())
            return
        self.head += data
        if b"\r\n\r\n" in self.head:
            assert b" 101 " in self.head.split(b"\r\n")[0], self.head[:200]
            self.open.set_result(None)


Heard = Callable[[bytes, float], None]


async def connect(
    path: str, *, port: int, cookies: list[str], heard: Heard
) -> list[Socket]:
    """Open a socket for each cookie, a few at a time."""
    loop = asyncio.get_running_loop()
    sockets = []
    for cookie in cookies:
        _, socket = await loop.create_connection(
            lambda cookie=cookie: Socket(path, port=port, cookie=cookie, heard=heard),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        await asyncio.wait_for(socket.open, 20)
        sockets.append(socket)
    return sockets
