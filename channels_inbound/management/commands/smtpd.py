"""Listens for mail by SMTP, and by LMTP where that is set."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from channels_inbound import mailroom, smtp


class Command(BaseCommand):
    """Take mail at SMTPD_LISTEN and LMTPD_LISTEN until told to stop."""

    help = "Listen for mail; a 250 means that the mail is committed."

    def handle(self, **options: Any) -> None:
        """Run until SIGINT or SIGTERM, then finish what was acknowledged."""
        try:
            mailroom.prepare_spool()
        except OSError as error:
            raise CommandError(
                f"The spool {mailroom.spool_folder()} cannot be written: "
                f"{error.strerror}. Set DATA_DIR to a folder that can."
            ) from error
        handler = smtp.MailHandler()
        try:
            asyncio.run(self._serve(handler))
        finally:
            handler.close()

    async def _serve(self, handler: smtp.MailHandler) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        servers = []
        for setting, lmtp in (("SMTPD_LISTEN", False), ("LMTPD_LISTEN", True)):
            address = getattr(settings, setting)
            if not address:
                continue
            try:
                servers.append(await smtp.listen(handler, address, lmtp=lmtp))
            except (OSError, ValueError) as error:
                raise CommandError(f"{setting}={address!r}: {error}.") from error
            self.stdout.write(
                f"Listening for {'LMTP' if lmtp else 'SMTP'} on {address}."
            )
            self.stdout.flush()
        await stop.wait()
        for server in servers:
            server.close()
            await server.wait_closed()
