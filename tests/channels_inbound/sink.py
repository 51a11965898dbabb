"""A mail server that takes what the desk sends, or refuses it as told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.loop import served


@dataclass
class Sink:
    """What arrived, and what the server says after DATA."""

    url: str = ""
    answer: str = "250 OK"
    hang_up: bool = False
    envelopes: list[Envelope] = field(default_factory=list)

    @property
    def mails(self) -> list[EmailMessage]:
        """Return the mails that arrived, parsed."""
        return [
            message_from_bytes(envelope.original_content or b"", policy=policy.default)
            for envelope in self.envelopes
        ]

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.envelopes.append(envelope)
        if self.hang_up and server.transport is not None:
            server.transport.abort()
        return self.answer


@contextmanager
def mail_server() -> Iterator[Sink]:
    """Run a sink on a free port of the loopback address."""
    sink = Sink()

    async def start() -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(lambda: SMTP(sink), "127.0.0.1", 0)

    with served(start) as port:
        sink.url = f"smtp://127.0.0.1:{port}"
        yield sink
