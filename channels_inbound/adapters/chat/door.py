"""What every request to the widget's API goes through before its view."""

import json
from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_inbound.adapters.chat.limits import LimitReached, spend
from channels_inbound.adapters.chat.visitor import BadToken, Visitor, read_token
from channels_inbound.models import ChannelAccount

JSON_BYTES = 64 * 1024

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, ChannelAccount, Rest], HttpResponseBase]
Door = Callable[..., HttpResponseBase]


class Refused(Exception):
    """The request is answered with a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def chat_account(token: str) -> ChannelAccount:
    """Return an active chat account. Raises Http404."""
    account = (
        ChannelAccount.objects.select_related("inbox")
        .filter(token=token, adapter="chat", is_active=True)
        .first()
    )
    if account is None:
        raise Http404
    return account


def door(*methods: str) -> Callable[[View[Rest]], Door]:
    """Give a view its account, and answer in JSON whatever it raises.

    There is no cookie to protect: only a token in a header opens anything, so no
    other site can act for a visitor.
    """

    def decorate(view: View[Rest]) -> Door:
        def enter(
            request: HttpRequest, token: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            account = chat_account(token)
            try:
                response = view(request, account, *args, **kwargs)
            except Refused as error:
                response = refusal(error.status, str(error))
            except BadToken:
                response = refusal(401, _("Please open the chat again."))
            except LimitReached as error:
                response = refusal(429, _("That was too often. Please wait a moment."))
                response["Retry-After"] = str(error.retry_after)
            response["Cache-Control"] = "no-store"
            return response

        update_wrapper(enter, view)
        return csrf_exempt(require_http_methods(methods)(enter))

    return decorate


def visitor_of(request: HttpRequest, account: ChannelAccount, *, use: str) -> Visitor:
    """Return who asks, by their bearer token, and count the use.

    Raises BadToken and LimitReached.
    """
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise BadToken("There is no bearer token.")
    visitor = read_token(token.strip(), account_id=account.pk)
    spend(use, address=address_of(request), visitor=visitor.key)
    return visitor


def address_of(request: HttpRequest) -> str:
    """Return the network address that a request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def json_of(request: HttpRequest) -> Mapping[str, Any]:
    """Return the JSON object of a request. Raises Refused."""
    if int(request.headers.get("Content-Length") or 0) > JSON_BYTES:
        raise Refused(413, _("That is too long."))
    try:
        said = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused(400, _("That could not be read.")) from error
    if not isinstance(said, dict):
        raise Refused(400, _("That could not be read."))
    return said


def refusal(status: int, sentence: str) -> JsonResponse:
    """Return an error that a person can read."""
    return JsonResponse({"error": sentence}, status=status)
