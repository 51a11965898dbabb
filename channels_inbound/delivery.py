"""Bring a message that is due to its provider, once."""

import logging
import random
import time

from channels_inbound.adapter import SendError, SendUncertain, Sent
from channels_inbound.models import ChannelAccount, DeliveryAttempt
from channels_inbound.payload import clean
from channels_inbound.registry import ADAPTERS, adapter_named
from conversations import outbox
from conversations.outbox import Abandoned, OutboundMessage

logger = logging.getLogger(__name__)

# Waits between tries; with the last one a message has been tried for a day.
RETRY_SECONDS = (10, 60, 300, 1800, 7200, 21600, 43200)
SWITCHED_OFF = "This channel is switched off. Switch it on, then send it again."
UNCERTAIN = "The provider did not answer. The message may have arrived; check before sending it again."


def deliver(message_id: int) -> None:
    """Claim a due message, give it to its adapter, and record what became of it.

    Does nothing for a message that is not due or that another worker has.
    """
    outbound = outbox.claim(message_id)
    if outbound is None:
        return
    account = _account(outbound.via_id)
    if account is None:
        outbox.record_delivery(message_id, "failed", explanation=SWITCHED_OFF)
        return
    started = time.monotonic()
    try:
        sent = adapter_named(account.adapter).send(account, outbound)
    except SendError as error:
        _record_refusal(outbound, error)
        outcome, answer = "refused", str(error)
    except SendUncertain as error:
        _record_uncertain(account, outbound)
        outcome, answer = "uncertain", str(error)
    except Exception as error:
        logger.exception("Message %s could not be sent.", message_id)
        _record_uncertain(account, outbound)
        outcome, answer = "uncertain", type(error).__name__
    else:
        _record_sent(outbound, sent)
        outcome, answer = "sent", sent.answer
    DeliveryAttempt.objects.create(
        message_id=message_id,
        account=account,
        outcome=outcome,
        answer=clean(answer)[:2000],
        duration_ms=round((time.monotonic() - started) * 1000),
    )


def give_up(lost: Abandoned) -> None:
    """Settle a message whose sender died: send again only where that is harmless.

    Not for ever either: it may be the message that ends its sender.
    """
    account = _account(lost.via_id)
    if (
        account is not None
        and adapter_named(account.adapter).repeatable
        and lost.attempt <= len(RETRY_SECONDS)
    ):
        outbox.record_delivery(lost.message_id, "queued", retry_after=0)
        return
    outbox.record_delivery(lost.message_id, "unknown", explanation=UNCERTAIN)


def is_local(via_id: int) -> bool:
    """Return whether messages from this address only go to sockets of ours."""
    name = (
        ChannelAccount.objects.filter(pk=via_id)
        .values_list("adapter", flat=True)
        .first()
    )
    return name in ADAPTERS and adapter_named(name).local


def _account(via_id: int) -> ChannelAccount | None:
    """Return the account that can send now: switched on, of an adapter we have."""
    return (
        ChannelAccount.objects.select_related("inbox")
        .filter(pk=via_id, is_active=True, adapter__in=ADAPTERS)
        .first()
    )


def _record_sent(outbound: OutboundMessage, sent: Sent) -> None:
    outbox.record_delivery(
        outbound.message_id, sent.delivery, external_id=sent.external_id
    )


def _record_refusal(outbound: OutboundMessage, error: SendError) -> None:
    tries = outbound.attempt
    if not error.retryable or tries > len(RETRY_SECONDS):
        outbox.record_delivery(
            outbound.message_id, "failed", explanation=clean(error.explanation)
        )
        return
    wait = error.retry_after or RETRY_SECONDS[tries - 1]
    outbox.record_delivery(
        outbound.message_id,
        "queued",
        explanation=clean(error.explanation),
        retry_after=wait * random.uniform(1, 1.2),  # noqa: S311 - spreads the load
    )


def _record_uncertain(account: ChannelAccount, outbound: OutboundMessage) -> None:
    if adapter_named(account.adapter).repeatable and outbound.attempt <= len(
        RETRY_SECONDS
    ):
        outbox.record_delivery(
            outbound.message_id,
            "queued",
            retry_after=RETRY_SECONDS[outbound.attempt - 1],
        )
        return
    outbox.record_delivery(outbound.message_id, "unknown", explanation=UNCERTAIN)
