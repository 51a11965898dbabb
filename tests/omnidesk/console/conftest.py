"""An inbox with mail and chat, its agent signed in, and somebody of another inbox."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from channels_inbound.models import ChannelAccount
from conversations.models import Conversation, Inbox, Message
from omnidesk.accounts.models import User
from tests.factories import (
    ChatAccountFactory,
    EmailAccountFactory,
    InboxFactory,
    make_agent,
    receive,
)


@dataclass
class Desk:
    inbox: Inbox
    mail: ChannelAccount
    chat: ChannelAccount
    agent: User
    browser: Client

    def mail_from_ana(
        self, text: str = "Where is my parcel?", **values: Any
    ) -> Message:
        return receive(self.mail, text, subject="Parcel", **values)


def browser_of(agent: User) -> Client:
    browser = Client()
    browser.force_login(agent)
    return browser


@pytest.fixture
def desk(db: None) -> Desk:
    inbox = InboxFactory.create()
    agent = make_agent(inbox=inbox, name="Maya Ortiz")
    return Desk(
        inbox=inbox,
        mail=EmailAccountFactory.create(inbox=inbox),
        chat=ChatAccountFactory.create(inbox=inbox),
        agent=agent,
        browser=browser_of(agent),
    )


@pytest.fixture
def hidden(db: None) -> Conversation:
    """A conversation of an inbox that the desk's agent does not see."""
    other = EmailAccountFactory.create()
    return receive(other, "A secret", sender="eve@example.com").conversation
