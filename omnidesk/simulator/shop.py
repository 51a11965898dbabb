"""A page of Acme shop with the chat widget, as a customer of ours would embed it."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from channels_inbound.models import ChannelAccount
from omnidesk.simulator import tokens

# Who is signed in at the shop; the sample data knows her.
ANA = {
    "sub": "cust_10432",
    "name": "Ana Ruiz",
    "email": "ana@example.com",
    "email_verified": True,
}
SIGNED_IN_SECONDS = 3600


@require_safe
def shop(request: HttpRequest) -> HttpResponse:
    """Show the shop to a stranger, or with `?as=ana` to its customer Ana Ruiz."""
    account = (
        ChannelAccount.objects.filter(adapter="chat", is_active=True)
        .order_by("pk")
        .first()
    )
    signed_in = request.GET.get("as") == "ana"
    token = ""
    if account is not None and signed_in:
        token = tokens.sign(
            {**ANA, "exp": int(time.time()) + SIGNED_IN_SECONDS},
            secret=str(account.settings.get("secret", "")),
        )
    context = {
        "account": account,
        "customer": ANA["name"] if signed_in else "",
        "user_token": token,
    }
    return render(request, "simulator/shop.html", context)
