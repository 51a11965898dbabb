"""A provider of the tests: JSON in, and an answer of choice to what is sent."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from channels_inbound import registry
from channels_inbound.adapter import (
    Adapter,
    DeliveryReport,
    InvalidSignature,
    Parsed,
    RawRequest,
    Sent,
    Unreadable,
)
from channels_inbound.models import ChannelAccount
from conversations.intake import InboundMessage
from conversations.outbox import OutboundMessage


class PretendAdapter(Adapter):
    """Reads {"id", "from", "text"}; raises what `refusal` holds when sending."""

    refusal: ClassVar[Exception | None] = None
    sent: ClassVar[list[OutboundMessage]] = []

    def verify(self, account: ChannelAccount, request: RawRequest) -> None:
        if request.context.get("signature") == "wrong":
            raise InvalidSignature("The signature is wrong.")

    def event_key(self, account: ChannelAccount, request: RawRequest) -> str | None:
        key = request.context.get("event")
        return str(key) if key else None

    def parse(self, account: ChannelAccount, request: RawRequest) -> Sequence[Parsed]:
        if request.body == b"poison":
            raise RuntimeError("poison")
        if request.body == b"odd words":
            raise RuntimeError("No \x00 and no \ud800 here.")
        try:
            read = json.loads(request.body)
        except ValueError as error:
            raise Unreadable("This is not JSON.") from error
        if "delivered" in read:
            return [DeliveryReport((read["delivered"],), "delivered")]
        return [
            InboundMessage(
                sender=read["from"], text=read["text"], external_id=read["id"]
            )
        ]

    def send(self, account: ChannelAccount, message: OutboundMessage) -> Sent:
        if self.refusal is not None:
            raise self.refusal
        self.sent.append(message)
        return Sent(external_id=f"out-{message.message_id}")


class RepeatableAdapter(PretendAdapter):
    """The same, of a provider that drops a second copy."""

    repeatable = True


@contextmanager
def pretend_provider() -> Iterator[None]:
    """Register both, and forget what they did afterwards."""
    module = PretendAdapter.__module__
    registry.ADAPTERS["pretend"] = f"{module}.PretendAdapter"
    registry.ADAPTERS["repeatable"] = f"{module}.RepeatableAdapter"
    try:
        yield
    finally:
        del registry.ADAPTERS["pretend"], registry.ADAPTERS["repeatable"]
        PretendAdapter.refusal = None
        PretendAdapter.sent.clear()
