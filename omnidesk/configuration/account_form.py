"""The form of a channel account: the settings of its adapter, secrets write-only."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from unfold.widgets import (
    UnfoldAdminPasswordWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from channels_inbound.models import ChannelAccount
from channels_inbound.registry import ADAPTERS, adapter_named
from conversations.models import InboxAddress
from conversations.models.inbox import Channel
from customers.addresses import BadAddress, normalize
from customers.models import Scheme
from omnidesk.configuration.channel_settings import SETTINGS, Kind, Setting

if TYPE_CHECKING:
    _Form = forms.ModelForm[ChannelAccount]  # only the stubs can be subscripted
else:
    _Form = forms.ModelForm

PREFIX = "setting_"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class AccountForm(_Form):
    """A channel account. A new one is saved first, its settings come after."""

    adapter = forms.ChoiceField(
        choices=[(name, name) for name in sorted(ADAPTERS)],
        widget=UnfoldAdminSelectWidget,
        required=False,
    )
    # What the others are checked by comes first.
    field_order = ("adapter",)

    class Meta:
        model = ChannelAccount
        fields = ("name", "inbox", "address", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a field for each setting of the account's adapter."""
        super().__init__(*args, **kwargs)
        for setting in self.known_settings:
            self.fields[PREFIX + setting.name] = self._field(setting)

    @property
    def known_settings(self) -> tuple[Setting, ...]:
        """Return the settings of the adapter; none until it is chosen and saved."""
        return SETTINGS.get(self.instance.adapter, ()) if self.instance.pk else ()

    def clean_address(self) -> str:
        """Keep a mailbox in the spelling mail is looked up by. Raises ValidationError."""
        address = str(self.cleaned_data["address"])
        name = self.instance.adapter or self.cleaned_data.get("adapter")
        if name == Channel.EMAIL:
            try:
                address = normalize(Scheme.MAILTO, address)
            except BadAddress as error:
                raise forms.ValidationError(_("This is not a mail address.")) from error
        others = InboxAddress.objects.exclude(pk=self.instance.pk)
        if others.filter(channel=name, address=address).exists():
            raise forms.ValidationError(_("Another account has this address."))
        return address

    def clean_setting_color(self) -> str:
        """Raise ValidationError for what is no color."""
        color = str(self.cleaned_data[f"{PREFIX}color"])
        if color and not _COLOR.fullmatch(color):
            raise forms.ValidationError(_("Write the color as #4338ca."))
        return color

    def clean(self) -> dict[str, Any]:
        """Refuse to activate an account that lacks what its adapter needs."""
        data = super().clean() or {}
        name = self.instance.adapter or data.get("adapter")
        if not name:
            raise forms.ValidationError(_("Choose an adapter."))
        if not data.get("is_active"):
            return data
        if name not in ADAPTERS:
            words = {"name": name}
            self.add_error("is_active", _("There is no adapter %(name)s.") % words)
            return data
        values = self.new_settings()
        missing = [
            n for n in adapter_named(name).required_settings if not values.get(n)
        ]
        if missing:
            words = {"names": ", ".join(missing)}
            self.add_error(
                "is_active", _("It cannot be active without: %(names)s.") % words
            )
        return data

    def new_settings(self) -> dict[str, Any]:
        """Return the settings as they will be; an empty secret keeps the old one."""
        values = dict(self.instance.settings)
        for setting in self.known_settings:
            typed = str(self.cleaned_data.get(PREFIX + setting.name) or "").strip()
            if setting.kind is Kind.SECRET and not typed:
                continue
            values[setting.name] = (
                typed.split() if setting.kind is Kind.LINES else typed
            )
        return {name: value for name, value in values.items() if value}

    def _field(self, setting: Setting) -> forms.CharField:
        value = self.instance.settings.get(setting.name, "")
        widgets: dict[Kind, type[forms.Widget]] = {
            Kind.LINE: UnfoldAdminTextInputWidget,
            Kind.TEXT: UnfoldAdminTextareaWidget,
            Kind.LINES: UnfoldAdminTextareaWidget,
            Kind.SECRET: UnfoldAdminPasswordWidget,
        }
        says = setting.says
        initial = "\n".join(value) if isinstance(value, list) else str(value)
        if setting.kind is Kind.SECRET:
            initial = ""
            state = _("It is set; empty keeps it.") if value else _("It is not set.")
            says = f"{says} {state}"
        return forms.CharField(
            label=setting.label,
            help_text=says,
            required=False,
            initial=initial,
            strip=False,
            widget=widgets[setting.kind](attrs={"rows": 4, "autocomplete": "off"}),
        )
