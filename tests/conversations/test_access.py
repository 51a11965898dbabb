import pytest

from conversations import access
from conversations.models import Conversation
from omnidesk.accounts.models import User
from tests.factories import EmailAccountFactory, make_agent, receive

pytestmark = pytest.mark.django_db


def test_an_agent_sees_the_inboxes_of_their_teams() -> None:
    mine, other = EmailAccountFactory.create(), EmailAccountFactory.create()
    maya = make_agent(inbox=mine.inbox)
    conversation = receive(mine).conversation
    receive(other)

    assert list(access.visible_to(maya)) == [conversation]


def test_an_agent_in_two_teams_of_an_inbox_sees_each_conversation_once() -> None:
    via = EmailAccountFactory.create()
    maya = make_agent(inbox=via.inbox)
    second = make_agent(inbox=EmailAccountFactory.create().inbox).teams.get()
    via.inbox.teams.add(second)
    second.members.add(maya)
    receive(via)

    assert access.visible_to(maya).count() == 1


@pytest.mark.parametrize("role", [User.Role.LEAD, User.Role.MANAGER])
def test_leads_and_managers_see_every_inbox(role: str) -> None:
    receive(EmailAccountFactory.create())

    assert access.visible_to(make_agent(role=role)).count() == 1


def test_who_left_a_team_sees_nothing_of_it() -> None:
    via = EmailAccountFactory.create()
    maya = make_agent(inbox=via.inbox)
    conversation = receive(via).conversation
    maya.teams.clear()

    with pytest.raises(Conversation.DoesNotExist):
        access.get_for(maya, conversation.pk)


def test_a_deactivated_lead_sees_nothing() -> None:
    receive(EmailAccountFactory.create())

    assert not access.visible_to(make_agent(role="lead", is_active=False)).exists()
