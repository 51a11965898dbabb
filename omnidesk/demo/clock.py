"""Sample data happened earlier: run the desk's own actions at other moments."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from unittest import mock

from django.apps import apps
from django.utils import timezone

_real_now = timezone.now


@dataclass
class Clock:
    """What `timezone.now()` says while it is turned back."""

    moment: datetime.datetime

    def now(self) -> datetime.datetime:
        """Return the moment."""
        return self.moment


@contextmanager
def turned_back() -> Iterator[Clock]:
    """Let what happens in the block happen at the clock's moment.

    For a process without threads. Calls of `timezone.now()` are not all: a field's
    default holds on to the real function from when its model was defined, so each
    such field is told as well.
    """
    clock = Clock(_real_now())
    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(timezone, "now", clock.now))
        for model in apps.get_models():
            for field in model._meta.concrete_fields:  # noqa: SLF001 - documented
                if field.default is _real_now:
                    # Django keeps the function that makes the default here.
                    told = mock.patch.object(field, "_get_default", clock.now)
                    patches.enter_context(told)
        yield clock
