"""The adapter of website chat.

Settings of a chat account, all optional:

- `secret`: signs the site's users, see `site_user`. Without it nobody is signed.
- `sites`: origins that may show the widget, ["https://shop.example"]. Without it
  any site may.
- `name`: what the window is called; the inbox's name without it.
- `greeting`: what the window says before anybody has written.
- `color`: "#4338ca"; the ink upon it is black or white, whichever is readable.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from channels_inbound.adapter import (
    Adapter,
    InvalidSignature,
    Parsed,
    RawRequest,
    Sent,
    Unreadable,
)
from channels_inbound.adapters.chat import push
from channels_inbound.adapters.chat.clean import clean_text
from channels_inbound.adapters.chat.visitor import Visitor, from_facts
from channels_inbound.models import ChannelAccount
from conversations.intake import Address, InboundFile, InboundMessage
from conversations.outbox import OutboundMessage
from customers.models import Scheme


class ChatAdapter(Adapter):
    """Visitors of a website, through our own window on it."""

    # The visitor's page knows messages by their id and shows each once.
    repeatable: ClassVar[bool] = True
    local: ClassVar[bool] = True

    def verify(self, account: ChannelAccount, request: RawRequest) -> None:
        """Refuse what no visitor of this account wrote.

        The door has read the visitor's token; nothing else makes a context with
        a visitor in it.
        """
        visitor = _visitor(request)
        if visitor is None or visitor.account_id != account.pk:
            raise InvalidSignature("The request names no visitor of this account.")

    def event_key(self, account: ChannelAccount, request: RawRequest) -> str | None:
        """Return the browser's id of the message, apart for each visitor."""
        visitor = _visitor(request)
        if visitor is None:
            return None
        return external_id(visitor, str(request.context["client_id"]))

    def parse(self, account: ChannelAccount, request: RawRequest) -> Sequence[Parsed]:
        """Return the one message that a visitor's post is."""
        visitor = _visitor(request)
        if visitor is None:
            raise Unreadable("The post names no visitor.")
        file = request.context.get("file")
        said = {} if file else _said(request.body)
        return [
            InboundMessage(
                sender=visitor.value,
                sender_name=visitor.name,
                text=clean_text(said.get("text")),
                external_id=external_id(visitor, str(request.context["client_id"])),
                verified=visitor.is_signed,
                sent_at=request.received_at,
                headers=request.context.get("headers", {}),
                attachments=(_file(file, request.body),) if file else (),
                proofs=_proofs(visitor),
                claims=_claims(visitor),
            )
        ]

    def send(self, account: ChannelAccount, message: OutboundMessage) -> Sent:
        """Wake the visitor's windows: each reads what is new from the rows.

        A visitor who is away finds it on return, so this never fails.
        """
        push.wake(message.identity_id)
        return Sent(external_id=None)


def external_id(visitor: Visitor, client_id: str) -> str:
    """Return the id of a visitor's message: no other visitor's can equal it."""
    whose = hashlib.sha256(visitor.value.encode()).hexdigest()[:32]
    return f"{client_id}:{whose}"


def client_id_of(external_id: str | None) -> str:
    """Return the browser's own part of an external id."""
    return (external_id or "").partition(":")[0]


def _visitor(request: RawRequest) -> Visitor | None:
    facts = request.context.get("visitor")
    return from_facts(facts) if isinstance(facts, dict) else None


def _said(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("The post is not JSON.") from error
    if not isinstance(said, dict):
        raise Unreadable("The post is not a JSON object.")
    return said


def _file(file: Mapping[str, Any], content: bytes) -> InboundFile:
    return InboundFile(
        filename=str(file["name"]), content_type=str(file["type"]), content=content
    )


def _proofs(visitor: Visitor) -> tuple[Address, ...]:
    """Return what the site's signature says: the mail address is known longest."""
    proofs = []
    if visitor.email:
        proofs.append(Address(Scheme.MAILTO, visitor.email))
    if visitor.external_id:
        proofs.append(Address(Scheme.EXTERNAL, visitor.external_id))
    return tuple(proofs)


def _claims(visitor: Visitor) -> tuple[Address, ...]:
    if not visitor.claimed_email:
        return ()
    return (Address(Scheme.MAILTO, visitor.claimed_email),)
