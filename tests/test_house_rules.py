"""The rules of the house that no other tool keeps."""

import ast
import base64
import hashlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from conversations import events
from omnidesk.wiring import CONSEQUENCES

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("omnidesk", "customers", "conversations", "channels_inbound", "tests")
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "base.py", "misc.py"}
MAX_LINES = 500

# What a strict policy blocks, or what would need a weaker one.
FORBIDDEN_IN_TEMPLATES = {
    "an inline style": re.compile(r"""\sstyle\s*=\s*["']""", re.IGNORECASE),
    "a <style> element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=.application/json)", re.IGNORECASE
    ),
    "an event attribute": re.compile(r"""\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe\b|autoescape\s+off"),
    "hx-on": re.compile(r"hx-on"),
    "code in hx-vals": re.compile(r"""=["']?js:"""),
}
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def _modules() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_one_can_read() -> None:
    long = {
        _name(path): lines
        for path in _modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }

    assert long == {}


def test_every_module_is_named_after_its_subject() -> None:
    nameless = [_name(path) for path in _modules() if path.name in FORBIDDEN_NAMES]

    assert nameless == []


def test_every_action_file_has_one_public_function_of_its_name() -> None:
    for path in sorted((ROOT / "conversations" / "actions").glob("*.py")):
        if path.name == "__init__.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        public = [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
        assert path.stem in public, f"{_name(path)} has no function {path.stem}."
        # Others may take a step of an action, inside its transaction.
        extra = {"accept": {"take_over"}, "merge": {"tell"}}.get(path.stem, set())
        assert set(public) == {path.stem} | extra, _name(path)


def test_every_event_has_its_consequences_written_down() -> None:
    named = {
        value
        for value in vars(events).values()
        if isinstance(value, type)
        and issubclass(value, events.Event)
        and value is not events.Event
    }

    assert named == set(CONSEQUENCES)


def test_vendored_files_are_what_their_record_says() -> None:
    record = tomllib.loads((ROOT / "static/vendor/VENDORED.toml").read_text())

    recorded = set()
    for package in record["package"]:
        folder = ROOT / package["folder"]
        for name, expected in package["sha384"].items():
            digest = hashlib.sha384((folder / name).read_bytes()).digest()
            assert base64.b64encode(digest).decode() == expected, name
            recorded.add(folder / name)
    vendored = {
        path
        for path in (ROOT / "static/vendor").rglob("*")
        if path.is_file() and path.name != "VENDORED.toml"
    }
    assert vendored == recorded


@pytest.mark.parametrize("rule", FORBIDDEN_IN_TEMPLATES)
def test_no_template_needs_a_weaker_policy(rule: str) -> None:
    pattern = FORBIDDEN_IN_TEMPLATES[rule]

    broken = [
        f"{_name(path)}:{number}: {rule}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]

    assert broken == []


def test_colors_are_named_in_one_place() -> None:
    broken = [
        f"{_name(path)}:{number}"
        for folder in ("static/css", "static/widget")
        for path in sorted((ROOT / folder).glob("*.css"))
        if path.name != "tokens.css"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if HEX_COLOR.search(line)
    ]

    assert broken == []


def test_the_lock_file_with_registry_addresses_is_not_kept() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("This is no clone.")
    tracked = subprocess.run(
        ["git", "ls-files", "uv.lock"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert tracked.stdout == ""


def test_the_pins_name_no_registry() -> None:
    pins = (ROOT / "requirements.txt").read_text("utf-8")

    assert "--hash=sha256:" in pins
    assert "://" not in pins


def test_the_changelog_and_the_package_agree_on_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)

    assert newest is not None
    assert newest[1] == project["version"]
