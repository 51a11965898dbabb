"""The time a mail was sent, always aware, never in the future."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_TOLERANCE = timedelta(hours=24)  # clocks of senders go wrong by a zone or two
_EARLIEST_YEAR = 1980  # before e-mail as we know it: a computer without a clock
_OFFSET_LIMIT = 14 * 3600  # seconds; no zone is further from UTC


def sent_at(date: str, received: list[str], received_at: datetime | None) -> datetime:
    """Return when the mail was sent, or when it was received if that is unusable.

    Tries the Date field, `received_at`, the Received fields from the top; the last
    resort is now. A date more than a day after `received_at` counts as unusable.
    """
    hop = next(filter(None, (read(line.rpartition(";")[2]) for line in received)), None)
    now = datetime.now(UTC)
    sent = read(date)
    if sent is not None and sent <= (received_at or now) + _TOLERANCE:
        return sent
    return received_at or hop or now


def read(text: str) -> datetime | None:
    """Read a date of RFC 5322 in its many bad forms; None when it makes no sense."""
    text = re.sub(r"[\s\u200b]+", " ", text[:200]).strip()
    try:
        found = parsedate_tz(text)
        if found is None:
            return _iso(text)
        year, month, day, hour, minute, second = found[:6]
        offset = found[9] or 0
        if abs(offset) > _OFFSET_LIMIT:
            offset = 0
        zone = timezone(timedelta(seconds=offset))
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.year >= _EARLIEST_YEAR else None


def _iso(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
