"""Inboxes with their addresses and escalation steps, and the teams that work them."""

from django.contrib import admin
from django.http import HttpRequest

from channels_inbound.models import ChannelAccount
from conversations.models import EscalationStep, Inbox, Team
from omnidesk.configuration.by_role import ManagerAdmin, ReadOnlyRows, Rows
from omnidesk.configuration.site import site


class Addresses(ReadOnlyRows):
    """What feeds the inbox; edited on the pages of channel accounts."""

    model = ChannelAccount
    verbose_name_plural = "addresses"
    fields = readonly_fields = ("name", "channel", "address", "is_active")
    show_change_link = True


class Steps(Rows):
    """Who is asked when nobody accepts a handoff."""

    model = EscalationStep
    fields = ("position", "after_seconds", "team", "raise_priority")
    ordering = ("position",)


@admin.register(Inbox, site=site)
class InboxAdmin(ManagerAdmin):
    """Inboxes."""

    list_display = ("name", "handoff_team", "bot_enabled")
    search_fields = ("name",)
    filter_horizontal = ("teams",)
    inlines = (Addresses, Steps)
    fieldsets = (
        (None, {"fields": ("name", "teams", "signature")}),
        ("Bot", {"fields": ("bot_enabled", "bot_answer_seconds", "handoff_team")}),
        ("Channels", {"fields": ("join_window_hours",)}),
    )


@admin.register(Team, site=site)
class TeamAdmin(ManagerAdmin):
    """Teams."""

    list_display = ("name",)
    search_fields = ("name",)
    filter_horizontal = ("members",)

    def has_delete_permission(
        self, request: HttpRequest, obj: Team | None = None
    ) -> bool:
        """Return whether the team can go: only one that no inbox hands off to."""
        return (
            self.has_change_permission(request)
            and obj is not None
            and not Inbox.objects.filter(handoff_team=obj).exists()
            and not EscalationStep.objects.filter(team=obj).exists()
            and not obj.handoffs.exists()
        )
