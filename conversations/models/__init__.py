"""The records of the domain, one module per noun."""

from conversations.models.conversation import Conversation, ReadMark
from conversations.models.escalation import Deadline, Escalation, EscalationStep
from conversations.models.handoff import Handoff
from conversations.models.inbox import Inbox, InboxAddress, Team
from conversations.models.message import Attachment, Message, Original
from conversations.models.timeline import TimelineEntry

__all__ = [
    "Attachment",
    "Conversation",
    "Deadline",
    "Escalation",
    "EscalationStep",
    "Handoff",
    "Inbox",
    "InboxAddress",
    "Message",
    "Original",
    "ReadMark",
    "Team",
    "TimelineEntry",
]
