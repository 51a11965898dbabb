"""What the terminal shows once the desk answers."""

import socket
from collections.abc import Callable

from omnidesk.demo.ports import HOST, Ports
from omnidesk.demo.sample.people import PASSWORD, STAFF

FIRST_PAGE = "/accounts/login/"
LOOK_SECONDS = 0.05


def await_first_page(ports: Ports, *, attend: Callable[[float], None]) -> None:
    """Return when the sign-in page answers; `attend` looks after the children."""
    while not _answers(ports, attend):
        attend(LOOK_SECONDS)


def greet(ports: Ports) -> None:
    """Print where everything is and who can sign in."""
    site = f"http://{HOST}:{ports.web}"
    lines = [
        "",
        f"  The desk          {site}/console/",
        f"  A shop with chat  {site}/try/",
        f"  Customers' mail   {site}/try/mailbox/",
        f"  Help center       {site}/help/",
        f"  Configuration     {site}/admin/",
        f"  Mail to the desk  smtp://{HOST}:{ports.smtpd} for support@acme.example",
        "",
        f"  Sign in with the password {PASSWORD!r} as",
        *(f"    {person.email:<24} {person.says}" for person in STAFF),
        "",
        "  Ctrl-C stops everything; what you did is there again next time.",
        "",
    ]
    print("\n".join(lines), flush=True)


def _answers(ports: Ports, attend: Callable[[float], None]) -> bool:
    """Ask for the page once; False if the process died over it."""
    with socket.create_connection((HOST, ports.web), timeout=5) as page:
        page.sendall(
            f"GET {FIRST_PAGE} HTTP/1.1\r\nHost: {HOST}:{ports.web}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        page.settimeout(0)
        while True:
            try:
                return page.recv(64) != b""
            except BlockingIOError:
                attend(LOOK_SECONDS)
            except ConnectionError:
                return False
