"""Conversations, to look at; what changes them are the desk's own actions."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conversations import actions, actor
from conversations.models import Conversation, TimelineEntry
from omnidesk.accounts.models import User
from omnidesk.configuration.by_role import ReadOnlyAdmin, ReadOnlyRows
from omnidesk.configuration.site import site


class Timeline(ReadOnlyRows):
    """What was done, by whom and why."""

    model = TimelineEntry
    fields = readonly_fields = ("created_at", "verb", "actor_kind", "actor", "why")
    ordering = ("pk",)


@admin.register(Conversation, site=site)
class ConversationAdmin(ReadOnlyAdmin):
    """Conversations."""

    list_display = ("__str__", "customer", "inbox", "status", "handler", "assignee")
    list_filter = ("status", "handler", "inbox", "team")
    list_select_related = ("customer", "inbox", "assignee")
    search_fields = ("subject", "customer__name")
    fields = (
        *("subject", "in_the_desk", "customer", "inbox", "status", "handler"),
        *("team", "assignee", "priority", "waiting_since", "snoozed_until"),
        *("first_replied_at", "resolved_at", "created_at"),
    )
    inlines = (Timeline,)
    actions = ("resolve", "reopen")

    @admin.action(description="Resolve", permissions=["view"])
    def resolve(self, request: HttpRequest, chosen: QuerySet[Conversation]) -> None:
        """Call the chosen conversations done."""
        for conversation in chosen:
            actions.resolve(conversation, by=_acting(request))
        self.message_user(request, _("The conversations are resolved."))

    @admin.action(description="Reopen", permissions=["view"])
    def reopen(self, request: HttpRequest, chosen: QuerySet[Conversation]) -> None:
        """Take the chosen conversations up again."""
        for conversation in chosen:
            actions.reopen(conversation, by=_acting(request))
        self.message_user(request, _("The conversations are open again."))

    @admin.display(description="in the desk")
    def in_the_desk(self, conversation: Conversation) -> SafeString:
        """Link to where agents work on it."""
        return format_html('<a href="/console/{0}/">#{0}</a>', conversation.pk)


def _acting(request: HttpRequest) -> actor.Actor:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return actor.agent(request.user)
