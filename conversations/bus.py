"""Hands each event, after its commit, to the functions that follow from it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from conversations.events import Event

logger = logging.getLogger(__name__)

Consequences = Mapping[type[Event], Sequence[Callable[[Any], None]]]

_consequences: dict[type[Event], Sequence[Callable[[Any], None]]] = {}


def connect(consequences: Consequences) -> None:
    """Set what follows from each event. Called once, by wiring."""
    _consequences.clear()
    _consequences.update(consequences)


def publish(event: Event) -> None:
    """Run the event's consequences once the transaction has committed.

    One that fails is logged and does not stop the next: each has a sweep or a
    sync that makes up for it.
    """
    transaction.on_commit(lambda: _follow(event), robust=True)


def _follow(event: Event) -> None:
    for consequence in _consequences.get(type(event), ()):
        try:
            consequence(event)
        except Exception:
            logger.exception(
                "%s failed for %s", getattr(consequence, "__name__", "?"), event
            )
