"""The bot's task in a worker process of its own: only there its time limit holds."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from conversations.models import Handoff
from omnidesk.bots.answerer import Answer, Question, Unsure
from omnidesk.bots.tasks import answer_conversation
from omnidesk.celery import app
from tests.factories import receive
from tests.omnidesk.bots.shop import handoff_of, open_shop, said_by_bot

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "tests-of-the-bot"
NAME = f"{QUEUE}@tests"
GIVE_UP_SECONDS = 120


def endless_answerer(question: Question) -> Answer | Unsure:
    """Hang in the middle of a query, as one does that waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(60)")
    return Unsure("woke up")


def test_an_answer_that_takes_too_long_hands_off() -> None:
    message = receive(open_shop(), "How long does a refund take?", sender="visitor-1")

    with _worker(BOT_ANSWERER=f"{__name__}.endless_answerer", BOT_ANSWER_SECONDS="1"):
        answer_conversation.apply_async(
            (message.conversation_id, message.pk), queue=QUEUE
        )

    assert handoff_of(message.conversation).reason == Handoff.Reason.TIMEOUT
    assert said_by_bot(message.conversation) == []


@contextmanager
def _worker(**environment: str) -> Iterator[None]:
    """Run a worker until it has done the one task that is sent inside."""
    command = [sys.executable, "-m", "celery", "-A", "omnidesk", "worker"]
    options = ["-P", "prefork", "-c", "1", "-Q", QUEUE, "-n", NAME, "-l", "INFO"]
    with subprocess.Popen(
        [*command, *options],
        env={**os.environ, **_servers(), **environment},
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        watchdog = threading.Timer(GIVE_UP_SECONDS, process.kill)
        watchdog.start()
        assert process.stdout is not None
        try:
            _read_until(process.stdout, " ready.")
            yield
            _read_until(process.stdout, " received")
            # It ends what it does first.
            app.control.shutdown(destination=[NAME])
            process.stdout.read()
        finally:
            watchdog.cancel()
            process.terminate()


def _servers() -> dict[str, str]:
    database = connection.settings_dict
    host = quote(str(database["HOST"]), safe="")
    port = f":{database['PORT']}" if database["PORT"] else ""
    user = f"{database['USER']}:{quote(str(database['PASSWORD']), safe='')}"
    return {
        "DATABASE_URL": f"postgres://{user}@{host}{port}/{database['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "omnidesk.settings",
    }


def _read_until(lines: IO[str], words: str) -> None:
    seen = []
    for line in lines:
        if words in line:
            return
        seen.append(line)
    raise AssertionError(f"The worker never said {words!r}:\n{''.join(seen)}")
