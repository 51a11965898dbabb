"""Celery's side of the bot: one task for each message it is to answer."""

import logging

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from conversations.errors import NotYourTurn
from conversations.models import Handoff
from omnidesk.bots import turns

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 8  # then people go on; the customer's deadline is longer
END_SECONDS = 20


@shared_task(soft_time_limit=ANSWER_SECONDS, time_limit=END_SECONDS)
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
        turns.hand_off(conversation_id, message_id, reason=Handoff.Reason.TIMEOUT)
    except Exception:
        logger.exception("The bot failed at message %s.", message_id)
        turns.hand_off(conversation_id, message_id, reason=Handoff.Reason.ERROR)
