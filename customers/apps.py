"""The app of customers and their identities."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Customers: the lowest layer, which knows nothing of conversations."""

    name = "customers"
