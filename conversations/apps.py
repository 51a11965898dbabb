"""The app of conversations."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations: the domain, which knows no channel and no screen."""

    name = "conversations"
