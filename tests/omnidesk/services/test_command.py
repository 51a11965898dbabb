import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from omnidesk import services
from omnidesk.services import binaries
from omnidesk.services.place import Place


@pytest.fixture(autouse=True)
def _data_dir(ready_root: Path, settings: Settings) -> None:
    settings.DATA_DIR = ready_root


def test_start_status_and_stop(ready_root: Path) -> None:
    outputs = []

    for action in ("start", "status", "stop"):
        output = io.StringIO()
        call_command("services", action, stdout=output)
        outputs.append(output.getvalue())

    started, shown, stopped = outputs
    assert started == shown
    assert "redis: running, process" in shown
    assert services.urls(ready_root).database_url in shown
    assert "postgresql: stopped\nredis: stopped\n" in stopped


def test_an_error_is_a_sentence_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(_: Place) -> Path:
        raise services.ServicesError("There is no Redis.")

    monkeypatch.setattr(binaries, "redis_server", missing)

    with pytest.raises(CommandError, match=r"^There is no Redis\.$"):
        call_command("services", "start")
