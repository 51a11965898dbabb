"""The demo's ports and addresses, all derived from --port."""

import argparse
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

DEFAULT_PORT = 8000
HOST = "127.0.0.1"


class PortTaken(Exception):
    """Somebody listens there already; the text is a sentence for the terminal."""


@dataclass(frozen=True)
class Ports:
    """Where the demo listens: the site, and the two ends of its mail."""

    web: int

    @property
    def smtpd(self) -> int:
        """Return the port that takes mail for the desk."""
        return self.web + 1

    @property
    def mailbox(self) -> int:
        """Return the port of the customers' mailbox, where the desk's mail goes."""
        return self.web + 2

    def as_environment(self) -> dict[str, str]:
        """Return the settings that follow, as environment variables."""
        return {
            "SITE_URL": f"http://{HOST}:{self.web}",
            "SMTPD_LISTEN": f"{HOST}:{self.smtpd}",
            "SMTP_URL": f"smtp://{HOST}:{self.mailbox}",
        }


def set_environment(arguments: Sequence[str]) -> None:
    """Put what follows from --port into the environment, before settings are read.

    Sample customers have addresses under .example, but a demo's mail never leaves
    the machine, whatever SMTP_URL says.
    """
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    try:
        known, _ = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return  # the command itself says what is wrong
    os.environ.update(Ports(known.port).as_environment())


def open_web_socket(ports: Ports) -> socket.socket:
    """Return the site's listening socket; what connects early waits in its queue.

    Raises PortTaken, also for the ports of mail.
    """
    for number, purpose in ((ports.smtpd, "mail"), (ports.mailbox, "mail")):
        _listen(number, purpose).close()
    return _listen(ports.web, "the site")


def _listen(number: int, purpose: str) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, number))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"Port {number}, which the demo needs for {purpose}, is taken or not "
            f"allowed ({error.strerror}). Choose another with --port, for example "
            "--port 8100."
        ) from error
    return listening
