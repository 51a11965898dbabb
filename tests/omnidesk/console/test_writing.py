"""Replies and notes from the composer: refused in time, sent once, never lost."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from conversations import actions
from conversations.actor import agent
from conversations.models import Attachment, Conversation, Message
from tests.factories import answer, make_agent, receive
from tests.omnidesk.console.conftest import Desk

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def _way(message: Message) -> str:
    return f"{message.via_id}:{message.identity_id}"


def _write(desk: Desk, message: Message, **values: Any) -> Any:
    headers = values.pop("headers", None)
    data = {
        "kind": "reply",
        "text": "It left today.",
        "to": _way(message),
        "after": message.pk,
        "client_id": "one",
        **values,
    }
    url = f"/console/c/{message.conversation_id}/write/"
    return desk.browser.post(url, data, headers=headers)


def _sent(message: Message) -> list[Message]:
    return list(
        message.conversation.messages.filter(direction="outbound").order_by("pk")
    )


def test_a_reply_is_queued_on_the_chosen_way(desk: Desk) -> None:
    message = desk.mail_from_ana()

    response = _write(desk, message)

    (reply,) = _sent(message)
    assert response.status_code == 302
    assert (reply.text, reply.delivery, reply.via_id) == (
        "It left today.",
        "queued",
        message.via_id,
    )


def test_a_repeated_post_is_one_message(desk: Desk) -> None:
    message = desk.mail_from_ana()
    file = {"uploads": SimpleUploadedFile("a.txt", b"hello")}

    _write(desk, message, **file)
    file["uploads"].seek(0)
    _write(desk, message, **file)

    (reply,) = _sent(message)
    assert reply.attachments.count() == 1
    assert Attachment.objects.count() == 1


def test_a_stale_reply_is_refused_with_what_is_new(desk: Desk) -> None:
    message = desk.mail_from_ana()
    colleague = make_agent(inbox=desk.inbox, name="Jonas Weber")
    answer(message, colleague, "I have it already.")

    response = _write(desk, message, text="My long text")

    page = response.content.decode()
    assert response.status_code == 409
    assert "I have it already." in page
    assert "Send anyway" in page
    assert "My long text</textarea>" in page
    assert len(_sent(message)) == 1


def test_send_anyway_sends(desk: Desk) -> None:
    message = desk.mail_from_ana()
    newer = answer(message, make_agent(inbox=desk.inbox), "I have it already.")

    # the hidden field and the button of the same name, in the form's order
    response = _write(desk, message, after=[message.pk, newer.pk])

    assert response.status_code == 302
    assert len(_sent(message)) == 2


def test_files_survive_a_refusal(desk: Desk) -> None:
    message = desk.mail_from_ana()
    newer = answer(message, make_agent(inbox=desk.inbox))
    file = SimpleUploadedFile("invoice.pdf", b"%PDF-1.7")

    refused = _write(desk, message, uploads=file)
    kept = Attachment.objects.get()
    assert f'value="{kept.uuid}" checked'.encode() in refused.content
    _write(desk, message, after=newer.pk, kept=str(kept.uuid))

    assert [a.filename for a in _sent(message)[-1].attachments.all()] == ["invoice.pdf"]


def test_nobody_sends_the_unsent_files_of_another(desk: Desk) -> None:
    message = desk.mail_from_ana()
    other = make_agent(inbox=desk.inbox)
    file = Attachment.objects.create(
        uploaded_by=other, file=SimpleUploadedFile("x", b"x"), filename="x", size=1
    )

    _write(desk, message, kept=str(file.uuid))

    file.refresh_from_db()
    assert file.message is None


def test_a_refusal_over_htmx_brings_the_composer_alone(desk: Desk) -> None:
    message = desk.mail_from_ana()
    answer(message, make_agent(inbox=desk.inbox), "I have it already.")

    response = _write(desk, message, headers=HTMX)

    assert response.status_code == 409
    assert b"<html" not in response.content
    assert b"I have it already." in response.content


def test_an_empty_text_is_refused_in_words(desk: Desk) -> None:
    message = desk.mail_from_ana()

    response = _write(desk, message, text=" \n ")

    assert response.status_code == 422
    assert b"Write something before you send it." in response.content
    assert _sent(message) == []


def test_a_way_that_was_not_offered_is_refused_and_the_text_kept(desk: Desk) -> None:
    message = desk.mail_from_ana()
    stranger = receive(desk.mail, sender="eve@example.com")

    response = _write(desk, message, to=_way(stranger), text="For Ana only")

    assert response.status_code == 422
    assert b"For Ana only</textarea>" in response.content
    assert _sent(message) == []


def test_a_note_never_leaves(desk: Desk) -> None:
    message = desk.mail_from_ana()

    _write(desk, message, kind="note", text="Careful with this one.")

    (note,) = _sent(message)
    assert (note.kind, note.delivery, note.via, note.identity) == (
        "note",
        "internal",
        None,
        None,
    )
    assert note not in Message.objects.public()


def test_sending_can_resolve_and_open_the_next_one(desk: Desk) -> None:
    message = desk.mail_from_ana()
    following = receive(desk.mail, sender="bo@example.com").conversation

    response = _write(desk, message, resolve="1", back="?view=needs_reply")

    message.conversation.refresh_from_db()
    assert message.conversation.status == Conversation.Status.RESOLVED
    assert response.headers["Location"] == (
        f"/console/c/{following.pk}/?view=needs_reply"
    )


def test_a_reply_taken_back_comes_back_as_a_draft(desk: Desk) -> None:
    message = desk.mail_from_ana()
    _write(desk, message, text="Too early")
    (reply,) = _sent(message)
    url = f"/console/c/{message.conversation_id}/messages/{reply.pk}/take-back/"

    page = desk.browser.post(url, follow=True)

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.CANCELED
    assert b"Too early</textarea>" in page.content


def test_what_has_left_cannot_be_taken_back(desk: Desk) -> None:
    message = desk.mail_from_ana()
    reply = answer(message, desk.agent)
    Message.objects.filter(pk=reply.pk).update(delivery="sent")
    url = f"/console/c/{message.conversation_id}/messages/{reply.pk}/take-back/"

    page = desk.browser.post(url, follow=True)

    assert b"has already been sent" in page.content


def test_a_failed_reply_says_why_and_can_be_sent_again(desk: Desk) -> None:
    message = desk.mail_from_ana()
    reply = answer(message, desk.agent)
    Message.objects.filter(pk=reply.pk).update(
        delivery="failed", explanation="The mailbox is full."
    )
    page = desk.browser.get(f"/console/c/{message.conversation_id}/")
    assert b"Not sent. The mailbox is full." in page.content

    desk.browser.post(
        f"/console/c/{message.conversation_id}/messages/{reply.pk}/retry/"
    )

    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.QUEUED


def test_a_resolved_customer_can_still_get_a_note(desk: Desk) -> None:
    message = desk.mail_from_ana()
    actions.resolve(message.conversation, by=agent(desk.agent))

    _write(desk, message, kind="note", text="For the record.")

    assert len(_sent(message)) == 1
