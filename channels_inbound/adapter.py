"""The contract of an adapter: code for one provider, in both directions."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import SuspiciousOperation

from conversations.intake import InboundMessage
from conversations.outbox import OutboundMessage

if TYPE_CHECKING:
    from channels_inbound.models import ChannelAccount


@dataclass(frozen=True)
class RawRequest:
    """What a provider sent: the bytes, and what came beside them."""

    body: bytes
    # Headers, query, envelope: whatever `verify` and `parse` need of it as JSON.
    context: Mapping[str, Any] = field(default_factory=dict)
    received_at: datetime.datetime | None = None


@dataclass(frozen=True)
class DeliveryReport:
    """A provider says what became of messages we sent, by their external ids."""

    external_ids: tuple[str, ...]
    delivery: str
    explanation: str = ""
    # The report as a message, for when no message of ours has such an id: relays
    # that give mails new ids report those, and somebody must see it.
    otherwise: InboundMessage | None = None


@dataclass(frozen=True)
class Sent:
    """The provider took a message; `delivery` is "sent" or what it already knows."""

    external_id: str | None
    delivery: str = "sent"
    answer: str = ""


class InvalidSignature(SuspiciousOperation):
    """The request is not from the provider, or our secret is wrong."""


class Unreadable(Exception):
    """The request cannot be read, however often it is tried; says why."""


class SendError(Exception):
    """A message was not taken. The text is for the log, `explanation` for agents."""

    def __init__(
        self,
        message: str,
        *,
        explanation: str,
        retryable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.explanation = explanation
        self.retryable = retryable
        self.retry_after = retry_after


class SendUncertain(Exception):
    """The request went out and no answer came: the message may have arrived."""


Parsed = InboundMessage | DeliveryReport


class Adapter:
    """One provider. Instances hold no state; the account is passed in."""

    # A second send of the same message is harmless: the receiver drops the copy.
    repeatable: ClassVar[bool] = False
    # Delivery is a push to local sockets: done at once, in the web process.
    local: ClassVar[bool] = False
    # Settings without which the account cannot be activated.
    required_settings: ClassVar[tuple[str, ...]] = ()

    def verify(self, account: "ChannelAccount", request: RawRequest) -> None:
        """Raise InvalidSignature unless the provider sent these bytes."""
        raise NotImplementedError

    def event_key(self, account: "ChannelAccount", request: RawRequest) -> str | None:
        """Return the provider's id of this event, or None to use a hash."""
        return None

    def parse(self, account: "ChannelAccount", request: RawRequest) -> Sequence[Parsed]:
        """Return what the request says. No database, no network.

        Raises Unreadable when it never can be read.
        """
        raise NotImplementedError

    def send(self, account: "ChannelAccount", message: OutboundMessage) -> Sent:
        """Give the message to the provider. Raises SendError or SendUncertain."""
        raise NotImplementedError
