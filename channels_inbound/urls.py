"""Where providers and widgets come in."""

from django.urls import include, path

app_name = "channels_inbound"
urlpatterns = [
    path("", include("channels_inbound.adapters.chat.urls")),
]
