"""Celery's side of the bot: one task for each message it is to answer."""

import contextlib
import logging

import psycopg
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import connection

from conversations.errors import NotYourTurn
from conversations.models import Handoff
from omnidesk.bots import turns

logger = logging.getLogger(__name__)

GRACE_SECONDS = 12  # to hand off in, before a task that hangs is killed


@shared_task(
    soft_time_limit=settings.BOT_ANSWER_SECONDS,
    time_limit=settings.BOT_ANSWER_SECONDS + GRACE_SECONDS,
)
def answer_conversation(conversation_id: int, message_id: int) -> None:
    """Let the bot answer a message, or hand off where it fails or is too slow.

    May run twice or never: a message has one turn, and without one the sweep over
    deadlines hands off.
    """
    try:
        turns.take(conversation_id, message_id)
    except NotYourTurn:
        return
    except SoftTimeLimitExceeded:
        logger.warning("The answer to message %s took too long.", message_id)
        _let_go_of_the_database()
        turns.hand_off(conversation_id, message_id, reason=Handoff.Reason.TIMEOUT)
    except Exception:
        logger.exception("The bot failed at message %s.", message_id)
        turns.hand_off(conversation_id, message_id, reason=Handoff.Reason.ERROR)


def _let_go_of_the_database() -> None:
    """End a query that was cut short, with its locks; the next one connects anew."""
    if connection.connection is not None:
        with contextlib.suppress(psycopg.Error):
            connection.connection.cancel_safe(timeout=2)
    connection.close()
