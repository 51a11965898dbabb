"""Authors, fates and activities in sentences an agent reads."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.models import Message, TimelineEntry
from conversations.models.inbox import Channel
from conversations.threads import Reason
from customers.models import Scheme
from omnidesk.accounts.models import User

_CONTINUED = {
    Channel.EMAIL: gettext_lazy("%(who)s continued by e-mail"),
    Channel.CHAT: gettext_lazy("%(who)s continued in the chat"),
    Channel.SMS: gettext_lazy("%(who)s continued by SMS"),
}

_FATES = {
    Message.Delivery.SENDING: gettext_lazy("Sending"),
    Message.Delivery.SENT: gettext_lazy("Sent"),
    Message.Delivery.DELIVERED: gettext_lazy("Delivered"),
    Message.Delivery.READ: gettext_lazy("Read"),
    Message.Delivery.FAILED: gettext_lazy("Not sent."),
    Message.Delivery.UNKNOWN: gettext_lazy("May not have arrived."),
    Message.Delivery.CANCELED: gettext_lazy("Taken back. It was not sent."),
}

_REASONS = {
    Reason.TOKEN: gettext_lazy("Answers a message we sent to this address."),
    Reason.THIRD_PARTY: gettext_lazy("Answers a message we sent to somebody else."),
    Reason.ANSWERS: gettext_lazy("Answers a message of this conversation."),
    Reason.SAME_CUSTOMER: gettext_lazy(
        "Joined because the same verified customer wrote here recently."
    ),
}

# {who} did it, {to} is what it became.
_ACTIVITIES = {
    "opened": gettext_lazy("Conversation opened"),
    "accepted": gettext_lazy("%(who)s accepted the handoff"),
    "took_over": gettext_lazy("%(who)s took over from the bot"),
    "assigned": gettext_lazy("%(who)s assigned it to %(to)s"),
    "unassigned": gettext_lazy("%(who)s took away the assignee"),
    "declined": gettext_lazy("%(who)s passed on the handoff"),
    "escalated": gettext_lazy("Escalated to %(to)s"),
    "handed_off": gettext_lazy("%(who)s handed off to people"),
    "prioritized": gettext_lazy("%(who)s set the priority to %(to)s"),
    "reopened": gettext_lazy("%(who)s reopened it"),
    "resolved": gettext_lazy("%(who)s resolved it"),
    "team_set": gettext_lazy("%(who)s gave it to %(to)s"),
    "snoozed": gettext_lazy("%(who)s snoozed it until %(to)s"),
    "merged": gettext_lazy("%(who)s joined two records of the customer"),
    "unmerged": gettext_lazy("%(who)s told two records of the customer apart"),
    "split": gettext_lazy("%(who)s moved messages to another conversation"),
}

# What the bubble itself says needs no line.
QUIET = ("retried", "took_back")

_ACTORS: Mapping[str, object] = {
    Message.AuthorKind.CUSTOMER: gettext_lazy("The customer"),
    Message.AuthorKind.BOT: gettext_lazy("The bot"),
    Message.AuthorKind.RULE: gettext_lazy("A rule"),
    Message.AuthorKind.SYSTEM: gettext_lazy("The desk"),
    Message.AuthorKind.AGENT: gettext_lazy("A former agent"),
}


def author(message: Message) -> str:
    """Return who wrote a message: a name, or the kind of author."""
    if message.is_inbound:
        return _sender(message)
    if message.author is not None:
        return str(message.author)
    if message.author_kind == Message.AuthorKind.BOT:
        return _("Bot")
    if message.author_kind == Message.AuthorKind.SYSTEM:
        return _("Desk")
    return str(_ACTORS.get(message.author_kind, ""))


def _sender(message: Message) -> str:
    identity = message.identity
    if identity is None:
        return _("Customer")
    name = identity.display_name or identity.customer.name
    # A visitor's number says nothing to a person; their record's name does.
    is_number = identity.scheme in {Scheme.CHAT, Scheme.DEVICE}
    return name or (str(identity.customer) if is_number else identity.value)


def continued(message: Message) -> str:
    """Return the separator for a customer who went on elsewhere."""
    channel = message.via.channel if message.via is not None else ""
    who = {"who": _sender(message).split(" ")[0]}
    if channel in _CONTINUED:
        return str(_CONTINUED[Channel(channel)]) % who
    label = Channel(channel).label
    return _("%(who)s continued on %(channel)s") % {**who, "channel": label}


def joined_because(reason: str) -> str:
    """Return why a message is in this conversation, as a sentence."""
    return str(_REASONS.get(Reason(reason), "")) if reason in Reason.values else ""


def fate(message: Message) -> str:
    """Return what became of an outbound message: "Delivered", "Not sent. ..."."""
    if message.delivery == Message.Delivery.QUEUED:
        if message.attempt_count:
            waits = _("It could not be sent yet and is tried again.")
            return f"{waits} {message.explanation}".strip()
        return _("Sending")
    said = str(_FATES.get(Message.Delivery(message.delivery), ""))
    if message.explanation and message.delivery in {
        Message.Delivery.FAILED,
        Message.Delivery.UNKNOWN,
    }:
        return f"{said} {message.explanation}"
    return said


def activity(entry: TimelineEntry) -> str:
    """Return a timeline entry as a sentence without a full stop."""
    pattern = _ACTIVITIES.get(entry.verb)
    if pattern is None:
        return f"{_who(entry)}: {entry.verb.replace('_', ' ')}"
    to = str(entry.detail.get("to", ""))
    if entry.verb == "snoozed":
        to = _moment(str(entry.detail.get("until", "")))
    if entry.verb == "assigned" and entry.actor and to == str(entry.actor):
        return _("%(who)s took it") % {"who": to}
    if entry.verb == "team_set" and not to:
        return _("%(who)s took away the team") % {"who": _who(entry)}
    sentence = str(pattern) % {"who": _who(entry), "to": to}
    if entry.verb == "handed_off" and entry.detail.get("team"):
        sentence += ": " + str(entry.detail["team"])
    return f"{sentence} ({_(entry.why)})" if entry.why else sentence


def _who(entry: TimelineEntry) -> str:
    if entry.actor is not None:
        return str(entry.actor)
    return str(_ACTORS.get(entry.actor_kind, ""))


def _moment(text: str) -> str:
    moment = parse_datetime(text)
    if moment is None:
        return text
    return date_format(timezone.localtime(moment), "j M, H:i")


def preview_author(message: Message | None) -> str:
    """Return what stands before a preview in the list: "Maya:", "Bot:" or nothing."""
    if message is None or message.is_inbound:
        return ""
    if isinstance(message.author, User):
        return f"{message.author.first_name_or_name}:"
    if message.author_kind == Message.AuthorKind.BOT:
        return _("Bot:")
    return _("Desk:")
