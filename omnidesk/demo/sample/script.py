"""The vocabulary of a sample conversation: who did what, how many minutes ago."""

from dataclasses import dataclass
from typing import Any

from conversations.intake import InboundFile
from omnidesk.demo.sample.people import Person


@dataclass(frozen=True)
class Writer:
    """A customer: their mail address, and their account in the shop if they have one."""

    name: str
    email: str = ""
    shop_id: str = ""


@dataclass(frozen=True)
class Step:
    """Something that happened, so many minutes ago."""

    ago: float


@dataclass(frozen=True)
class Mail(Step):
    """The customer wrote a mail."""

    text: str
    html: str = ""
    files: tuple[InboundFile, ...] = ()


@dataclass(frozen=True)
class Chat(Step):
    """The customer wrote in the shop's chat."""

    text: str


@dataclass(frozen=True)
class Bot(Step):
    """The bot answered, from an article."""

    text: str
    article: str


@dataclass(frozen=True)
class HandOff(Step):
    """The bot asked people to go on."""

    reason: str
    ask: str
    # As omnidesk/bots/packet.py makes them.
    facts: dict[str, Any]


@dataclass(frozen=True)
class Assign(Step):
    """An agent took the conversation."""

    to: Person


@dataclass(frozen=True)
class Sort(Step):
    """A rule gave it to a team, with a priority."""

    team: str
    priority: int
    why: str


@dataclass(frozen=True)
class Reply(Step):
    """An agent answered on the customer's last channel."""

    by: Person
    text: str


@dataclass(frozen=True)
class Note(Step):
    """An agent wrote something down for the others."""

    by: Person
    text: str


@dataclass(frozen=True)
class Resolve(Step):
    """An agent called it done."""

    by: Person


@dataclass(frozen=True)
class Snooze(Step):
    """An agent hid it for so many hours from now."""

    by: Person
    hours: float


@dataclass(frozen=True)
class Story:
    """One conversation from its first word."""

    writer: Writer
    subject: str
    steps: tuple[Step, ...]
    language: str = "en"
