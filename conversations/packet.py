"""What a person needs to know who takes a conversation over from the bot."""

import re
from collections.abc import Iterable
from typing import Any

from conversations.models import Conversation, Message
from customers.models import Scheme

READ_MESSAGES = 50  # the newest ones
READ_CHARS = 4000  # of each
FACTS = 10  # of a kind
ASK_CHARS = 300
GREETING_CHARS = 12

# Each pattern repeats only what it bounds: linear in the text, whatever it says.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w+#-])(?:\+|00)?\(?\d(?:[ ()./-]{0,2}\d){7,14}(?![\w-])")
# "#10432", "order no. 10432", "Bestellnummer: AB-10432", "RF-2291"
_ORDER = re.compile(
    r"#(?P<hash>[A-Za-z]{0,4}-?\d{3,14})(?!\w)"
    r"|(?:order|pedido|encomenda|commande|bestell\w{0,10}|bestelling|ordine|zam[oó]wieni\w{0,3}"
    r"|заказ\w{0,3}|замовлен\w{0,4}|sipari[sş]\w{0,4}|pesanan|طلب|הזמנה|objedn[aá]vk\w{0,3}"
    r"|invoice|rma|return)"
    r"(?:[ _-](?:number|numero|n[uú]mero|nummer|no|nr|id))?[.:]?\s{0,3}(?:is\s)?#?"
    r"(?P<named>[A-Za-z]{0,4}-?\d{3,14})(?!\w)"
    r"|(?<![\w-])(?P<code>[A-Z]{2,4}-\d{3,12})(?![\w-])",
    re.IGNORECASE,
)


def ask_of(conversation: Conversation) -> str:
    """Return in one line what the customer wants.

    That is the subject of a mail; in a chat the first thing they said that is
    longer than a greeting.
    """
    said = list(
        conversation.messages.public()
        .filter(direction=Message.Direction.INBOUND, automatic=False)
        .in_order()[:5]
    )
    if said and said[0].subject.strip():
        return one_line(said[0].subject)
    texts = [message.text for message in said]
    long_enough = (text for text in texts if len(text.strip()) > GREETING_CHARS)
    return one_line(next(long_enough, max(texts, key=len, default="")))


def one_line(text: str) -> str:
    """Return the text on one line, cut to what a card shows."""
    line = " ".join(text[: 4 * ASK_CHARS].split())
    return line if len(line) <= ASK_CHARS else f"{line[: ASK_CHARS - 1]}…"


def facts_of(conversation: Conversation) -> dict[str, Any]:
    """Return what the customer's messages name, and how sure we are of who they are.

    Keys: `orders`, `mails`, `phones` (lists, only where something was found),
    `address` (the identity last written from, unless it is a visitor's number) and
    `verified` (whether that message's sender was proven). Notes are never read. Two
    queries.
    """
    messages = list(
        conversation.messages.public()
        .filter(direction=Message.Direction.INBOUND)
        .select_related("identity")
        .order_by("-pk")[:READ_MESSAGES]
    )
    texts = [
        f"{message.subject}\n{message.text[:READ_CHARS]}"
        for message in reversed(messages)
    ]
    found = {
        "orders": _first_of(
            match.group(match.lastgroup or 0)
            for text in texts
            for match in _ORDER.finditer(text)
        ),
        "mails": _first_of(
            match.group().rstrip(".").lower()
            for text in texts
            for match in _MAIL.finditer(text)
        ),
        "phones": _first_of(
            match.group().strip() for text in texts for match in _PHONE.finditer(text)
        ),
    }
    facts: dict[str, Any] = {kind: values for kind, values in found.items() if values}
    if messages:
        newest = messages[0]
        facts |= _address(newest)
        facts["verified"] = newest.sender_verified
    return facts


def _address(message: Message) -> dict[str, str]:
    """Return the address written from; a visitor's number is none to a person."""
    identity = message.identity
    if identity is None or identity.scheme == Scheme.CHAT:
        return {}
    return {"address": str(identity)}


def _first_of(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))[:FACTS]
