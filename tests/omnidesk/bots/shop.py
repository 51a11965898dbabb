"""A small help center and a customer who asks the bot."""

from typing import Any

from channels_inbound.models import ChannelAccount
from conversations.models import Conversation, Handoff, Message
from omnidesk.bots.tasks import answer_conversation
from omnidesk.knowledge.models import Article
from tests.factories import ArticleFactory, ChatAccountFactory, receive

ARTICLES = {
    "returns": (
        "Return an item",
        """You can return anything within 30 days of delivery.

1. Open **Account → Orders** and choose *Return*.
2. Print the label.""",
        "How do I send something back?\nI want to return my order",
    ),
    "refunds": (
        "When you get your refund",
        "We refund you within five working days after the parcel has reached us.",
        "Where is my refund?\nHow long does a refund take?",
    ),
    "tracking": (
        "Track your parcel",
        "Every parcel has a tracking number. It is in our mail about your order.",
        "Where is my parcel?\nWhere is my order?",
    ),
    "payment": (
        "Ways to pay",
        "We take Visa, Mastercard, PayPal and bank transfer.",
        "Can I pay with PayPal?\nWhich cards do you accept?",
    ),
}


def open_shop(**values: Any) -> ChannelAccount:
    """Return the chat of a shop whose bot answers from four articles."""
    for slug, (title, body, questions) in ARTICLES.items():
        ArticleFactory.create(slug=slug, title=title, body=body, questions=questions)
    account: ChannelAccount = ChatAccountFactory.create(
        inbox__bot_enabled=True, **values
    )
    return account


def article(slug: str) -> Article:
    return Article.objects.get(slug=slug)


def ask(via: ChannelAccount, text: str, **values: Any) -> Message:
    """Let a visitor say something and the bot take its turn; return the message."""
    message = receive(via, text, **{"sender": "visitor-1", **values})
    answer_conversation(message.conversation_id, message.pk)
    message.conversation.refresh_from_db()
    return message


def said_by_bot(conversation: Conversation) -> list[Message]:
    return list(conversation.messages.filter(author_kind="bot").order_by("pk"))


def handoff_of(conversation: Conversation) -> Handoff:
    return conversation.handoffs.get()
