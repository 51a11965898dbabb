"""What the bot is to answer: the customer's newest words, while it is its turn."""

from dataclasses import dataclass

from conversations.models import Conversation, Message
from conversations.models.message import MessageQuerySet
from omnidesk.bots import languages
from omnidesk.bots.models import Turn

BURST = 10  # messages written one after the other are read together


@dataclass(frozen=True)
class Situation:
    """What the customer has said since our last word, and where."""

    conversation: Conversation
    # The newest message; the answer goes back where it came from.
    message: Message
    texts: tuple[str, ...]
    language: str
    # They pressed the chat's button for a person, in whatever language it is.
    pressed_for_person: bool = False

    @property
    def text(self) -> str:
        """Return all of it."""
        return "\n".join(self.texts)


def look(conversation_id: int, message_id: int) -> Situation | None:
    """Return what is to be answered, or None when it is not the bot's turn."""
    conversation = (
        Conversation.objects.select_related("customer", "inbox")
        .filter(pk=conversation_id)
        .first()
    )
    if conversation is None or not is_my_turn(conversation, message_id):
        return None
    burst = _burst(conversation)
    texts = tuple(filter(None, (_words_of(message) for message in burst)))
    return Situation(
        conversation=conversation,
        message=burst[-1],
        texts=texts,
        language=languages.detect("\n".join(texts)) or conversation.customer.language,
        pressed_for_person=any(map(_is_press, burst)),
    )


def is_my_turn(conversation: Conversation, message_id: int) -> bool:
    """Return whether the message is the newest, unanswered, and the bot's to answer."""
    if (
        conversation.handler != Conversation.Handler.BOT
        or conversation.status != Conversation.Status.OPEN
    ):
        return False
    newest = _spoken_by_customer(conversation).last()
    return (
        newest is not None
        and newest.pk == message_id
        and not Turn.objects.filter(message=message_id).exists()
    )


def _spoken_by_customer(conversation: Conversation) -> MessageQuerySet:
    return (
        conversation.messages.public()
        .filter(direction=Message.Direction.INBOUND, automatic=False)
        .in_order()
    )


def _burst(conversation: Conversation) -> list[Message]:
    """Return what the customer said since anyone of us last spoke, oldest first."""
    answered = (
        conversation.messages.public()
        .filter(direction=Message.Direction.OUTBOUND)
        .in_order()
        .last()
    )
    newest_first = (
        _spoken_by_customer(conversation)
        .filter(pk__gt=answered.pk if answered else 0)
        .select_related("identity", "via", "original")
        .order_by("-pk")[:BURST]
    )
    return list(reversed(newest_first))


def _is_press(message: Message) -> bool:
    original = getattr(message, "original", None)
    return original is not None and original.headers.get("wish") == "person"


def _words_of(message: Message) -> str:
    """Return what a message says; the subject counts where it starts a matter."""
    subject = message.subject.strip()
    if not subject or subject.lower().startswith(("re:", "aw:", "sv:")):
        return message.text.strip()
    return f"{subject}\n{message.text}".strip()
