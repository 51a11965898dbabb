"""A provider's webhook request as plain values, free of any web framework."""

import base64
import binascii
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from channels_inbound.adapter import Unreadable
from channels_inbound.payload import clean, list_at, load_json, moment, text_at

# Meta sends at most 3 MB, nobody sends more; what is larger is not read at all.
MAX_BODY_BYTES = 4 * 1024 * 1024
MAX_FORM_FIELDS = 1000  # as many as Django takes

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class ProviderRequest:
    """One call of a webhook, with the settings of the account it came to.

    `url` is the public address that the provider called, query included: several
    schemes sign it. Header names are in lower case. `trusting` is for trying things
    out: a secret that the settings lack turns its check off instead of failing it.
    """

    channel: str = ""
    method: str = "POST"
    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    settings: Mapping[str, Any] = field(default_factory=dict)
    received_at: datetime.datetime = field(
        default_factory=lambda: datetime.datetime.now(datetime.UTC)
    )
    trusting: bool = False

    def header(self, name: str) -> str:
        """Return a header's value without white space around it, or ""."""
        return self.headers.get(name.lower(), "").strip()

    def setting(self, name: str) -> str:
        """Return a setting as text, or ""."""
        return text_at(self.settings, name)

    def secrets(self, name: str) -> tuple[bytes, ...] | None:
        """Return every secret that is valid now: two while one replaces the other.

        `name` holds one or a list of them, `name_previous` the one going out of use.
        None means that the check is off, () that no signature can be right: an
        empty secret never agrees with an empty signature.
        """
        if self.trusting and self.settings.get(name) is None:
            return None
        values = [
            *(list_at(self.settings, name) or [self.setting(name)]),
            self.setting(f"{name}_previous"),
        ]
        return tuple(
            value.encode(errors="replace")
            for value in values
            if isinstance(value, str) and value
        )

    @cached_property
    def url_parts(self) -> SplitResult:
        """The parts of the URL. Raises Unreadable."""
        return _split(self.url)

    @cached_property
    def query_pairs(self) -> Pairs:
        """The query's parameters as they were signed. Raises Unreadable."""
        return _pairs(self.url_parts.query)

    @cached_property
    def form_pairs(self) -> Pairs:
        """The form's parameters as they were signed. Raises Unreadable."""
        return _pairs(self.body.decode("utf-8", "replace"))

    @cached_property
    def query(self) -> dict[str, str]:
        """The query's parameters, cleaned; of a repeated one the last."""
        return _cleaned(self.query_pairs)

    @cached_property
    def form(self) -> dict[str, str]:
        """The form's parameters, cleaned; of a repeated one the last."""
        return _cleaned(self.form_pairs)

    @cached_property
    def json(self) -> dict[str, Any]:
        """The body as a JSON object, cleaned. Raises Unreadable."""
        body = load_json(self.body)
        if not isinstance(body, dict):
            raise Unreadable("The body is not a JSON object.")
        return body


def request_from_file(raw: bytes) -> ProviderRequest:
    """Return the request that a file of JSON describes, `trusting` set.

    The file holds `method`, `url`, `headers`, `query`, `body` or `body_b64`,
    `settings` and `received_at`. Raises Unreadable.
    """
    described = load_json(raw, cleaned=False)
    if not isinstance(described, dict):
        raise Unreadable("The file does not hold a JSON object.")
    headers, settings = described.get("headers"), described.get("settings")
    return ProviderRequest(
        method=(text_at(described, "method") or "POST").upper(),
        url=_full_url(described),
        headers={
            str(name).lower(): value if isinstance(value, str) else str(value)
            for name, value in (headers.items() if isinstance(headers, dict) else ())
        },
        body=_body(described),
        settings=settings if isinstance(settings, dict) else {},
        received_at=moment(described.get("received_at"))
        or datetime.datetime.now(datetime.UTC),
        trusting=True,
    )


def _full_url(described: dict[str, Any]) -> str:
    """Return the URL with its query, which a file may hold apart."""
    url, query = text_at(described, "url"), described.get("query")
    if _split(url).query or not isinstance(query, dict) or not query:
        return url
    encoded = urlencode(query, doseq=True, errors="replace")
    return f"{url.rstrip('?')}?{encoded}"


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise Unreadable("The URL cannot be read.") from error


def _body(described: dict[str, Any]) -> bytes:
    encoded = described.get("body_b64")
    if isinstance(encoded, str) and encoded:
        try:
            return base64.b64decode(encoded)
        except (binascii.Error, ValueError) as error:
            raise Unreadable("The body is not base64.") from error
    body = described.get("body")
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else b""


def _pairs(encoded: str) -> Pairs:
    try:
        return parse_qsl(
            encoded,
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MAX_FORM_FIELDS,
        )
    except ValueError as error:
        raise Unreadable("The form has too many fields.") from error


def _cleaned(pairs: Pairs) -> dict[str, str]:
    return {clean(name): clean(value) for name, value in pairs}
