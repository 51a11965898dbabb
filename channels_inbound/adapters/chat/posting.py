"""File what a visitor posts, exactly once, however often it is posted."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from channels_inbound import ingest
from channels_inbound.adapter import RawRequest
from channels_inbound.adapters.chat import push
from channels_inbound.adapters.chat.adapter import external_id
from channels_inbound.adapters.chat.visitor import Visitor
from channels_inbound.models import ChannelAccount
from conversations.models import Message


def post(
    account: ChannelAccount,
    visitor: Visitor,
    *,
    client_id: str,
    body: bytes,
    **context: Any,
) -> Message | None:
    """Store what was posted, commit, file it, and return the committed message.

    Returns None when it is stored and could not be filed yet: the sweep tries
    again. The same `client_id` of the same visitor is always the same message.
    """
    request = RawRequest(
        body=body,
        context={"visitor": asdict(visitor), "client_id": client_id, **context},
        received_at=timezone.now(),
    )
    receipt = ingest.accept(account, request)
    for received in ingest.process(receipt.pk):
        if received.message.identity_id is not None:
            push.wake(received.message.identity_id)
    return (
        Message.objects.public()
        .filter(
            via=account.pk,
            direction=Message.Direction.INBOUND,
            external_id=external_id(visitor, client_id),
        )
        .first()
    )
