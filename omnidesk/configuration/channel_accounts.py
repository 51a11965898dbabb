"""Channel accounts: our credentials with providers, and the widget's snippet."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from channels_inbound.models import ChannelAccount
from omnidesk.configuration.account_form import PREFIX, AccountForm
from omnidesk.configuration.by_role import ManagerAdmin
from omnidesk.configuration.channel_settings import SETTINGS
from omnidesk.configuration.site import site

SNIPPET = '<script async src="{site}/widget.js" data-inbox="{token}"></script>'


@admin.register(ChannelAccount, site=site)
class ChannelAccountAdmin(ManagerAdmin):
    """Channel accounts."""

    form = AccountForm
    list_display = ("name", "inbox", "channel", "address", "is_active")
    list_filter = ("channel", "inbox", "is_active")
    list_select_related = ("inbox",)
    search_fields = ("name", "address")

    def get_fieldsets(
        self, request: HttpRequest, obj: ChannelAccount | None = None
    ) -> list[tuple[str | None, dict[str, Any]]]:
        """Ask for the adapter first; then show its settings and the snippet."""
        if obj is None:
            fields = ("adapter", "name", "inbox", "address", "is_active")
            return [(None, {"fields": fields})]
        fields = ("adapter_name", "name", "inbox", "address", "is_active")
        names = [PREFIX + setting.name for setting in SETTINGS.get(obj.adapter, ())]
        shown: list[tuple[str | None, dict[str, Any]]] = [(None, {"fields": fields})]
        shown.append(("Settings", {"fields": names}))
        if obj.channel == "chat":
            shown.append(("On your site", {"fields": ("snippet",)}))
        return shown

    def get_readonly_fields(
        self, request: HttpRequest, obj: ChannelAccount | None = None
    ) -> tuple[str, ...]:
        """Keep the adapter: its messages and settings belong to it."""
        return ("adapter_name", "snippet") if obj is not None else ()

    def get_form(
        self,
        request: HttpRequest,
        obj: ChannelAccount | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **kwargs: Any,
    ) -> type[AccountForm]:
        """Let the form itself add the settings; the model has no such fields."""
        fields = AccountForm.Meta.fields
        form: type[AccountForm] = super().get_form(
            request, obj, change=change, **{**kwargs, "fields": fields}
        )
        return form

    def save_model(
        self,
        request: HttpRequest,
        obj: ChannelAccount,
        form: AccountForm,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Save the account with its settings."""
        if not change:
            obj.adapter = obj.channel = form.cleaned_data["adapter"]
        obj.settings = form.new_settings()
        obj.save()

    @admin.display(description="adapter")
    def adapter_name(self, account: ChannelAccount) -> str:
        """Show the adapter."""
        return account.adapter

    @admin.display(description="snippet")
    def snippet(self, account: ChannelAccount) -> SafeString:
        """Show what a site copies into its pages."""
        code = SNIPPET.format(site=settings.SITE_URL, token=account.token)
        return format_html("<pre><code>{}</code></pre>", code)
