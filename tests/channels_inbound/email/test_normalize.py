"""`manage.py normalize` prints one line of JSON for each mail, whatever the mail."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command


def test_each_file_gives_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.eml", tmp_path / "bad.eml"
    good.write_bytes(b"From: Ann <ann@x.example>\nMessage-ID: <1@x>\n\nHello")
    bad.write_bytes(b"")

    call_command("normalize", "--channel", "email", good, bad, tmp_path / "missing")
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())

    assert first["external_id"] == "1@x"
    assert first["sender"] == {"address": "ann@x.example", "name": "Ann"}
    assert first["reply"] == first["text"] == "Hello"
    assert second == {"error": "The mail is empty."}
    assert "cannot be read" in third["error"]
