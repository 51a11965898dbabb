"""Who gets into the admin, and what nobody gets out of it."""

import pytest
from django.test import Client

from conversations.models import Conversation
from omnidesk.accounts.models import User
from omnidesk.configuration.site import site
from tests.factories import ChatAccountFactory, make_agent, make_conversation

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture
def manager(client: Client) -> User:
    made = make_agent(role=User.Role.MANAGER, name="Nora")
    client.force_login(made)
    return made


def _form(**values: object) -> dict[str, object]:
    return {
        "name": "Ben Adler",
        "email": "ben@acme.example",
        "role": "agent",
        "is_active": "on",
        "new_password": "a long enough password",
        **values,
    }


def test_a_stranger_is_sent_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("role", ["agent", "lead"])
def test_nobody_but_managers_gets_in(client: Client, role: str) -> None:
    client.force_login(make_agent(role=role))

    for model in site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert client.get(path, follow=True).status_code == 403


def test_a_staff_flag_without_the_role_is_worth_nothing(client: Client) -> None:
    agent = make_agent()
    User.objects.filter(pk=agent.pk).update(is_staff=True, is_superuser=True)
    client.force_login(agent)

    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.usefixtures("manager")
def test_every_page_opens_for_a_manager(client: Client) -> None:
    make_conversation()
    ChatAccountFactory.create()

    for model in site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert client.get(path).status_code == 200
        row = model._default_manager.first()
        if row is not None:
            assert client.get(f"{path}{row.pk}/change/").status_code == 200


@pytest.mark.usefixtures("manager")
def test_a_manager_makes_an_agent_who_can_sign_in(client: Client) -> None:
    client.post("/admin/accounts/user/add/", _form())

    ben = User.objects.get(email="ben@acme.example")
    assert ben.check_password("a long enough password")
    assert not ben.is_staff


@pytest.mark.usefixtures("manager")
def test_no_tampered_form_makes_a_superuser(client: Client) -> None:
    extra = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}

    client.post("/admin/accounts/user/add/", _form(**extra))

    ben = User.objects.get(email="ben@acme.example")
    assert not ben.is_superuser
    assert not ben.is_staff
    assert not ben.user_permissions.exists()


@pytest.mark.usefixtures("manager")
def test_a_superuser_is_neither_shown_nor_changed(client: Client) -> None:
    root = make_agent(name="Root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)

    client.post(f"/admin/accounts/user/{root.pk}/change/", _form())

    root.refresh_from_db()
    assert root.name == "Root"
    assert root.check_password(PASSWORD)


def test_a_manager_cannot_lock_themselves_out(client: Client, manager: User) -> None:
    tampered = _form(name="Nora", email=manager.email, role="agent", new_password="")
    del tampered["is_active"]

    client.post(f"/admin/accounts/user/{manager.pk}/change/", tampered)

    manager.refresh_from_db()
    assert manager.role == User.Role.MANAGER
    assert manager.is_active


@pytest.mark.usefixtures("manager")
def test_an_agent_is_deactivated_and_never_deleted(client: Client) -> None:
    agent = make_agent()
    path = f"/admin/accounts/user/{agent.pk}/"
    changed = _form(email=agent.email, new_password="")
    del changed["is_active"]

    client.post(f"{path}change/", changed)

    agent.refresh_from_db()
    assert not agent.is_active
    assert client.post(f"{path}delete/", {"post": "yes"}).status_code == 403


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize(
    "path",
    [
        "/admin/accounts/user/?password__startswith=pbkdf2",
        "/admin/channels_inbound/channelaccount/?settings__secret__startswith=a",
        "/admin/conversations/conversation/?assignee__password__startswith=p",
        "/admin/conversations/conversation/?inbox__addresses__name__startswith=p",
    ],
)
def test_no_list_can_be_asked_about_a_hidden_column(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.usefixtures("manager")
def test_the_state_of_a_conversation_is_not_edited(client: Client) -> None:
    conversation = make_conversation()
    path = f"/admin/conversations/conversation/{conversation.pk}/"

    tampered = client.post(f"{path}change/", {"status": "resolved"})

    assert tampered.status_code == 403
    assert client.post(f"{path}delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/conversations/conversation/add/").status_code == 403
    conversation.refresh_from_db()
    assert conversation.status == Conversation.Status.OPEN


def test_resolving_in_the_admin_is_the_desks_own_action(
    client: Client, manager: User
) -> None:
    conversation = make_conversation()
    chosen = {"action": "resolve", "_selected_action": [conversation.pk]}

    client.post("/admin/conversations/conversation/", chosen)

    entry = conversation.timeline.get(verb="resolved")
    assert entry.actor == manager


@pytest.mark.usefixtures("manager")
def test_the_admin_has_a_policy_of_its_own(client: Client) -> None:
    policy = client.get("/admin/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
