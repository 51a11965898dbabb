"""Customers and their identities, to look up."""

from django.contrib import admin

from customers.models import Customer, Identity
from omnidesk.configuration.by_role import ReadOnlyAdmin, ReadOnlyRows
from omnidesk.configuration.site import site


class Identities(ReadOnlyRows):
    """The addresses of a customer."""

    model = Identity
    fields = readonly_fields = ("scheme", "value", "assurance", "source")


@admin.register(Customer, site=site)
class CustomerAdmin(ReadOnlyAdmin):
    """Customers."""

    list_display = ("name", "language", "created_at")
    search_fields = ("name", "identities__value")
    fields = ("name", "language", "time_zone", "notes", "created_at")
    inlines = (Identities,)


@admin.register(Identity, site=site)
class IdentityAdmin(ReadOnlyAdmin):
    """Identities."""

    list_display = ("value", "scheme", "assurance", "customer", "last_seen_at")
    list_filter = ("scheme", "assurance")
    list_select_related = ("customer",)
    search_fields = ("value",)
    fields = (
        *("scheme", "value", "customer", "assurance", "source"),
        *("first_seen_at", "last_seen_at"),
    )
