"""Takes the desk's outgoing mail by SMTP, as its customers' mail server would."""

import asyncio
import signal
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

from omnidesk.simulator import maildir

MAIL_BYTES = 60 * 1024 * 1024


class Mailbox:
    """Keeps every mail, whoever it is for."""

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Store the mail and only then say so."""
        raw = envelope.original_content or b""
        await asyncio.to_thread(maildir.keep, raw, recipients=envelope.rcpt_tos)
        return "250 2.0.0 Kept"


async def listen(url: str) -> None:
    """Listen at smtp://host:port until SIGTERM or SIGINT."""
    address = urlsplit(url)
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)

    def connect() -> SMTP:
        return SMTP(
            Mailbox(),
            data_size_limit=MAIL_BYTES,
            enable_SMTPUTF8=True,
            hostname="mailbox.example",
        )

    server = await loop.create_server(connect, address.hostname, address.port or 25)
    await stop.wait()
    server.close()
    await server.wait_closed()
