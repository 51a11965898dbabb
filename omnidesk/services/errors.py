"""What the embedded services refuse with."""

from django.core.exceptions import ImproperlyConfigured


class ServicesError(ImproperlyConfigured):
    """A server cannot be started or stopped here; `explanation` says what to do."""

    def __init__(self, explanation: str) -> None:
        """Keep the sentence that a command shows instead of a traceback."""
        super().__init__(explanation)
        self.explanation = explanation
