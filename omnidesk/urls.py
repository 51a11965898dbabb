"""Every page of the desk, by its prefix."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from omnidesk.configuration.site import site

urlpatterns = [
    path("", RedirectView.as_view(url="/console/")),
    path("console/", include("omnidesk.console.urls")),
    path("", include("channels_inbound.urls")),
    path("help/", include("omnidesk.knowledge.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", site.urls),
]

if not settings.PRODUCTION:
    urlpatterns.append(path("try/", include("omnidesk.simulator.urls")))
