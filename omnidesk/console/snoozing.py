"""The moments a conversation can be snoozed to, in the agent's time zone."""

import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MORNING = datetime.time(9)
LATER_HOURS = 3
# "Later today" is the end of the working day, or two hours on when that is near.
EVENING = datetime.time(17)

CHOICES: tuple[tuple[str, str | Promise], ...] = (
    ("tomorrow", _("Tomorrow 09:00")),
    ("later", _("Later today")),
    ("monday", _("Monday 09:00")),
    ("hours", _("In 3 hours")),
)


def moment(choice: str, *, now: datetime.datetime | None = None) -> datetime.datetime:
    """Return the moment a choice means, by the active time zone. Raises KeyError."""
    local = timezone.localtime(now)
    return {
        "tomorrow": lambda: _at(local, days=1),
        "later": lambda: _later_today(local),
        "monday": lambda: _at(local, days=7 - local.weekday()),
        "hours": lambda: local + datetime.timedelta(hours=LATER_HOURS),
    }[choice]()


def _at(local: datetime.datetime, *, days: int) -> datetime.datetime:
    day = local.date() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, MORNING, tzinfo=local.tzinfo)


def _later_today(local: datetime.datetime) -> datetime.datetime:
    evening = datetime.datetime.combine(local.date(), EVENING, tzinfo=local.tzinfo)
    return max(evening, local + datetime.timedelta(hours=2))
