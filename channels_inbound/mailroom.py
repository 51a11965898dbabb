"""Mail at the door: whose it is, stored before it is acknowledged, filed after."""

import contextlib
import hashlib
import json
import logging
import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError

from channels_inbound import ingest
from channels_inbound.adapter import RawRequest
from channels_inbound.models import ChannelAccount
from conversations.models.inbox import Channel
from customers.addresses import BadAddress, normalize
from customers.models import Scheme

logger = logging.getLogger(__name__)


class NotStored(Exception):
    """Neither the database nor the spool took the mail: the sender must come again."""


def account_for(recipient: str) -> ChannelAccount | None:
    """Return the active mail account of an address, plus part or not."""
    try:
        address = normalize(Scheme.MAILTO, recipient)
    except BadAddress:
        return None
    local, _, domain = address.rpartition("@")
    base = f"{local.partition('+')[0]}@{domain}"
    return (
        ChannelAccount.objects.filter(
            channel=Channel.EMAIL,
            is_active=True,
            address__in=[address, base],
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

    Stops when the database is away: order is kept. A mail that it will never take,
    or that turns out to be for nobody, is set aside and holds up no other.
    """
    drained = 0
    for path in sorted(spool_folder().glob("*.mail")):
        try:
            receipts = _store_spooled(path)
        except FileNotFoundError:  # another process has just brought it in
            continue
        except (ValueError, TypeError, KeyError, DataError, IntegrityError):
            logger.exception("The spooled mail %s cannot be stored.", path)
            _set_aside(path, "unreadable")
            continue
        except (DatabaseError, InterfaceError):
            return drained
        if not receipts:
            logger.error("The spooled mail %s is for no mailbox of ours.", path)
            _set_aside(path, "nobody")
            continue
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


def _store_spooled(path: Path) -> list[int]:
    """Store what a spool file holds. Raises what a wrong file raises."""
    head, _, raw = path.read_bytes().partition(b"\n")
    envelope = json.loads(head)
    return _store(raw, sender=envelope["sender"], recipients=envelope["recipients"])


def _set_aside(path: Path, why: str) -> None:
    """Keep a spooled mail for a person to look at: it was acknowledged."""
    with contextlib.suppress(FileNotFoundError):
        path.rename(path.with_suffix(f".{why}"))


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
