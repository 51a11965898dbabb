"""Hidden and missing look alike on every URL that names something."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from channels_inbound.models import Receipt
from conversations.models import Attachment, Conversation, Original
from omnidesk.console.urls import urlpatterns
from tests.omnidesk.console.conftest import Desk

POSTED = {
    "write",
    "take_back",
    "retry",
    "accept",
    "decline",
    "assign",
    "team",
    "priority",
    "snooze",
    "resolve",
    "reopen",
    "receipt_retry",
    "sync",
    "theme",
    "shortcuts",
}
NAMES = [pattern.name for pattern in urlpatterns]
OF_CONVERSATIONS = [
    pattern.name for pattern in urlpatterns if "number" in str(pattern.pattern)
]


def _send(browser: Client, name: str, url: str) -> int:
    answer = browser.post(url) if name in POSTED else browser.get(url)
    return answer.status_code


@pytest.mark.parametrize("name", OF_CONVERSATIONS)
def test_a_hidden_conversation_is_not_found(
    desk: Desk, hidden: Conversation, name: str
) -> None:
    message = hidden.messages.get()
    Original.objects.create(message=message, text="A secret", html="<p>A secret</p>")
    file = Attachment.objects.create(
        message=message, file=ContentFile(b"x", name="x"), filename="x", size=1
    )
    pattern = next(p for p in urlpatterns if p.name == name)
    values = {"number": hidden.pk, "message_id": message.pk, "uuid": file.uuid}
    wanted = {
        key: value for key, value in values.items() if key in pattern.pattern.converters
    }

    hidden_status = _send(desk.browser, name, reverse(f"console:{name}", kwargs=wanted))

    assert hidden_status == 404
    assert hidden.timeline.count() == 1  # that it was opened


@pytest.mark.parametrize("name", ["receipt_raw", "receipt_retry"])
def test_a_hidden_receipt_is_not_found(
    desk: Desk, hidden: Conversation, name: str
) -> None:
    account = hidden.messages.get().via
    assert account is not None
    receipt = Receipt.objects.create(
        account_id=account.pk, event_key="1", raw=b"x", state="quarantined"
    )

    status = _send(desk.browser, name, reverse(f"console:{name}", args=[receipt.pk]))

    assert status == 404


def test_a_message_is_only_found_through_its_own_conversation(
    desk: Desk, hidden: Conversation
) -> None:
    seen = desk.mail_from_ana()
    foreign = hidden.messages.get()
    url = reverse("console:take_back", args=[seen.conversation_id, foreign.pk])

    assert desk.browser.post(url).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_nobody_sees_a_page_without_signing_in(db: None, name: str) -> None:
    pattern = next(p for p in urlpatterns if p.name == name)
    values = {
        "number": 1,
        "message_id": 1,
        "pk": 1,
        "uuid": "7d444840-9dc0-11d1-b245-5ffdce74fad2",
    }
    wanted = {key: values[key] for key in pattern.pattern.converters}
    url = reverse(f"console:{name}", kwargs=wanted)

    answer = Client().post(url) if name in POSTED else Client().get(url)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_the_list_holds_nothing_hidden(desk: Desk, hidden: Conversation) -> None:
    desk.mail_from_ana()

    page = desk.browser.get("/console/?view=open").content.decode()

    assert f'id="row-{hidden.pk}"' not in page
    assert page.count('class="row"') == 1


def test_naming_a_hidden_inbox_shows_nothing(desk: Desk, hidden: Conversation) -> None:
    url = f"/console/?view=open&inbox={hidden.inbox_id}"

    assert b'class="row"' not in desk.browser.get(url).content


def test_the_panel_tells_nothing_of_conversations_in_hidden_inboxes(
    desk: Desk, hidden: Conversation
) -> None:
    message = desk.mail_from_ana()
    Conversation.objects.filter(pk=hidden.pk).update(
        customer=message.conversation.customer, subject="The secret matter"
    )

    page = desk.browser.get(f"/console/c/{message.conversation_id}/")

    assert b"The secret matter" not in page.content
