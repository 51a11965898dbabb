"""Sample data happened earlier: run the desk's own actions at another moment."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import models
from django.utils import timezone

from conversations.models import Attachment, Conversation, Handoff, TimelineEntry
from customers.models import Claim, Customer, Identity

# Defaults hold on to the real clock from when the model was defined.
_STAMPED: tuple[tuple[type[models.Model], str], ...] = (
    (Attachment, "created_at"),
    (Claim, "created_at"),
    (Conversation, "created_at"),
    (Customer, "created_at"),
    (Handoff, "created_at"),
    (Identity, "first_seen_at"),
    (TimelineEntry, "created_at"),
)


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Let what happens in the block have happened at `moment`, which is past.

    For one process without threads, inside a transaction: rows that another
    process writes meanwhile would be dated back too.
    """
    began = timezone.now()
    with mock.patch.object(timezone, "now", return_value=moment):
        yield
    for model, field in _STAMPED:
        model._default_manager.filter(**{f"{field}__gte": began}).update(  # noqa: SLF001 - the documented name of the default manager
            **{field: moment}
        )
