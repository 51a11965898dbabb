"""What a list of conversations can be narrowed to, by the URL's query string."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from conversations.models import Conversation, Message
from conversations.models.inbox import Channel


class ConversationFilter(django_filters.FilterSet):
    """Narrows conversations that were made visible before; it widens nothing.

    Teams, inboxes and agents are named by number: one that the viewer may not see
    gives an empty list, as one that does not exist.
    """

    status = django_filters.ChoiceFilter(choices=Conversation.Status.choices)
    priority = django_filters.ChoiceFilter(choices=Conversation.Priority.choices)
    channel = django_filters.ChoiceFilter(
        choices=Channel.choices, method="filter_channel"
    )
    team = django_filters.NumberFilter(field_name="team_id")
    inbox = django_filters.NumberFilter(field_name="inbox_id")
    assignee = django_filters.NumberFilter(field_name="assignee_id")
    q = django_filters.CharFilter(method="filter_text", max_length=200)

    class Meta:
        model = Conversation
        fields: list[str] = []

    def filter_channel(
        self, queryset: QuerySet[Conversation], name: str, value: str
    ) -> QuerySet[Conversation]:
        """Keep conversations with a message on the channel."""
        return queryset.filter(
            Exists(
                Message.objects.filter(conversation=OuterRef("pk"), via__channel=value)
            )
        )

    def filter_text(
        self, queryset: QuerySet[Conversation], name: str, value: str
    ) -> QuerySet[Conversation]:
        """Keep those whose subject, customer or number is like the words."""
        words = value.replace("\x00", "").strip()
        found = Q(subject__icontains=words) | Q(customer__name__icontains=words)
        number = words.removeprefix("#")
        if number.isascii() and number.isdigit() and len(number) < 19:
            found |= Q(pk=int(number))
        return queryset.filter(found)


def narrow(
    queryset: QuerySet[Conversation], query: Any
) -> tuple[QuerySet[Conversation], dict[str, Any]]:
    """Return the narrowed conversations and the filters that were understood.

    A value that makes no sense (`team=abc`) narrows to nothing, never to an error.
    """
    narrowing = ConversationFilter(query, queryset=queryset)
    if not narrowing.is_valid():
        return queryset.none(), {}
    used = {
        name: value
        for name, value in narrowing.form.cleaned_data.items()
        if value not in (None, "")
    }
    return narrowing.qs, used
