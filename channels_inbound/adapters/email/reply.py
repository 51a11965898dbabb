"""stub"""
from channels_inbound.adapters.email.html_lines import Line


def from_text(text: str, *, is_forward: bool = False) -> str:
    return text
def from_html(lines: list[Line], *, is_forward: bool = False) -> str:
    return ""
def is_forward(s): return False
