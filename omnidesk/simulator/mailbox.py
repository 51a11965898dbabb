"""The customers' mailbox: what the desk sent, and mails to it by real SMTP."""

import smtplib
from email.message import EmailMessage
from email.utils import formatdate

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from omnidesk.simulator import maildir
from omnidesk.simulator.letters import Letter, compose, read, reply_to

SMTP_SECONDS = 20


class LetterForm(forms.Form):
    """What a customer fills in."""

    sender = forms.EmailField(label=gettext_lazy("From"), initial="ana@example.com")
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    to = forms.CharField(label=gettext_lazy("To"), max_length=320)
    subject = forms.CharField(
        label=gettext_lazy("Subject"), required=False, max_length=300
    )
    text = forms.CharField(label=gettext_lazy("Message"), widget=forms.Textarea)
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    answers = forms.CharField(required=False, widget=forms.HiddenInput)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the mails that the desk has sent, newest first."""
    mails = [read(stored) for stored in maildir.newest()]
    return render(request, "simulator/mailbox.html", {"mails": mails})


@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail with the headers that matter, and a form to answer it."""
    stored = _find(name)
    form = LetterForm(initial=reply_to(stored))
    context = {"mail": read(stored), "form": form}
    return render(request, "simulator/mail.html", context)


# A mail's own looks, and nothing that runs, loads or leaves.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'; sandbox"
)


@require_safe
@xframe_options_sameorigin
def html(request: HttpRequest, name: str) -> HttpResponse:
    """Send a mail's HTML as it came; the frame and the policy keep it harmless."""
    part = _find(name).mail.get_body(("html",))
    if part is None:
        raise Http404
    return HttpResponse(
        part.get_content(), headers={"Content-Security-Policy": MAIL_POLICY}
    )


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Send a mail to the desk as a customer, by SMTP."""
    initial = {"to": request.GET.get("to", "support@acme.example")}
    form = LetterForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _send(form)
        except (OSError, smtplib.SMTPException) as error:
            form.add_error(None, _explain(error))
        else:
            return redirect("simulator:mailbox")
    status = 422 if form.is_bound else 200
    return render(request, "simulator/write.html", {"form": form}, status=status)


def _find(name: str) -> maildir.Stored:
    stored = maildir.find(name)
    if stored is None:
        raise Http404
    return stored


def _send(form: LetterForm) -> None:
    data = form.cleaned_data
    answered = maildir.find(data["answers"]) if data["answers"] else None
    file = data["file"]
    letter = compose(
        Letter(
            sender=data["sender"],
            name=data["name"],
            to=data["to"],
            subject=data["subject"],
            text=data["text"],
            file=(file.name, file.content_type, file.read()) if file else None,
        ),
        answers=answered.mail if answered else None,
    )
    letter["Date"] = formatdate(localtime=True)
    _deliver(letter, sender=data["sender"], to=data["to"])


def _deliver(letter: EmailMessage, *, sender: str, to: str) -> None:
    host, _colon, port = settings.SMTPD_LISTEN.rpartition(":")
    with smtplib.SMTP(host, int(port), timeout=SMTP_SECONDS) as server:
        server.send_message(letter, from_addr=sender, to_addrs=[to])


def _explain(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _("The desk has no mailbox of that address.")
    return _("The desk's mail listener did not take it: %(error)s") % {"error": error}
