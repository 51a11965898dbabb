"""The admin site: for managers alone, signed in like everyone else."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext_lazy
from unfold.sites import UnfoldAdminSite

from omnidesk.accounts.models import User

# The theme's scripts build functions from attributes, so it needs what no other page
# of ours may do; everything is still of our own origin.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)

View = Callable[..., HttpResponse]


def is_manager(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether the user may configure the desk. Superusers get no more."""
    return isinstance(user, User) and user.is_active and user.role == User.Role.MANAGER


class DeskAdminSite(UnfoldAdminSite):
    """Django's admin with our roles, our sign-in page and its own policy."""

    index_title = gettext_lazy("Configuration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the request is a manager's."""
        return is_manager(request.user)

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002 - Django's signature
        """Guard the view as Django does, and send the admin's own policy."""
        guarded = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = guarded(request, *args, **kwargs)
            response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
            return response

        return answer

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send a stranger to the sign-in page, where a second factor is asked for.

        Raises PermissionDenied for someone who is signed in and no manager.
        """
        target = request.GET.get("next") or resolve_url("admin:index")
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(target, login_url=resolve_url("account_login"))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Change the password where everyone changes it."""
        return redirect("account_change_password")


site = DeskAdminSite(name="admin")
