"""The app of knowledge."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Articles."""

    name = "omnidesk.knowledge"
    verbose_name = "Help center"
