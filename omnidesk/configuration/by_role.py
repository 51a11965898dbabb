"""What every page of the admin has in common: who may do what, and which filters."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from omnidesk.configuration.site import is_manager


class ByRole:
    """Permissions by role: no groups, no permissions, no superusers."""

    may_add = True
    may_change = True
    # Rows that others point to are switched off, not deleted.
    may_delete = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the app is shown."""
        return is_manager(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether rows are shown."""
        return is_manager(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether rows can be made."""
        return self.may_add and is_manager(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether rows can be changed."""
        return self.may_change and is_manager(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether rows can be deleted."""
        return self.may_delete and is_manager(request.user)


class ManagerAdmin(ByRole, ModelAdmin):
    """Pages of one model for managers."""

    list_per_page = 25
    warn_unsaved_form = True

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Return whether a list may be narrowed by this: only by its own filters.

        Django lets any column of the model be asked about, so that
        `?password__startswith=` would tell a hash letter by letter.
        """
        names = {
            name if isinstance(name, str) else name[0] for name in self.list_filter
        }
        if lookup.split("__", maxsplit=1)[0] not in {n.split("__")[0] for n in names}:
            return False
        allowed: bool = super().lookup_allowed(lookup, value, request)
        return allowed


class ReadOnlyAdmin(ManagerAdmin):
    """Pages that show and never save."""

    may_add = False
    may_change = False


class Rows(ByRole, TabularInline):
    """Rows of a parent that can be edited on its page."""

    extra = 0
    may_delete = True


class ReadOnlyRows(ByRole, TabularInline):
    """Rows of a parent that its page shows."""

    extra = 0
    may_add = False
    may_change = False
    can_delete = False
