"""Every WebSocket of the desk, by its path.

The agents' sockets carry cookies: they are refused to every foreign Origin. Those of
visitors carry none, are at home on any site, and say who they are in their first frame.
"""

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from channels_inbound.adapters.chat.consumers import VisitorConsumer
from omnidesk.console.consumers import ConsoleConsumer

sockets = URLRouter(
    [
        path("ws/chat/", VisitorConsumer.as_asgi()),
        path(
            "ws/console/",
            AllowedHostsOriginValidator(AuthMiddlewareStack(ConsoleConsumer.as_asgi())),
        ),
    ]
)
