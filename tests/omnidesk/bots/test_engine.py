import json
from collections.abc import Iterator

import pytest
from django.conf import settings
from redis import Redis

from conversations import actions, actor
from tests.factories import ChatAccountFactory, answer, make_agent, receive
from tests.omnidesk.bots.shop import open_shop

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "celery"


@pytest.fixture
def queue() -> Iterator[Redis]:
    """Return the broker with an empty queue."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.delete(QUEUE)
        yield redis
        redis.delete(QUEUE)


def _woken_for(queue: Redis) -> list[str]:
    """Return the arguments of the bot's tasks that wait in the queue."""
    tasks = map(json.loads, queue.lrange(QUEUE, 0, -1))
    return [
        task["headers"]["argsrepr"]
        for task in tasks
        if task["headers"]["task"] == "omnidesk.bots.tasks.answer_conversation"
    ]


def test_a_customers_message_wakes_the_bot_once_it_is_committed(queue: Redis) -> None:
    message = receive(open_shop(), "Where is my parcel?", sender="visitor-1")

    assert _woken_for(queue) == [f"({message.conversation_id}, {message.pk})"]


def test_what_we_say_wakes_no_bot(queue: Redis) -> None:
    message = receive(open_shop(), "Where is my parcel?", sender="visitor-1")
    queue.delete(QUEUE)

    actions.note(message.conversation, text="Hm.", by=actor.agent(make_agent()))
    answer(message, make_agent())
    receive(ChatAccountFactory.create(), "Hello", sender="visitor-2")

    assert _woken_for(queue) == []
