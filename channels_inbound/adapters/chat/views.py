"""The widget's API: a visitor begins, writes, sends files, and catches up."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from channels_inbound.adapters.chat import files, limits, transcript
from channels_inbound.adapters.chat.clean import (
    TEXT_LENGTH,
    clean_email,
    clean_page,
    clean_text,
    is_client_id,
)
from channels_inbound.adapters.chat.door import (
    Refused,
    address_of,
    door,
    json_of,
    visitor_of,
)
from channels_inbound.adapters.chat.posting import post
from channels_inbound.adapters.chat.session import begin, describe
from channels_inbound.adapters.chat.visitor import Visitor
from channels_inbound.models import ChannelAccount
from conversations.models import Attachment, Message
from customers.identify import claim
from customers.models import Scheme


@door("POST")
def session(request: HttpRequest, account: ChannelAccount) -> HttpResponse:
    """Give a window its token and what was said. Writes nothing."""
    limits.spend("session", address=address_of(request))
    said = json_of(request)
    started = begin(account, said, header=request.headers.get("Authorization", ""))
    return JsonResponse(describe(started, after=str(said.get("after") or "")))


@door("POST")
def messages(request: HttpRequest, account: ChannelAccount) -> HttpResponse:
    """File a message: 201 once it is committed, 202 when it is stored for later."""
    visitor = visitor_of(request, account, use="message")
    said = json_of(request)
    text = clean_text(said.get("text")).strip()
    if not is_client_id(said.get("id")):
        raise Refused(422, _("The message has no id."))
    if not text or len(text) > TEXT_LENGTH:
        raise Refused(422, _("The message is empty or too long."))
    _count_newcomer(request, visitor)
    headers = {"page": clean_page(said.get("page")), "wish": str(said.get("wish"))}
    if headers["wish"] != "person":
        del headers["wish"]
    filed = post(
        account,
        visitor,
        client_id=said["id"],
        body=request.body,
        headers={name: value for name, value in headers.items() if value},
    )
    return _filed(filed)


@door("POST")
def upload(request: HttpRequest, account: ChannelAccount) -> HttpResponse:
    """File a message that is a file."""
    visitor = visitor_of(request, account, use="file")
    if int(request.headers.get("Content-Length") or 0) > files.FILE_BYTES + 65536:
        raise Refused(413, _("The file is larger than 10 MB."))
    file = request.FILES.get("file")
    client_id = request.POST.get("id", "")
    if file is None or not is_client_id(client_id):
        raise Refused(422, _("There is no file."))
    name = files.check(file)
    _count_newcomer(request, visitor)
    content = file.read()
    filed = post(
        account,
        visitor,
        client_id=client_id,
        body=content,
        file={"name": name, "type": files.sniff(content[:16])},
    )
    return _filed(filed)


@door("GET")
def download(
    request: HttpRequest, account: ChannelAccount, file_id: uuid.UUID
) -> HttpResponseBase:
    """Give back a file of the visitor's own transcript."""
    visitor = visitor_of(request, account, use="sync")
    try:
        return files.give(transcript.file_for(visitor, file_id))
    except (Attachment.DoesNotExist, FileNotFoundError) as error:
        raise Http404 from error


@door("GET")
def sync(request: HttpRequest, account: ChannelAccount) -> HttpResponse:
    """Return what is new since a cursor, or what was said before a message."""
    visitor = visitor_of(request, account, use="sync")
    if "before" in request.GET:
        page = transcript.read_earlier(visitor, before=request.GET["before"])
    else:
        page = transcript.read(visitor, after=request.GET.get("after", ""))
    return JsonResponse(
        {"items": page.items, "cursor": page.cursor, "earlier": page.has_earlier}
    )


@door("POST")
def email(request: HttpRequest, account: ChannelAccount) -> HttpResponse:
    """Keep the address a visitor typed: a claim, which proves and shows nothing."""
    visitor = visitor_of(request, account, use="email")
    address = clean_email(json_of(request).get("email"))
    if not address:
        raise Refused(422, _("This is not a mail address."))
    identity = transcript.identity_of(visitor)
    if identity is None:
        raise Refused(409, _("Please write a message first."))
    claim(identity.customer, Scheme.MAILTO, address, source="chat")
    return JsonResponse({"email": address}, status=201)


def _count_newcomer(request: HttpRequest, visitor: Visitor) -> None:
    """Keep one address from filling the desk with new customers."""
    if transcript.identity_of(visitor) is None:
        limits.spend("first", address=address_of(request))


def _filed(message: Message | None) -> JsonResponse:
    if message is None:
        return JsonResponse({}, status=202)
    return JsonResponse({"id": message.uuid.hex}, status=201)
