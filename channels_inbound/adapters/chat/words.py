"""The words of the launcher and of the window, in the language that is active."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def launcher_words() -> dict[str, dict[str, str]]:
    """Return the launcher's words in every language, by its code."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = {
                "open": _("Open chat"),
                "close": _("Close chat"),
                "title": _("Chat with us"),
                "unread": _("{count} unread"),
            }
    return words


def window_words() -> dict[str, str]:
    """Return the words that the window's scripts need; {name} is filled in there."""
    return {
        "you": _("You"),
        "sending": _("Sending…"),
        "sent": _("Sent"),
        "failed": _("Not sent."),
        "retry": _("Try again"),
        "typing": _("{name} is typing…"),
        "joined": _("{name} joined the conversation"),
        "with": _("You are talking with {name}."),
        "bot": _("Automated assistant"),
        "desk": _("Support"),
        "by_email": _("by e-mail"),
        "by_other": _("by another channel"),
        "sources": _("Read more"),
        "earlier": _("Show earlier messages"),
        "person": _("Talk to a person"),
        "person_wish": _("I would like to talk to a person."),
        "too_large": _("{name} is larger than {size} MB."),
        "wrong_type": _("{name}: files of this kind cannot be sent here."),
        "empty_file": _("{name} is empty."),
        "download": _("Download {name}"),
        "file_failed": _("The file could not be loaded."),
        "email_saved": _("Thank you. We noted {email}."),
        "problem": _("Something went wrong. Please try again."),
        "today": _("Today"),
    }
