"""The agent's time zone, as their browser says it in a cookie."""

import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from omnidesk.console.access import AgentRequest

P = ParamSpec("P")
AgentView = Callable[Concatenate[AgentRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

COOKIE = "time_zone"  # set by static/js/desk-time.js: "Europe/Madrid"


def agent_page(view: "AgentView[P]") -> "View[P]":
    """Let only somebody signed in see the page, with times of their time zone."""

    @wraps(view)
    def page(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        with timezone.override(zone_of(request)):
            return view(cast("AgentRequest", request), *args, **kwargs)

    return cast("View[P]", login_required(page))


def zone_of(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    """Return the browser's time zone; None (the desk's) for one unknown."""
    name = request.COOKIES.get(COOKIE, "")
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
