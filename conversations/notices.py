"""What the desk itself tells a customer, and how often it may."""

import datetime

from django.utils import timezone, translation

from conversations.actor import Actor
from conversations.models import Conversation, Handoff, Message
from conversations.models.inbox import Channel
from conversations.record import record_message

# Automatic mail answers mail that may itself be automatic: both limits end a loop.
MAILS_PER_HOUR = 2
MAILS_PER_DAY = 5


def tell_handoff(
    conversation: Conversation, handoff: Handoff, *, by: Actor
) -> Message | None:
    """Tell the customer that a person goes on, and when, on their last channel.

    Returns None where nothing may be sent: to an automatic sender, or when the
    budget of automatic mail is spent. The caller holds the conversation's lock.
    """
    last = (
        conversation.messages.public()
        .filter(direction=Message.Direction.INBOUND)
        .select_related("identity", "via")
        .last()
    )
    if last is None or not may_answer_automatically(last):
        return None
    now = timezone.now()
    message = Message.objects.create(
        conversation=conversation,
        direction=Message.Direction.OUTBOUND,
        author_kind=by.kind,
        identity=last.identity,
        via=last.via,
        subject=conversation.subject,
        text=_handoff_text(handoff),
        delivery=Message.Delivery.QUEUED,
        deliver_at=now,
        sent_at=now,
        created_at=now,
    )
    record_message(conversation, message)
    return message


def may_answer_automatically(message: Message) -> bool:
    """Return whether an automatic answer to this message may be sent."""
    if message.automatic or message.identity is None or message.via is None:
        return False
    if not message.via.is_active:
        return False
    if message.via.channel != Channel.EMAIL:
        return True
    if message.identity.value.endswith(".invalid"):
        return False
    automatic = Message.objects.public().filter(
        identity=message.identity,
        direction=Message.Direction.OUTBOUND,
        author_kind__in=[
            Message.AuthorKind.BOT,
            Message.AuthorKind.SYSTEM,
            Message.AuthorKind.RULE,
        ],
    )
    now = timezone.now()
    day = automatic.filter(created_at__gte=now - datetime.timedelta(days=1)).count()
    hour = automatic.filter(created_at__gte=now - datetime.timedelta(hours=1)).count()
    return day < MAILS_PER_DAY and hour < MAILS_PER_HOUR


def _handoff_text(handoff: Handoff) -> str:
    ahead = Handoff.objects.filter(
        team=handoff.team,
        state=Handoff.State.WAITING,
        created_at__lt=handoff.created_at,
    ).count()
    wait = _expected_minutes(handoff)
    language = handoff.facts.get("language") or handoff.conversation.customer.language
    with translation.override(language or "en"):
        who = translation.gettext("A person from our team")
        if handoff.team is not None:
            who = translation.gettext("A person from %(team)s") % {
                "team": handoff.team.name
            }
        text = translation.gettext(
            "%(who)s will continue here and can read everything you wrote, "
            "so you do not need to repeat it."
        ) % {"who": who}
        if ahead:
            text += " " + translation.ngettext(
                "There is %(count)s conversation before yours.",
                "There are %(count)s conversations before yours.",
                ahead,
            ) % {"count": ahead}
        if wait is not None:
            text += " " + translation.ngettext(
                "You can expect an answer within about %(count)s minute.",
                "You can expect an answer within about %(count)s minutes.",
                wait,
            ) % {"count": wait}
    return text


def _expected_minutes(handoff: Handoff) -> int | None:
    """Return the median wait of the team's last 20 accepted handoffs in minutes.

    Without any this week, it is what the inbox's first escalation step allows.
    """
    waits = sorted(
        (closed - created).total_seconds()
        for created, closed in Handoff.objects.filter(
            team=handoff.team,
            state=Handoff.State.ACCEPTED,
            closed_at__gte=timezone.now() - datetime.timedelta(days=7),
        )
        .order_by("-closed_at")
        .values_list("created_at", "closed_at")[:20]
        if closed is not None
    )
    if waits:
        return max(1, round(waits[len(waits) // 2] / 60))
    step = handoff.conversation.inbox.escalation_steps.order_by("position").first()
    return max(1, round(step.after_seconds / 60)) if step else None
