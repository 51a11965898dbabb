"""Every WebSocket of the desk, by its path."""

from channels.routing import URLRouter

sockets = URLRouter([])
