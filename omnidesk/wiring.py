"""What follows from each event: the one screen that shows every effect."""

from collections.abc import Iterator
from contextlib import contextmanager

from channels_inbound import delivery
from channels_inbound.adapters.chat import push
from channels_inbound.tasks import deliver_message
from conversations import bus, outbox
from conversations.bus import Consequences
from conversations.events import (
    ConversationChanged,
    HandoffAccepted,
    HandoffRequested,
    MessageAdded,
    MessageChanged,
)
from omnidesk.bots import engine
from omnidesk.console import live


def enqueue(event: MessageAdded) -> None:
    """Send a new outbound message: at once where it only goes to our sockets.

    One that waits for its undo window is left to the sweep.
    """
    if event.direction != "outbound" or event.kind != "public":
        return
    via_id = outbox.via_of(event.message_id)
    if via_id is None:
        return
    if delivery.is_local(via_id):
        delivery.deliver(event.message_id)
    else:
        deliver_message.delay(event.message_id)


CONSEQUENCES: Consequences = {
    MessageAdded: [live.message_added, enqueue, engine.consider],
    MessageChanged: [live.message_changed],
    ConversationChanged: [live.conversation_changed],
    HandoffRequested: [live.handoff_requested],
    HandoffAccepted: [push.agent_joined],
}


@contextmanager
def quietly() -> Iterator[None]:
    """Let nothing follow from what is committed in the block: it is old history.

    For one process; others see the rows and work on what is due.
    """
    bus.connect({})
    try:
        yield
    finally:
        connect()


def connect() -> None:
    """Tell the domain's bus what follows."""
    bus.connect(CONSEQUENCES)
