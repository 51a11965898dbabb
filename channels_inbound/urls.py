"""Where providers and widgets come in."""

from django.urls import URLPattern

app_name = "channels_inbound"
urlpatterns: list[URLPattern] = []
