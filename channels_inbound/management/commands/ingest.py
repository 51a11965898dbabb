"""Takes one mail from standard input, for a mail server's pipe."""

import contextlib
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError

from channels_inbound import ingest
from channels_inbound.adapter import RawRequest
from channels_inbound.models import ChannelAccount
from conversations.models.inbox import Channel

EX_TEMPFAIL = 75  # sysexits.h: the mail server keeps the mail and tries again


class Command(BaseCommand):
    """Store a mail and file it; exit 75 when it could not be stored."""

    help = "Read one mail from standard input: manage.py ingest --account 1 < mail.eml"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the account and the envelope that a mail server knows."""
        parser.add_argument("--account", type=int, required=True, metavar="N")
        parser.add_argument("--sender", default="", help="the envelope's sender")
        parser.add_argument("--recipient", action="append", default=[])

    def handle(
        self, *, account: int, sender: str, recipient: list[str], **options: Any
    ) -> None:
        """Acknowledge by exit code 0 only what is committed."""
        raw = sys.stdin.buffer.read()
        context = {"envelope_from": sender, "recipients": recipient}
        try:
            mailbox = ChannelAccount.objects.select_related("inbox").get(
                pk=account, channel=Channel.EMAIL
            )
            receipt = ingest.accept(mailbox, RawRequest(raw, context))
        except ChannelAccount.DoesNotExist as error:
            raise CommandError(
                f"There is no mail account {account}.", returncode=EX_TEMPFAIL
            ) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(
                f"The mail could not be stored: {error}", returncode=EX_TEMPFAIL
            ) from error
        # It is stored: a mail server that heard of a failure now would bounce it.
        with contextlib.suppress(DatabaseError, InterfaceError):
            ingest.process(receipt.pk)
        self.stdout.write(f"Stored as receipt {receipt.pk}.")
