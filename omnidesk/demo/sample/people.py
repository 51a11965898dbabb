"""Acme shop's staff, teams and inbox."""

from dataclasses import dataclass

PASSWORD = "omnidesk-demo"  # noqa: S105 - printed at every start; runs on loopback only

SUPPORT, BILLING, SHIPPING = "Support", "Billing", "Shipping"
INBOX = "Acme Support"
MAIL_ADDRESS = "support@acme.example"
SITE = "shop.acme.example"


@dataclass(frozen=True)
class Person:
    """Someone who signs in."""

    name: str
    email: str
    role: str
    teams: tuple[str, ...]
    says: str


MAYA = Person(
    "Maya Ortiz", "maya@acme.example", "agent", (SUPPORT, BILLING), "Maya, an agent"
)
JONAS = Person(
    "Jonas Weber", "jonas@acme.example", "agent", (SUPPORT, SHIPPING), "Jonas, an agent"
)
PRIYA = Person(
    "Priya Shah", "priya@acme.example", "agent", (BILLING,), "Priya, an agent"
)
NORA = Person(
    "Nora Lindqvist",
    "manager@acme.example",
    "manager",
    (),
    "Nora, the manager: she may open the configuration",
)
STAFF = (MAYA, JONAS, PRIYA, NORA)

# Who is asked when nobody accepts a handoff, after how many seconds.
ESCALATION = ((600, BILLING, False), (900, SHIPPING, True))

SIGNATURE = "Acme Support\nhttps://shop.acme.example"
GREETING = "Hello! Ask us anything about your order."
