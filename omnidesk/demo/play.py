"""Let a sample conversation happen, through the doors that real ones use."""

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.text import slugify

from channels_inbound.models import ChannelAccount
from conversations import actions, actor, intake
from conversations.intake import Address, InboundMessage
from conversations.models import Conversation, Message, Team
from customers.models import Scheme
from omnidesk.accounts.models import User
from omnidesk.demo.clock import Clock
from omnidesk.demo.sample.people import SITE, Person
from omnidesk.demo.sample.script import (
    Assign,
    Bot,
    Chat,
    HandOff,
    Mail,
    Note,
    Reply,
    Resolve,
    Snooze,
    Sort,
    Step,
    Story,
)


@dataclass(frozen=True)
class Desk:
    """What the stories happen at."""

    mail: ChannelAccount
    chat: ChannelAccount
    teams: Mapping[str, Team]
    staff: Mapping[str, User]

    def actor(self, person: Person) -> actor.Actor:
        """Return the person as one who acts."""
        return actor.agent(self.staff[person.email])


@dataclass
class Stage:
    """How far a story has got."""

    story: Story
    desk: Desk
    conversation: Conversation | None = None
    last: Message | None = None
    mail_ids: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return a word that is the story's own and the same in every demo."""
        writer = self.story.writer
        return slugify(writer.email or writer.shop_id or writer.name)

    def current(self) -> Conversation:
        """Return the conversation as it is now. Raises if nobody has written yet."""
        if self.conversation is None:
            raise ValueError(f"The story of {self.key} begins without a message.")
        self.conversation.refresh_from_db()
        return self.conversation

    def heard(self) -> Message:
        """Return the customer's newest message. Raises if there is none."""
        if self.last is None:
            raise ValueError(f"The story of {self.key} begins without a message.")
        return self.last


def play(story: Story, *, desk: Desk, clock: Clock, now: datetime.datetime) -> None:
    """Let every step of the story happen at its time."""
    stage = Stage(story, desk)
    for step in story.steps:
        clock.moment = now - datetime.timedelta(minutes=step.ago)
        happen(step, stage)
    customer = stage.current().customer
    customer.language = story.language
    customer.save(update_fields=["language"])


@functools.singledispatch
def happen(step: Step, stage: Stage) -> None:
    """Do what the step says; one function for each kind below."""
    raise TypeError(f"{step!r} is no step of a story.")


@happen.register
def _mail(step: Mail, stage: Stage) -> None:
    # Not saved: until this morning the shop's mail went to people without a bot.
    stage.desk.mail.inbox.bot_enabled = False
    number = len(stage.mail_ids) + 1
    external_id = f"{stage.key}-{number}@mail.example"
    _hear(
        stage,
        stage.desk.mail,
        InboundMessage(
            sender=stage.story.writer.email,
            sender_name=stage.story.writer.name,
            subject=stage.story.subject,
            text=step.text,
            full_text=step.text,
            html=step.html,
            external_id=external_id,
            headers={"message_id": external_id, "to": [stage.desk.mail.address]},
            verified=True,
            attachments=step.files,
            answers=tuple(reversed(stage.mail_ids)),
        ),
    )
    stage.mail_ids.append(external_id)


@happen.register
def _chat(step: Chat, stage: Stage) -> None:
    writer = stage.story.writer
    proofs = []
    if writer.shop_id and writer.email:
        proofs.append(Address(Scheme.MAILTO, writer.email))
    if writer.shop_id:
        proofs.append(Address(Scheme.EXTERNAL, f"{writer.shop_id}@{SITE}"))
    visitor = writer.shop_id or f"visitor-{stage.key}"
    _hear(
        stage,
        stage.desk.chat,
        InboundMessage(
            sender=f"{visitor}@{SITE}",
            sender_name=writer.name,
            text=step.text,
            external_id=f"{stage.key}-{step.ago:g}",
            verified=bool(writer.shop_id),
            proofs=tuple(proofs),
        ),
    )


def _hear(stage: Stage, via: ChannelAccount, inbound: InboundMessage) -> None:
    stage.last = intake.receive(via, inbound).message
    stage.conversation = stage.last.conversation


@happen.register
def _bot(step: Bot, stage: Stage) -> None:
    source = {"title": step.article, "url": f"/help/{slugify(step.article)}/"}
    _answer(stage, step.text, by=actor.BOT, sources=[source])


@happen.register
def _reply(step: Reply, stage: Stage) -> None:
    _answer(stage, step.text, by=stage.desk.actor(step.by))


def _answer(
    stage: Stage,
    text: str,
    *,
    by: actor.Actor,
    sources: list[dict[str, str]] | None = None,
) -> None:
    heard = stage.heard()
    if heard.via is None or heard.identity is None:
        raise ValueError(f"The story of {stage.key} has nobody to answer.")
    actions.reply(
        stage.current(),
        text=text,
        via=heard.via,
        identity=heard.identity,
        by=by,
        sources=sources or (),
    )


@happen.register
def _hand_off(step: HandOff, stage: Stage) -> None:
    actions.hand_off(
        stage.current(),
        reason=step.reason,
        by=actor.BOT,
        ask=step.ask,
        facts=dict(step.facts),
    )


@happen.register
def _assign(step: Assign, stage: Stage) -> None:
    actions.accept(stage.current(), by=stage.desk.actor(step.to))


@happen.register
def _sort(step: Sort, stage: Stage) -> None:
    team = stage.desk.teams[step.team]
    actions.set_team(stage.current(), to=team, by=actor.RULE, why=step.why)
    actions.prioritize(stage.current(), priority=step.priority, by=actor.RULE)


@happen.register
def _note(step: Note, stage: Stage) -> None:
    actions.note(stage.current(), text=step.text, by=stage.desk.actor(step.by))


@happen.register
def _resolve(step: Resolve, stage: Stage) -> None:
    actions.resolve(stage.current(), by=stage.desk.actor(step.by))


@happen.register
def _snooze(step: Snooze, stage: Stage) -> None:
    until = timezone.now() + datetime.timedelta(minutes=step.ago, hours=step.hours)
    actions.snooze(stage.current(), until=until, by=stage.desk.actor(step.by))
