"""Every adapter, by the name its accounts carry."""

from functools import cache

from django.utils.module_loading import import_string

from channels_inbound.adapter import Adapter

ADAPTERS: dict[str, str] = {
    "chat": "channels_inbound.adapters.chat.adapter.ChatAdapter",
    "email": "channels_inbound.adapters.email.adapter.EmailAdapter",
}


@cache
def adapter_named(name: str) -> Adapter:
    """Return the adapter, importing it on first use. Raises KeyError."""
    adapter: Adapter = import_string(ADAPTERS[name])()
    return adapter
