"""The SMTP and LMTP listener: 250 means that the mail is committed."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from channels_inbound import ingest, mailroom

logger = logging.getLogger(__name__)

Args = ParamSpec("Args")
Result = TypeVar("Result")

STORING_THREADS = 4  # each holds one database connection
PROCESSING_THREADS = 2
IDLE_SECONDS = 300  # RFC 5321, section 4.5.3.2.7


class MailHandler:
    """Answers one SMTP dialogue after another; the mailroom does the work."""

    def __init__(self) -> None:
        self.storing = ThreadPoolExecutor(STORING_THREADS, "smtp-store")
        self.processing = ThreadPoolExecutor(PROCESSING_THREADS, "smtp-process")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Take the recipient if it is one of ours."""
        if len(envelope.rcpt_tos) >= 100:  # RFC 5321, section 4.5.3.1.8
            return "452 4.5.3 Too many recipients"
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(self.storing, _is_ours, address):
            return "550 5.1.1 There is no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Store the mail, commit, and only then say so."""
        loop = asyncio.get_running_loop()
        try:
            receipts = await loop.run_in_executor(self.storing, _store, envelope)
        except mailroom.NotStored:
            logger.exception("A mail was sent back to its sender for now.")
            return "451 4.3.0 The mail could not be stored; please try again"
        for receipt_id in receipts:
            self.processing.submit(_process, receipt_id)
        answer = "250 2.0.0 Stored"
        if isinstance(server, LMTP):
            # RFC 2033, section 4.2: one answer for each recipient.
            return "\r\n".join([answer] * len(envelope.rcpt_tos))
        return answer

    def close(self) -> None:
        """Let what was acknowledged be filed, and end the threads."""
        self.storing.shutdown(wait=True)
        self.processing.shutdown(wait=True)


class _Smtp(SMTP):
    """SMTP that gives its limits to the library once."""

    def __init__(self, handler: MailHandler, **values: object) -> None:
        super().__init__(
            handler,
            data_size_limit=settings.MAIL_MAX_BYTES,
            enable_SMTPUTF8=True,
            ident="Omnidesk",
            timeout=IDLE_SECONDS,
            **values,
        )


class _Lmtp(_Smtp, LMTP):
    """The same for a mail server beside us."""


async def listen(
    handler: MailHandler, address: str, *, lmtp: bool = False
) -> asyncio.Server:
    """Listen at "host:port"; raises OSError when the port is taken."""
    host, _, port = address.rpartition(":")
    protocol = _Lmtp if lmtp else _Smtp
    tls = _tls_context()

    def connect() -> SMTP:
        return protocol(handler, tls_context=tls, hostname=host or "localhost")

    loop = asyncio.get_running_loop()
    return await loop.create_server(connect, host or None, int(port))


def _tls_context() -> ssl.SSLContext | None:
    """Return what STARTTLS needs, where a certificate is configured."""
    if not settings.SMTPD_CERTIFICATE:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    folder = Path(settings.SMTPD_CERTIFICATE)
    context.load_cert_chain(folder, settings.SMTPD_KEY or folder)
    return context


def _with_connection(function: Callable[Args, Result]) -> Callable[Args, Result]:
    """Give the connection back after each call: to the pool, where there is one."""

    @wraps(function)
    def call(*args: Args.args, **values: Args.kwargs) -> Result:
        try:
            return function(*args, **values)
        finally:
            connection.close()

    return call


@_with_connection
def _is_ours(address: str) -> bool:
    """Return whether we take mail for the address; while the database is away, yes.

    A mail that turns out to be for nobody is worth less than one that is lost.
    """
    try:
        return mailroom.account_for(address) is not None
    except (DatabaseError, InterfaceError):
        logger.warning("The database is away; a recipient was taken unseen.")
        return True


@_with_connection
def _store(envelope: Envelope) -> list[int]:
    raw = envelope.original_content or b""
    return mailroom.store(
        raw, sender=envelope.mail_from or "", recipients=envelope.rcpt_tos
    )


@_with_connection
def _process(receipt_id: int) -> None:
    try:
        ingest.process(receipt_id)
    except (DatabaseError, InterfaceError):
        logger.exception("Receipt %s is left to the sweep.", receipt_id)
