"""A child notices that its parent was killed, even by kill -9, and ends too."""

import os
import signal
import threading
import time
from collections.abc import Callable

PATIENCE_SECONDS = 4.0  # with a child that ends in an orderly way


class Lifeline:
    """A pipe that only the parent can write to; its end is the parent's end."""

    def __init__(self, on_orphaned: Callable[[], None]) -> None:
        """Remember what one child does, after the others, when it is orphaned."""
        self.reading, self.writing = os.pipe()
        self.on_orphaned = on_orphaned

    def watch(self, *, tidies_up: bool) -> None:
        """In a child that has closed its copy of `writing`: end with the parent."""
        end = self._end_last if tidies_up else self._end
        threading.Thread(target=self._wait, args=(end,), daemon=True).start()

    def close(self) -> None:
        """In the parent: let go, once the children have ended."""
        os.close(self.reading)
        os.close(self.writing)

    def _wait(self, end: Callable[[], None]) -> None:
        os.read(self.reading, 1)
        end()
        os.killpg(0, signal.SIGKILL)

    def _end(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE_SECONDS)

    def _end_last(self) -> None:
        # The others write to the database until they have ended.
        time.sleep(PATIENCE_SECONDS + 1)
        self.on_orphaned()
