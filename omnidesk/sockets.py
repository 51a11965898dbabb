"""Every WebSocket of the desk, by its path."""

from channels.routing import URLRouter
from django.urls import path

from channels_inbound.adapters.chat.consumers import VisitorConsumer

sockets = URLRouter(
    [
        path("ws/chat/", VisitorConsumer.as_asgi()),
    ]
)
