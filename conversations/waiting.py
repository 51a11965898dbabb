"""Since when does the customer wait, and how much have they said since?"""

from django.db.models import Count, Max, Min

from conversations.models import Conversation, Message


def recount(conversation: Conversation) -> list[str]:
    """Work out the wait from the messages; return the fields that were set.

    The customer waits from their first message after our last one written by a
    person. What the bot and the desk say does not end a wait, and what a machine
    of the customer's sends begins none.
    """
    public = conversation.messages.public()
    answered = public.filter(author_kind=Message.AuthorKind.AGENT).aggregate(
        last=Max("pk")
    )["last"]
    unanswered = public.filter(
        direction=Message.Direction.INBOUND, automatic=False, pk__gt=answered or 0
    ).aggregate(first=Min("created_at"), count=Count("pk"))
    conversation.waiting_since = unanswered["first"]
    conversation.unanswered_count = unanswered["count"]
    return ["waiting_since", "unanswered_count"]
