"""Files are shown when they are pictures and downloaded when they are anything else."""

from typing import Any

import pytest

from conversations.intake import InboundFile
from omnidesk.console.attachments import sniff
from tests.omnidesk.console.conftest import Desk

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _fetch(desk: Desk, file: InboundFile) -> Any:
    message = desk.mail_from_ana(attachments=(file,))
    attachment = message.attachments.get()
    response = desk.browser.get(
        f"/console/c/{message.conversation_id}/attachments/{attachment.uuid}/"
    )
    response.close()
    return response


@pytest.mark.parametrize(
    ("content", "said", "kind"),
    [
        pytest.param(PNG, "image/png", "inline", id="a picture"),
        pytest.param(PNG, "text/html", "inline", id="a picture with a false type"),
        pytest.param(SVG, "image/svg+xml", "attachment", id="svg"),
        pytest.param(SVG, "image/png", "attachment", id="svg that says it is a png"),
        pytest.param(SVG, "image/svg+xml; x", "attachment", id="svg with a parameter"),
        pytest.param(b"<html>", "text/html", "attachment", id="html"),
        pytest.param(b"%PDF-1.7", "application/pdf", "attachment", id="pdf"),
        pytest.param(b"", "image/png", "attachment", id="nothing"),
    ],
)
def test_only_the_bytes_decide(
    desk: Desk, content: bytes, said: str, kind: str
) -> None:
    response = _fetch(desk, InboundFile("a file.html", said, content))

    headers = response.headers
    assert headers["Content-Disposition"].startswith(kind)
    assert headers["Content-Type"] == (
        "image/png" if kind == "inline" else "application/octet-stream"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["Cache-Control"].startswith("private")


def test_a_file_name_cannot_write_headers(desk: Desk) -> None:
    response = _fetch(
        desk, InboundFile('a"\r\nX-Evil: 1\r\n.txt', "text/plain", b"hello")
    )

    assert "X-Evil" not in response.headers


def test_the_stored_name_says_nothing(desk: Desk) -> None:
    file = InboundFile("../../evil.html", "text/html", b"<html>")
    message = desk.mail_from_ana(attachments=(file,))

    name = str(message.attachments.get().file.name)

    assert name.startswith("attachments/")
    assert "evil" not in name
    assert "." not in name


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"GIF89a....", "image/gif"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", "application/octet-stream"),
    ],
)
def test_types_by_their_first_bytes(head: bytes, kind: str) -> None:
    assert sniff(head) == kind
