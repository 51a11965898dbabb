"""The ASGI entry point: pages by Django, sockets by Channels."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnidesk.settings")
os.environ.setdefault("DATABASE_POOL", "true")

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from omnidesk.sockets import sockets  # noqa: E402 - the apps must be loaded first

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
