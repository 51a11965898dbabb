"""What the templates of a request need: the list, the conversation, both or parts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.crypto import get_random_string

from conversations.models import Conversation, Message
from conversations.models.inbox import Channel
from omnidesk.accounts.models import User
from omnidesk.console import panel, people, queries, snoozing, thread
from omnidesk.console.forms import ComposerForm
from omnidesk.console.lists import LISTS, ConversationList, list_named
from omnidesk.console.numbers import key_in
from omnidesk.console.reply_channels import reply_channels

# What an address of the console says of the list: kept on every link and form.
LIST_PARAMETERS = (
    "view",
    "status",
    "channel",
    "team",
    "inbox",
    "assignee",
    "priority",
    "q",
)


@dataclass(frozen=True)
class Place:
    """Which list the agent looks at, as the query string says."""

    query: QueryDict
    shown: ConversationList

    @property
    def query_string(self) -> str:
        """Return "?view=mine", or nothing for the default list."""
        return f"?{self.query.urlencode()}" if self.query else ""

    def url(self, conversation: Conversation | None = None) -> str:
        """Return the page of this list, with a conversation open beside it."""
        if conversation is None:
            return reverse("console:desk") + self.query_string
        page = reverse("console:conversation", args=[conversation.pk])
        return page + self.query_string

    @property
    def is_narrowed(self) -> bool:
        """Return whether filters hide part of the list, so that its count is another."""
        return any(name != "view" for name in self.query)

    @property
    def further(self) -> str:
        """Return the query string up to one more parameter: "?view=mine&"."""
        return f"{self.query_string}&" if self.query_string else "?"

    @property
    def further_url(self) -> str:
        """Return the list's page up to one more parameter."""
        return reverse("console:desk") + self.further

    @property
    def further_rows_url(self) -> str:
        """Return the address of the list's rows up to one more parameter."""
        return reverse("console:rows") + self.further

    @property
    def channels(self) -> list[tuple[str, str]]:
        """Return the channels a list can be narrowed to."""
        return list(Channel.choices)

    @property
    def priorities(self) -> list[tuple[int, str]]:
        """Return the priorities a list can be narrowed to."""
        return list(Conversation.Priority.choices)


def place_of(request: HttpRequest) -> Place:
    """Return the list a page shows, or the one a form was posted from (`back`)."""
    said = (
        QueryDict(request.POST.get("back", "").removeprefix("?"))
        if request.method == "POST"
        else request.GET
    )
    query = QueryDict(mutable=True)
    for name in LIST_PARAMETERS:
        value = said.get(name, "").replace("\x00", "")
        if value:
            query[name] = value
    return Place(query=query, shown=list_named(query.get("view")))


def is_partial(request: HttpRequest) -> bool:
    """Return whether htmx asks for parts of the page it shows."""
    return (
        request.headers.get("HX-Request") == "true"
        # Going back in the browser's history asks for the whole page.
        and "HX-History-Restore-Request" not in request.headers
    )


def list_context(
    user: User, place: Place, *, cursor: str | None = None
) -> dict[str, Any]:
    """Return what the navigation and the list show. Five queries."""
    page = queries.page(user, place.shown, place.query, cursor=cursor)
    return {
        "place": place,
        "lists": all_lists(),
        "page": page,
        "navigation": queries.navigation(user),
    }


def all_lists() -> list[ConversationList]:
    """Return the lists in the order of the navigation."""
    return list(LISTS.values())


def conversation_context(
    user: User,
    conversation: Conversation,
    place: Place,
    *,
    form: ComposerForm | None = None,
    before: int | None = None,
) -> dict[str, Any]:
    """Return what an open conversation shows."""
    read = thread.read(conversation, before=before)
    if form is None:
        form = new_composer(user, conversation, after=read.last_message_id)
    return {
        "place": place,
        "conversation": conversation,
        "thread": read,
        "form": form,
        "panel": panel.read(user, conversation),
        "handoff": thread.waiting_handoff(conversation),
        **header_context(conversation),
    }


def header_context(conversation: Conversation) -> dict[str, Any]:
    """Return what `_header.html` shows beside the conversation, for every viewer."""
    return {
        "agents": people.agents_of(conversation),
        "teams": people.teams_of(conversation),
        "priorities": Conversation.Priority.choices,
        "snoozes": snoozing.CHOICES,
    }


def new_composer(
    user: User, conversation: Conversation, *, after: int, text: str = ""
) -> ComposerForm:
    """Return an empty composer with an id of its own."""
    return ComposerForm(
        user=user,
        ways=reply_channels(conversation),
        initial={
            "kind": "reply",
            "text": text,
            "after": after,
            "client_id": get_random_string(22),
        },
    )


def taken_back_text(user: User, conversation: Conversation, message_id: str) -> str:
    """Return the words of a message this agent took back, to go on with them."""
    key = key_in(message_id)
    if key is None:
        return ""
    message = conversation.messages.filter(
        pk=key, author=user, delivery=Message.Delivery.CANCELED
    ).first()
    return "" if message is None else message.text
