"""What could not be read is seen, downloaded and tried again."""

import pytest

from channels_inbound.models import Receipt
from tests.omnidesk.console.conftest import Desk


@pytest.fixture
def receipt(desk: Desk) -> Receipt:
    return Receipt.objects.create(
        account=desk.mail,
        event_key="1",
        raw=b"\xff<script>alert(1)</script>",
        state=Receipt.State.QUARANTINED,
        error="It has <b>no</b> header.",
        next_attempt_at=None,
    )


def test_the_navigation_counts_it_and_the_page_says_why(
    desk: Desk, receipt: Receipt
) -> None:
    assert b"Could not be read" in desk.browser.get("/console/").content

    page = desk.browser.get("/console/unread/").content

    assert b"It has &lt;b&gt;no&lt;/b&gt; header." in page


def test_nothing_unread_nothing_shown(desk: Desk) -> None:
    assert b"Could not be read" not in desk.browser.get("/console/").content


def test_the_bytes_are_downloaded_as_they_came(desk: Desk, receipt: Receipt) -> None:
    response = desk.browser.get(f"/console/unread/{receipt.pk}/raw/")

    assert b"".join(response.streaming_content) == receipt.raw  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_retry_that_fails_says_so(
    desk: Desk, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels_inbound import registry
    from channels_inbound.adapter import Adapter, Unreadable

    class Blind(Adapter):
        def parse(self, account: object, request: object) -> list[object]:  # type: ignore[override]
            raise Unreadable("Still nothing.")

    registry.adapter_named.cache_clear()
    monkeypatch.setattr("channels_inbound.ingest.adapter_named", lambda _name: Blind())

    page = desk.browser.post(f"/console/unread/{receipt.pk}/retry/", follow=True)

    assert b"It still could not be read." in page.content
    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.QUARANTINED
