"""Mail at the door: whose it is, stored before it is acknowledged, filed after."""

import hashlib
import json
import logging
import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from channels_inbound import ingest
from channels_inbound.adapter import RawRequest
from channels_inbound.models import ChannelAccount
from conversations.models.inbox import Channel

logger = logging.getLogger(__name__)


class NotStored(Exception):
    """Neither the database nor the spool took the mail: the sender must come again."""


def account_for(recipient: str) -> ChannelAccount | None:
    """Return the active mail account of an address, plus part or not."""
    local, at, domain = recipient.strip().lower().rpartition("@")
    if not at:
        return None
    base = f"{local.partition('+')[0]}@{domain}"
    return (
        ChannelAccount.objects.filter(
            channel=Channel.EMAIL,
            is_active=True,
            address__in=[f"{local}@{domain}", base],
        )
        .select_related("inbox")
        .first()
    )


def store(raw: bytes, *, sender: str, recipients: Sequence[str]) -> list[int]:
    """Store a mail for each of our mailboxes it is for; return the receipts.

    When this returns, the mail is committed, or fsynced in the spool while the
    database is away (then there are no receipts yet). Raises NotStored.
    """
    try:
        return _store(raw, sender=sender, recipients=recipients)
    except (DatabaseError, InterfaceError):
        logger.exception("The database is away; a mail goes to the spool.")
    try:
        _spool(raw, sender=sender, recipients=recipients)
    except OSError as error:
        raise NotStored(f"The spool {spool_folder()} took no mail: {error}") from error
    return []


def drain_spool() -> int:
    """Bring spooled mail into the database, oldest first; return how many.

    Stops at the first one the database does not take: order is kept.
    """
    drained = 0
    for path in sorted(spool_folder().glob("*.mail")):
        try:
            head, _, raw = path.read_bytes().partition(b"\n")
        except FileNotFoundError:  # another process has just brought it in
            continue
        envelope = json.loads(head)
        try:
            receipts = _store(raw, **envelope)
        except (DatabaseError, InterfaceError):
            return drained
        for receipt_id in receipts:
            ingest.process(receipt_id)
        path.unlink(missing_ok=True)
        drained += 1
    return drained


def spool_folder() -> Path:
    """Return the folder of mail that came while the database was away."""
    return Path(settings.DATA_DIR) / "spool"


def prepare_spool() -> None:
    """Make the spool and prove that it can be written. Raises OSError."""
    folder = spool_folder()
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{os.getpid()}"
    probe.write_bytes(b"")
    probe.unlink()


def _store(raw: bytes, *, sender: str, recipients: Sequence[str]) -> list[int]:
    by_account: dict[int, tuple[ChannelAccount, list[str]]] = {}
    for recipient in recipients:
        account = account_for(recipient)
        if account is not None:
            by_account.setdefault(account.pk, (account, []))[1].append(recipient)
    return [
        ingest.accept(
            account,
            RawRequest(raw, {"envelope_from": sender, "recipients": addressed}),
        ).pk
        for account, addressed in by_account.values()
    ]


def _spool(raw: bytes, *, sender: str, recipients: Sequence[str]) -> None:
    """Write the mail under a name that sorts by time, durably, all or nothing."""
    folder = spool_folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(raw).hexdigest()[:12]
    name = f"{time.time_ns():020d}-{digest}-{uuid.uuid4().hex[:8]}"
    head = json.dumps({"sender": sender, "recipients": list(recipients)}).encode()
    partial = folder / f"{name}.part"
    with partial.open("wb") as file:
        file.write(head + b"\n" + raw)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(folder / f"{name}.mail")
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
