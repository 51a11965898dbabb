"""The people who work here: made, given a role, and deactivated."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminPasswordWidget,
)

from conversations.models import Team
from omnidesk.accounts.models import User
from omnidesk.configuration.by_role import ManagerAdmin
from omnidesk.configuration.site import site

if TYPE_CHECKING:
    _Form = forms.ModelForm[User]  # only the stubs can be subscripted
else:
    _Form = forms.ModelForm


class AgentForm(_Form):
    """An agent, without any field that could give more than a role."""

    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="An agent sees the inboxes of their teams; the other roles see all.",
    )
    new_password = forms.CharField(
        required=False,
        strip=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text="Leave it empty to keep the password.",
    )

    class Meta:
        model = User
        fields = ("name", "email", "role", "is_active")
        help_texts = {"is_active": "Switch it off when somebody leaves."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the teams of an agent who exists; ask a new one's password."""
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        if self.instance.pk:
            self.fields["teams"].initial = self.instance.teams.all()
        else:
            self.fields["new_password"].required = True
            self.fields["new_password"].help_text = "They can change it later."

    def clean_email(self) -> str:
        """Keep one spelling. Raises ValidationError for an address that is taken."""
        email = str(self.cleaned_data["email"]).lower()
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Someone else signs in with this address."))
        return email

    def clean_new_password(self) -> str:
        """Raise ValidationError for a weak one."""
        password = str(self.cleaned_data["new_password"])
        if password:
            validate_password(password, self.instance)
        return password


@admin.register(User, site=site)
class AgentAdmin(ManagerAdmin):
    """Agents."""

    form = AgentForm
    fields = ("name", "email", "role", "teams", "is_active", "new_password")
    list_display = ("name", "email", "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("name", "email")
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Leave out superusers: a manager neither sees nor changes one."""
        agents: QuerySet[User] = super().get_queryset(request)
        return agents.filter(is_superuser=False)

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        """Keep managers from locking themselves out."""
        return ("role", "is_active") if obj == request.user else ()

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: AgentForm,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Save an agent; the role alone decides about the admin."""
        obj.username = obj.email
        obj.is_staff = obj.role == User.Role.MANAGER
        if form.cleaned_data["new_password"]:
            obj.set_password(form.cleaned_data["new_password"])
        obj.save()
        obj.teams.set(form.cleaned_data["teams"])
