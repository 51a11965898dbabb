"""The app of channels."""

from django.apps import AppConfig


class ChannelsInboundConfig(AppConfig):
    """Channel accounts, receipts, and the adapters of providers."""

    name = "channels_inbound"
    verbose_name = "Channels"
