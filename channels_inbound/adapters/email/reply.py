"""Takes from a message what its sender wrote himself: no old mail, no signature.

The text is cut into lines with their quote depth; the same rules then serve plain
text and HTML. When they cannot tell, they keep: losing a customer's words is worse
than showing old ones twice.
"""

from dataclasses import replace

from channels_inbound.adapters.email import (
    header_blocks,
    intros,
    quote_words,
    signatures,
    text_lines,
)
from channels_inbound.adapters.email.html_lines import Line

MAX_LINES = 5_000  # of a message are looked at; letters are shorter
MAX_CHARS = 300_000


def is_forward(subject: str) -> bool:
    """Tell by its subject whether a mail was passed on rather than answered."""
    return subject.strip().lower().startswith(quote_words.FORWARD_SUBJECTS)


def from_text(text: str, *, is_forward: bool = False) -> str:
    """Return the sender's own words of a plain text, or "" if there seem to be none."""
    head = "\n".join(text[:MAX_CHARS].split("\n", MAX_LINES)[:MAX_LINES])
    own = _shown(_own(text_lines.read(head), is_forward=is_forward))
    # When nothing old is found in the beginning of a very long text, keep it all.
    return own if len(head) == len(text) or len(own) < len(head) * 0.9 else text


def from_html(lines: list[Line], *, is_forward: bool = False) -> str:
    """Return the sender's own words of an HTML body, or "" if there seem to be none."""
    if len(lines) > MAX_LINES:
        return from_text("\n".join(line.shown for line in lines), is_forward=is_forward)
    lines = [replace(line, text=text_lines.visible(line.text)) for line in lines]
    return _shown(_own(lines, is_forward=is_forward))


def _own(lines: list[Line], *, is_forward: bool) -> list[Line]:
    divider = header_blocks.divider(lines, is_forward=is_forward)
    found = intros.find(lines[: divider[0]] if divider else lines)
    if divider and divider[1] == "forwarded" and not found:
        return [line for line in lines if line.mark != "cut"]
    if divider:
        lines = _above(lines, divider[0])
    kept = _without_quotes(lines, found)
    return signatures.strip(kept)


def _above(lines: list[Line], index: int) -> list[Line]:
    """Return the lines above a divider, without a rule drawn right above it."""
    while index and (
        not lines[index - 1].text or header_blocks.is_rule(lines[index - 1].text)
    ):
        index -= 1
    return lines[:index]


def _without_quotes(lines: list[Line], found: list[intros.Intro]) -> list[Line]:
    """Drop introduced quotes; keep quotes that the sender answers point by point."""
    kinds = _kinds(lines, found)
    first = next(
        (intro for intro in found if not _quoted_below(kinds, intro.stop)), None
    )
    if first is not None:
        has_text_above = "t" in kinds[: first.start] or bool(first.before)
        if not has_text_above and "q" not in kinds[: first.start]:
            # The old mail or the answer stands below, not marked: keep both.
            return [
                line for line, kind in zip(lines, kinds, strict=True) if kind != "i"
            ]
        kept = _cut_at(lines, first)
        return _without_quotes(
            kept, [each for each in found if each.stop <= first.start]
        )
    return _arranged(lines, kinds, found)


def _arranged(lines: list[Line], kinds: str, found: list[intros.Intro]) -> list[Line]:
    lines = list(lines)
    for intro in found:
        if intro.before:
            lines[intro.start] = Line(intro.before, intro.before)
            kinds = kinds[: intro.start] + "t" + kinds[intro.start + 1 :]
    start = kinds.find("q")
    end = _end_of_letter(lines, kinds)
    lines, kinds = lines[:end], kinds[:end]
    if start < 0:
        return [line for line, kind in zip(lines, kinds, strict=True) if kind != "i"]
    introduced = bool(found) or _is_marked(lines, kinds)
    core = kinds.replace("e", "").replace("i", "").strip("t")
    is_interleaved = "t" in core
    if not introduced or is_interleaved:
        if kinds.rstrip("qei") == "":
            return []
        return lines
    return [line for line, kind in zip(lines, kinds, strict=True) if kind in "te"]


def _end_of_letter(lines: list[Line], kinds: str) -> int:
    """Return where trailing quotes, and a signature below them, begin."""
    last_quote = kinds.rfind("q")
    if last_quote >= 0 and signatures.is_only_signature(lines[last_quote + 1 :]):
        if any(kind == "t" for kind in kinds[:last_quote]):
            return len(kinds[: last_quote + 1].rstrip("qei"))
        return last_quote + 1
    return len(kinds.rstrip("e"))


def _kinds(lines: list[Line], found: list[intros.Intro]) -> str:
    """Return one letter a line: t text, q quote, e empty, i introduction."""
    kinds = ["e" if not line.text and not line.depth else "t" for line in lines]
    for index, line in enumerate(lines):
        if line.depth or line.mark == "quote":
            kinds[index] = "q"
    _spare_own_marks(lines, kinds)
    for intro in found:
        start = intro.start
        while start and header_blocks.is_rule(lines[start - 1].text):
            start -= 1
        kinds[start : intro.stop] = "i" * (intro.stop - start)
    for index in range(1, len(kinds) - 1):
        between = kinds[index - 1] == kinds[index + 1] == "q"
        if between and kinds[index] == "t" and _is_link(lines[index].text):
            kinds[index] = "q"
    return "".join(kinds)


def _is_link(text: str) -> bool:
    """Tell whether a line is a long link, broken out of its quote by its length."""
    return "://" in text and " " not in text.rstrip(" >")


def _spare_own_marks(lines: list[Line], kinds: list[str]) -> None:
    """Take ">>> import this" for code: no mail program begins at the third level."""
    depths = {line.depth for line in lines if line.depth}
    if depths and min(depths) >= 3:
        for index, line in enumerate(lines):
            if kinds[index] == "q" and line.mark != "quote":
                kinds[index] = "t" if line.text else "e"


def _quoted_below(kinds: str, index: int) -> bool:
    return kinds[index:].lstrip("e")[:1] in {"q", "i"}


def _cut_at(lines: list[Line], intro: intros.Intro) -> list[Line]:
    kept = _above(lines, intro.start)
    return [*kept, Line(intro.before, intro.before)] if intro.before else kept


def _is_marked(lines: list[Line], kinds: str) -> bool:
    """Tell whether a mail program made the quote, and not the sender."""
    for index, line in enumerate(lines):
        if kinds[index] == "q" and (line.mark == "quote" or intros.is_intro(line.text)):
            return True
    return False


def _shown(lines: list[Line]) -> str:
    return "\n".join(line.shown.rstrip() for line in lines).strip("\n").rstrip()
