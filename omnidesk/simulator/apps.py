"""The app of simulator."""

from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    """Pretend providers."""

    name = "omnidesk.simulator"
