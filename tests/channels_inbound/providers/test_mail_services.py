"""Mail services: checked and read by anymail, with the gaps it leaves closed."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from channels_inbound import providers
from channels_inbound.normalized import Reading
from channels_inbound.requests import ProviderRequest
from tests.channels_inbound.providers.calls import NOW

PASSWORD = "desk:long-and-random"
HEADERS = {
    "authorization": "Basic " + base64.b64encode(PASSWORD.encode()).decode(),
    "content-type": "application/json",
}
WITH_PASSWORD = {"anymail": {"WEBHOOK_SECRET": PASSWORD}}
MAIL = (
    "From: Ann <ann@customer.example>\nTo: help@shop.example\n"
    "Message-ID: <1@customer.example>\nSubject: Late\n\nWhere is it?\n"
)


def post(
    service: str, content: Any, kind: str = "tracking", **changed: Any
) -> ProviderRequest:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    request = ProviderRequest(
        url=f"https://support.shop.example/in/{service}/{kind}/",
        headers=HEADERS,
        body=body,
        settings=WITH_PASSWORD,
        received_at=NOW,
    )
    return replace(request, **changed)


def read(service: str, request: ProviderRequest) -> Reading:
    return providers.read(f"email.{service}", request)


def test_a_mail_that_came_raw_is_a_message() -> None:
    note = {"notificationType": "Received", "content": MAIL, "mail": {}}
    note["receipt"] = {"action": {"type": "SNS"}}
    content = {"Type": "Notification", "MessageId": "n1", "Message": json.dumps(note)}
    headers = HEADERS | {
        "x-amz-sns-message-type": "Notification",
        "x-amz-sns-message-id": "n1",
    }
    request = post("amazon_ses", content, "inbound", headers=headers)
    [message] = read("amazon_ses", request).messages
    assert message.external_id == "<1@customer.example>"
    assert (message.sender, message.sender_name) == ("ann@customer.example", "Ann")
    assert message.text == "Where is it?\n"

    note["receipt"] = {"action": {"type": "S3", "bucketName": "b", "objectKey": "k"}}
    content["Message"] = json.dumps(note)
    elsewhere = post("amazon_ses", content, "inbound", headers=headers)
    assert read("amazon_ses", elsewhere).status_code == 400


def test_a_subscription_of_amazon_is_not_confirmed_while_reading() -> None:
    content = {"Type": "SubscriptionConfirmation", "MessageId": "n1", "Token": "t"}
    headers = HEADERS | {
        "x-amz-sns-message-type": "SubscriptionConfirmation",
        "x-amz-sns-message-id": "n1",
    }
    reading = read("amazon_ses", post("amazon_ses", content, headers=headers))
    assert (reading.status_code, reading.messages) == (200, [])


@pytest.mark.parametrize(
    "authorization", ["", "Basic x", "Basic " + base64.b64encode(b"a:b").decode()]
)
def test_another_password_is_refused(authorization: str) -> None:
    headers = HEADERS | {"authorization": authorization}
    content = {"RecordType": "Delivery", "MessageID": "m1"}
    request = post("postmark", content, headers=headers)
    assert read("postmark", request).status_code == 403
    assert not read("postmark", request).statuses


@pytest.mark.parametrize("service", ["postmark", "sendgrid", "sparkpost", "mailjet"])
def test_an_account_in_use_needs_a_password_where_nothing_is_signed(
    service: str,
) -> None:
    request = post(service, [{}], settings={})
    assert read(service, request).status_code == 403
    assert read(service, replace(request, trusting=True)).status_code != 403


@pytest.mark.parametrize(
    "service", ["mailersend", "mailgun", "mandrill", "postal", "unisender_go"]
)
def test_an_account_in_use_needs_its_secret_where_all_is_signed(service: str) -> None:
    request = post(service, {"a": 1})
    assert read(service, request).status_code == 403
    assert read(service, replace(request, trusting=True)).status_code != 403


def test_one_event_of_a_batch_that_makes_no_sense_does_not_lose_the_rest() -> None:
    events = [
        {"event": "delivered", "sg_message_id": "a", "smtp-id": "a"},
        5,
        {"event": "bounce", "sg_message_id": "b", "smtp-id": "b"},
    ]
    reading = read("sendgrid", post("sendgrid", events))
    assert [(s.external_id, s.status) for s in reading.statuses] == [
        ("a", "delivered"),
        ("b", "bounced"),
    ]
    assert reading.events == [{"type": "unreadable"}]


def mailgun(at: float, **changed: Any) -> ProviderRequest:
    timestamp = str(int(at))
    signature = {
        "timestamp": timestamp,
        "token": "t1",
        "signature": hmac.new(b"key", f"{timestamp}t1".encode(), "sha256").hexdigest(),
    }
    settings = {"anymail": WITH_PASSWORD["anymail"] | {"MAILGUN_API_KEY": "key"}}
    content = {"signature": signature, "event-data": {"event": "delivered"}}
    return (
        post("mailgun", content, settings=settings)
        if not changed
        else replace(post("mailgun", content, settings=settings), **changed)
    )


def test_mailguns_signature_without_the_password_is_not_enough() -> None:
    assert read("mailgun", mailgun(NOW.timestamp())).status_code == 200
    bare = mailgun(
        NOW.timestamp(),
        settings={"anymail": {"MAILGUN_API_KEY": "key"}},
    )
    assert read("mailgun", bare).status_code == 403


def test_a_mailgun_signature_of_last_week_is_refused() -> None:
    assert read("mailgun", mailgun(NOW.timestamp() - 7 * 86400)).status_code == 403


def resend(content: Any, kind: str, *, age: float = 0.0) -> ProviderRequest:
    body = json.dumps(content).encode()
    timestamp = NOW.timestamp() - age
    signed = f"id1.{int(timestamp)}.".encode() + body
    made = base64.b64encode(hmac.digest(b"svix key", signed, "sha256")).decode()
    secret = "whsec_" + base64.b64encode(b"svix key").decode()
    name = "RESEND_INBOUND_SECRET" if kind == "inbound" else "RESEND_SIGNING_SECRET"
    headers = {
        "content-type": "application/json",
        "svix-id": "id1",
        "svix-timestamp": str(timestamp),
        "svix-signature": f"v1a,x v1,{made}",
    }
    return post(
        "resend", body, kind, headers=headers, settings={"anymail": {name: secret}}
    )


def test_resend_is_checked_against_the_time_of_receipt() -> None:
    content = {"type": "email.delivered", "data": {"email_id": "m1"}}
    good = resend(content, "tracking")
    [status] = read("resend", good).statuses
    assert (status.external_id, status.status) == ("m1", "delivered")
    assert read("resend", resend(content, "tracking", age=3600)).status_code == 403
    changed = replace(good, body=good.body.replace(b"m1", b"m2"))
    assert read("resend", changed).status_code == 403


def test_a_mail_of_resend_is_a_message_whose_text_is_still_to_be_fetched() -> None:
    data = {
        "email_id": "e1",
        "from": "Ann <ann@customer.example>",
        "to": ["help@shop.example"],
        "message_id": "<1@customer.example>",
        "subject": "Late",
        "attachments": [{"filename": "a.pdf", "content_type": "application/pdf"}],
    }
    request = resend({"type": "email.received", "data": data}, "inbound")
    reading = read("resend", request)
    [message] = reading.messages
    assert message.external_id == "<1@customer.example>"
    assert (message.sender, len(message.attachments)) == ("ann@customer.example", 1)
    assert reading.events == [{"type": "content_elsewhere", "external_id": "e1"}]


def test_mandrill_signs_the_url_with_the_password_in_it() -> None:
    events = json.dumps([{"event": "hard_bounce", "msg": {"_id": "m1"}}])
    url = f"https://{PASSWORD}@support.shop.example/in/mandrill/tracking/"
    signed = f"{url}mandrill_events{events}".encode()
    made = base64.b64encode(hmac.digest(b"key", signed, "sha1")).decode()
    settings = {"anymail": WITH_PASSWORD["anymail"] | {"MANDRILL_WEBHOOK_KEY": "key"}}
    headers = HEADERS | {
        "content-type": "application/x-www-form-urlencoded",
        "x-mandrill-signature": made,
    }
    body = urlencode({"mandrill_events": events}).encode()
    request = post("mandrill", body, headers=headers, settings=settings)
    assert [s.status for s in read("mandrill", request).statuses] == ["bounced"]
    other = replace(request, body=body.replace(b"hard_bounce", b"send"))
    assert read("mandrill", other).status_code == 403


def test_the_files_of_a_brevo_mail_are_named_and_not_fetched() -> None:
    item = {
        "Headers": {"From": "ann@customer.example", "Message-ID": "<1@x.example>"},
        "RawTextBody": "Here",
        "Attachments": [{"Name": "a.pdf", "ContentType": "application/pdf"}],
    }
    request = post("brevo", {"items": [item]}, "inbound")
    [message] = read("brevo", request).messages
    assert [file.name for file in message.attachments] == ["a.pdf"]


def test_a_large_mail_is_read() -> None:
    content = {
        "FromFull": {"Email": "ann@customer.example"},
        "TextBody": "x" * 3_000_000,
        "Headers": [],
    }
    [message] = read("postmark", post("postmark", content, "inbound")).messages
    assert len(message.text) == 3_000_000


@pytest.mark.parametrize("service", providers.MAIL_SERVICES)
def test_junk_is_refused_or_says_nothing(service: str) -> None:
    for kind in ("inbound", "tracking"):
        for body in (b"", b"null", b"[", b"[]", b"5", b"\xff\xfe", b"[" * 3000):
            reading = read(service, post(service, body, kind, trusting=True))
            assert reading.status_code in {200, 400, 403}
            assert not reading.messages


def test_a_hash_of_unisender_covers_the_body() -> None:
    body = b'{"auth":"AUTH","events_by_user":[{"events":[]}]}'
    made = hashlib.md5(body.replace(b"AUTH", b"key")).hexdigest().encode()  # noqa: S324
    settings = {"anymail": {"UNISENDER_GO_API_KEY": "key"}}
    good = post("unisender_go", body.replace(b"AUTH", made), settings=settings)
    assert read("unisender_go", good).status_code == 200
    changed = replace(good, body=good.body.replace(b"[]", b"[ ]"))
    assert read("unisender_go", changed).status_code == 403
