"""How the admin looks: UNFOLD of the settings. Imports nothing of ours."""

from typing import Any

from django.urls import reverse_lazy


def unfold(site_name: str) -> dict[str, Any]:
    """Return the theme's settings: our accent, and where each page is."""
    return {
        "SITE_TITLE": site_name,
        "SITE_HEADER": site_name,
        "SITE_SUBHEADER": "Configuration",
        "SITE_URL": "/console/",
        "SITE_SYMBOL": "forum",
        "COLORS": {"primary": _INDIGO},
        "SHOW_HISTORY": True,
        "SHOW_VIEW_ON_SITE": True,
        "SIDEBAR": {
            "show_search": False,
            "show_all_applications": False,
            "navigation": [
                _group(
                    "People",
                    _page("Agents", "badge", "accounts_user"),
                    _page("Teams", "groups", "conversations_team"),
                ),
                _group(
                    "Channels",
                    _page("Inboxes", "inbox", "conversations_inbox"),
                    _page("Channel accounts", "hub", "channels_inbound_channelaccount"),
                    _page("Receipts", "receipt_long", "channels_inbound_receipt"),
                ),
                _group(
                    "Help center", _page("Articles", "article", "knowledge_article")
                ),
                _group(
                    "Records",
                    _page("Conversations", "forum", "conversations_conversation"),
                    _page("Customers", "person", "customers_customer"),
                    _page("Identities", "alternate_email", "customers_identity"),
                ),
            ],
        },
    }


def _group(title: str, *pages: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "separator": True, "items": list(pages)}


def _page(title: str, icon: str, model: str) -> dict[str, Any]:
    link = reverse_lazy(f"admin:{model}_changelist")
    return {"title": title, "icon": icon, "link": link}


# The console's accent (tokens.css) and its neighbors, in the form the theme wants.
_INDIGO = {
    "50": "oklch(96.2% .018 272.314)",
    "100": "oklch(93% .034 272.788)",
    "200": "oklch(87% .065 274.039)",
    "300": "oklch(78.5% .115 274.713)",
    "400": "oklch(67.3% .182 276.935)",
    "500": "oklch(58.5% .233 277.117)",
    "600": "oklch(45.7% .24 277.023)",
    "700": "oklch(39.8% .195 277.366)",
    "800": "oklch(35.9% .144 278.697)",
    "900": "oklch(25.7% .09 281.288)",
    "950": "oklch(21% .07 281.288)",
}
