"""Machines' mail and bounces are told from people's mail."""

import pytest

from tests.channels_inbound.email.mails import read

REPORT = """\
--b

Your mail did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ann@x.example
Action: {action}
Status: {status}
--b
Content-Type: message/rfc822

Message-ID: <original@desk.example>
Subject: Ours

Hello
--b--
"""
REPORT_HEAD = (
    "From: MAILER-DAEMON@mx.example\n"
    "Content-Type: multipart/report; report-type={kind}; boundary=b"
)


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "Precedence: list",
        "X-Autoreply: yes",
        "X-Autorespond:",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "List-Id: <list.x.example>",
        "List-Unsubscribe: <mailto:leave@x.example>",
        "X-FC-MachineGenerated: true",
        "Subject: Automatic reply: Your question",
        "Subject: Abwesenheitsnotiz: Ihre Frage",
        "Subject: Réponse automatique : question",
        "Auto-Submitted: no\nPrecedence: junk",
    ],
)
def test_a_machine_is_known(field: str) -> None:
    assert read(f"From: ann@x.example\n{field}").auto_submitted


@pytest.mark.parametrize(
    "field",
    [
        "Subject: My automatic reply does not work",
        "Auto-Submitted: no",
        "Precedence: first-class",
        "X-Auto-Response-Suppress: None",
        "X-Autoreply: no",
        "Subject: Undeliverable parcel",
        "X-Loop: ann@x.example",
    ],
)
def test_a_person_is_no_machine(field: str) -> None:
    mail = read(f"From: ann@x.example\n{field}")

    assert not mail.auto_submitted
    assert not mail.is_bounce


def test_a_failed_delivery_is_a_bounce_of_our_mail() -> None:
    mail = read(
        REPORT_HEAD.format(kind="delivery-status"),
        REPORT.format(action="failed", status="5.1.1"),
    )

    assert mail.is_bounce
    assert mail.auto_submitted
    assert mail.returned_id == "original@desk.example"
    assert mail.text == "Your mail did not arrive."


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("delivery-status", "delayed"),
        ("delivery-status", "relayed"),
        ("disposition-notification", "failed"),
        ("feedback-report", "failed"),
    ],
)
def test_other_reports_are_automatic_but_no_bounces(kind: str, action: str) -> None:
    mail = read(
        REPORT_HEAD.format(kind=kind), REPORT.format(action=action, status="4.4.1")
    )

    assert mail.auto_submitted
    assert not mail.is_bounce


@pytest.mark.parametrize(
    "head",
    [
        "From: ann@x.example\nX-Failed-Recipients: bob@x.example",
        "From: MAILER-DAEMON@x.example\nSubject: failure notice",
        "From: postmaster@x.example\nSubject: Unzustellbar: Ihre Frage",
        "From: Mail Delivery Subsystem <mailer-daemon@x.example>\nSubject: Returned mail: x",
    ],
)
def test_a_bounce_in_plain_text_is_known(head: str) -> None:
    assert read(head).is_bounce


def test_a_report_that_a_person_attaches_is_no_bounce() -> None:
    mail = read(
        "From: ann@x.example\nContent-Type: multipart/mixed; boundary=b",
        REPORT.format(action="failed", status="5.1.1"),
    )

    assert not mail.is_bounce
    assert not mail.auto_submitted
