"""What the children say, line by line, each with the name of its process."""

import os
import sys

NAME_WIDTH = 9
_DIM, _RESET = "\x1b[2m", "\x1b[0m"


class Lines:
    """Cuts what comes out of one pipe into lines and prints them."""

    def __init__(self, name: str, color: int, reading: int) -> None:
        """Read from the pipe `reading`; `color` is an ANSI foreground, 31 to 37."""
        self.name, self.color, self.reading = name, color, reading
        self.rest = b""

    def pump(self) -> bool:
        """Print what has come; return False at the end of the pipe."""
        data = os.read(self.reading, 65536)
        *lines, self.rest = (self.rest + data).split(b"\n")
        if not data and self.rest:
            lines, self.rest = [self.rest], b""
        for line in lines:
            _print(self.name, self.color, line.decode("utf-8", "replace"))
        return bool(data)


def say(text: str) -> None:
    """Print a line of the demo itself."""
    _print("demo", 0, text)


def _print(name: str, color: int, text: str) -> None:
    label = f"{name:<{NAME_WIDTH}}|"
    if sys.stdout.isatty():
        label = f"\x1b[{color}m{label}{_RESET}" if color else f"{_DIM}{label}{_RESET}"
    print(label, text.rstrip(), flush=True)
