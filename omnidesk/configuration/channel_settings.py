"""Which settings a channel account has, by the adapter it uses."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a setting is typed in."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    # Written and never shown again.
    SECRET = "secret"  # noqa: S105 - a kind of field


@dataclass(frozen=True)
class Setting:
    """One name in `ChannelAccount.settings`."""

    name: str
    kind: Kind
    label: str
    says: str


SETTINGS: dict[str, tuple[Setting, ...]] = {
    "email": (
        Setting(
            "smtp_url",
            Kind.SECRET,
            "Outgoing mail server",
            "smtp+starttls://user:password@mail.example.com:587. Without it the "
            "site's own server is used.",
        ),
    ),
    "chat": (
        Setting(
            "secret",
            Kind.SECRET,
            "Secret",
            "A long random text that your site's server signs its users with.",
        ),
        Setting(
            "sites",
            Kind.LINES,
            "Sites",
            "Who may show the widget, one origin a line, as https://shop.example. "
            "Empty: any site.",
        ),
        Setting("name", Kind.LINE, "Name", "What the window is called."),
        Setting(
            "greeting", Kind.TEXT, "Greeting", "What the window says before anybody."
        ),
        Setting("color", Kind.LINE, "Color", "As #4338ca."),
    ),
}
