"""Make the least valid object; a test states every value it asserts on."""

import itertools
import uuid
from typing import Any

import factory
from factory.django import DjangoModelFactory

from channels_inbound.models import ChannelAccount
from conversations import actions, actor, intake
from conversations.intake import InboundMessage
from conversations.models import (
    Conversation,
    EscalationStep,
    Inbox,
    InboxAddress,
    Message,
    Team,
)
from conversations.models.inbox import Channel
from customers.models import Customer, Identity, Scheme
from omnidesk.accounts.models import User
from omnidesk.knowledge.models import Article

_numbers = itertools.count(1)


class CustomerFactory(DjangoModelFactory[Customer]):
    class Meta:
        model = Customer

    name = "Ana Ruiz"


class IdentityFactory(DjangoModelFactory[Identity]):
    class Meta:
        model = Identity

    customer = factory.SubFactory(CustomerFactory)
    scheme = Scheme.MAILTO
    value = factory.Sequence(lambda n: f"ana{n}@example.com")


class TeamFactory(DjangoModelFactory[Team]):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")


class InboxFactory(DjangoModelFactory[Inbox]):
    class Meta:
        model = Inbox

    name = factory.Sequence(lambda n: f"Inbox {n}")
    bot_enabled = False
    handoff_team = factory.SubFactory(TeamFactory)


class EscalationStepFactory(DjangoModelFactory[EscalationStep]):
    class Meta:
        model = EscalationStep

    inbox = factory.SubFactory(InboxFactory)
    team = factory.SubFactory(TeamFactory)
    position = 1
    after_seconds = 300


class EmailAccountFactory(DjangoModelFactory[ChannelAccount]):
    class Meta:
        model = ChannelAccount

    name = "Mail"
    inbox = factory.SubFactory(InboxFactory)
    channel = Channel.EMAIL
    address = factory.Sequence(lambda n: f"support{n}@acme.example")
    adapter = "email"


class ChatAccountFactory(DjangoModelFactory[ChannelAccount]):
    class Meta:
        model = ChannelAccount

    name = "Website"
    inbox = factory.SubFactory(InboxFactory)
    channel = Channel.CHAT
    address = factory.Sequence(lambda n: f"shop{n}.acme.example")
    adapter = "chat"
    settings = factory.LazyFunction(lambda: {"secret": "a-secret-of-the-site"})


class ArticleFactory(DjangoModelFactory[Article]):
    class Meta:
        model = Article

    title = "Return an item"
    slug = factory.Sequence(lambda n: f"article-{n}")
    body = "You can return anything within 30 days of delivery."
    status = Article.Status.PUBLISHED


def make_agent(*, inbox: Inbox | None = None, **values: Any) -> User:
    """Return an agent who sees `inbox`, through its handoff team."""
    number = next(_numbers)
    values = {
        "email": f"agent{number}@acme.example",
        "password": "correct horse battery",
        "name": f"Agent {number}",
        "role": User.Role.AGENT,
        **values,
    }
    agent = User.objects.create_account(**values)
    if inbox is not None:
        team = inbox.handoff_team or TeamFactory.create()
        inbox.teams.add(team)
        team.members.add(agent)
    return agent


def inbound(text: str = "Where is my parcel?", **values: Any) -> InboundMessage:
    """Return a message from ana@example.com that nothing has proven."""
    defaults = {"sender": "ana@example.com", "external_id": uuid.uuid4().hex}
    return InboundMessage(text=text, **{**defaults, **values})


def receive(
    via: InboxAddress, text: str = "Where is my parcel?", **values: Any
) -> Message:
    """Return the message that a customer's words became."""
    return intake.receive(via, inbound(text, **values)).message


def answer(
    message: Message, agent: User, text: str = "It left today.", **values: Any
) -> Message:
    """Return an agent's reply to a customer's message, on its channel."""
    assert message.via is not None
    assert message.identity is not None
    return actions.reply(
        message.conversation,
        **{
            "text": text,
            "via": message.via,
            "identity": message.identity,
            "by": actor.agent(agent),
            **values,
        },
    )


def make_conversation(**values: Any) -> Conversation:
    """Return a conversation that a customer opened by mail."""
    via = EmailAccountFactory.create(**values)
    return receive(via, subject="A question").conversation
