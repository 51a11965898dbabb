"""The verbs: the only code that changes a conversation, one file each."""

from conversations.actions.accept import accept
from conversations.actions.assign import assign
from conversations.actions.decline import decline
from conversations.actions.escalate import escalate
from conversations.actions.hand_off import hand_off
from conversations.actions.merge import merge
from conversations.actions.note import note
from conversations.actions.prioritize import prioritize
from conversations.actions.reopen import reopen
from conversations.actions.reply import reply
from conversations.actions.resolve import resolve
from conversations.actions.retry import retry
from conversations.actions.set_team import set_team
from conversations.actions.snooze import snooze
from conversations.actions.split import split
from conversations.actions.take_back import take_back
from conversations.actions.unmerge import unmerge

__all__ = [
    "accept",
    "assign",
    "decline",
    "escalate",
    "hand_off",
    "merge",
    "note",
    "prioritize",
    "reopen",
    "reply",
    "resolve",
    "retry",
    "set_team",
    "snooze",
    "split",
    "take_back",
    "unmerge",
]
