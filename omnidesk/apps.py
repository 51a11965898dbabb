"""The app that wires the domain's events to what follows from them."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Connects the consequences once every app is loaded."""

    name = "omnidesk"
    label = "omnidesk"

    def ready(self) -> None:
        """Connect the consequences and register the system checks."""
        from omnidesk import checks, wiring

        wiring.connect()
        checks.register()
