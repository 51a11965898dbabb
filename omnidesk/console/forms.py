"""What an agent sends: checked before any action is called."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from conversations.models import Attachment, Conversation, Team
from omnidesk.accounts.models import User
from omnidesk.console import attachments, people, snoozing
from omnidesk.console.reply_channels import ReplyChannel
from omnidesk.console.thread import Bubble

TEXT_LENGTH = 100_000
UPLOAD_BYTES = 20 * 1024 * 1024  # of one message; mail servers refuse more
UPLOAD_FILES = 10


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none of them required."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the files. Raises ValidationError when they are too many or too big."""
        files = [super(FilesField, self).clean(file, initial) for file in data or []]
        files = [file for file in files if file]
        if len(files) > UPLOAD_FILES:
            raise forms.ValidationError(_("Choose at most 10 files."))
        if sum(file.size or 0 for file in files) > UPLOAD_BYTES:
            raise forms.ValidationError(_("The files are larger than 20 MB together."))
        return files


class ComposerForm(forms.Form):
    """A reply or a note; the text is never lost, whatever is wrong with the rest."""

    kind = forms.ChoiceField(choices=[("reply", _("Reply")), ("note", _("Note"))])
    text = forms.CharField(
        required=False,
        max_length=TEXT_LENGTH,
        error_messages={"max_length": _("This text is too long to send.")},
    )
    to = forms.CharField(required=False)
    # The newest message the author has seen.
    after = forms.IntegerField(required=False, min_value=0)
    # The form's own id, so that a repeated post is not a second message.
    client_id = forms.CharField(max_length=64)
    uploads = FilesField(required=False)
    resolve = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, user: User, ways: list[ReplyChannel], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ways = ways
        # Files of an earlier try that was refused.
        self.kept_files: list[Attachment] = []
        # What was said while the author wrote: set by a refused send.
        self.newer: list[Bubble] = []
        if isinstance(self.data, QueryDict):
            self.kept_files = attachments.unsent(user, self.data.getlist("kept"))

    @property
    def way(self) -> ReplyChannel | None:
        """Return the way that was chosen, else the customer's last one."""
        chosen = self["to"].value() if self.is_bound else None
        if chosen:
            return next((way for way in self.ways if way.value == chosen), None)
        return self.ways[0] if self.ways else None

    def clean_text(self) -> str:
        """Return the text without what PostgreSQL and mail refuse."""
        text: str = self.cleaned_data["text"]
        return text.replace("\x00", "").replace("\r\n", "\n").rstrip()

    def clean(self) -> dict[str, Any]:
        """Ask for words or a file, and for a way to the customer."""
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("text") or data.get("uploads") or self.kept_files):
            self.add_error("text", _("Write something before you send it."))
        if data.get("kind") == "reply" and self.way is None:
            self.add_error(
                "to",
                _("This customer cannot be reached that way. Choose another one.")
                if self.ways
                else _("There is no address to answer to. You can still write a note."),
            )
        return data


class AssignForm(forms.Form):
    """Which agent gets it; nobody when empty."""

    assignee = forms.ModelChoiceField(User.objects.none(), required=False)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people.agents_of(conversation)


class TeamForm(forms.Form):
    """Which team gets it; none when empty."""

    team = forms.ModelChoiceField(Team.objects.none(), required=False)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people.teams_of(conversation)


class PriorityForm(forms.Form):
    """How soon it matters."""

    priority = forms.TypedChoiceField(choices=Conversation.Priority.choices, coerce=int)


class SnoozeForm(forms.Form):
    """Until when it is hidden."""

    until = forms.ChoiceField(choices=snoozing.CHOICES)


class ThemeForm(forms.Form):
    """Which colors the console uses."""

    theme = forms.ChoiceField(choices=User.Theme.choices)
