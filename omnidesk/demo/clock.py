"""Sample data happened earlier: run the desk's own actions at another moment."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from django.apps import apps
from django.utils import timezone

_real_now = timezone.now


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Let what happens in the block happen at `moment`. For a process without threads.

    Calls of `timezone.now()` are not enough: a field's default holds on to the real
    function from when its model was defined, so each such field is told as well.
    """
    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(timezone, "now", return_value=moment))
        for model in apps.get_models():
            for field in model._meta.concrete_fields:  # noqa: SLF001 - documented
                if field.default is _real_now:
                    # Django keeps the function that makes the default here.
                    told = mock.patch.object(field, "_get_default", return_value=moment)
                    patches.enter_context(told)
        yield
