"""The desk's own mail listener, and a mail server that takes what it sends."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from channels_inbound import smtp
from tests.channels_inbound.sink import Sink, mail_server
from tests.loop import served


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server() as running:
        yield running


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    """Run the real listener and return its port."""
    with listener() as number:
        yield number


@contextmanager
def listener(*, lmtp: bool = False) -> Iterator[int]:
    """Run the real listener on a free port; what it acknowledged is filed at the end."""
    handler = smtp.MailHandler()
    try:
        with served(lambda: smtp.listen(handler, "127.0.0.1:0", lmtp=lmtp)) as number:
            yield number
    finally:
        handler.close()
