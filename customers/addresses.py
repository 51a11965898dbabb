"""One spelling for each address, so that equal addresses compare equal."""

import unicodedata

import phonenumbers

from customers.models import Scheme


class BadAddress(ValueError):
    """The address cannot be one of its scheme; the text says why."""


def normalize(scheme: str, value: str) -> str:
    """Return the address in its one spelling: `Ana@EXAMPLE.com` -> `ana@example.com`.

    Mail addresses are lower-cased (the local part too: no provider of any size
    tells them apart), their domain in IDNA; plus-addresses are kept. Phone
    numbers become E.164. Raises BadAddress.
    """
    clean = unicodedata.normalize("NFC", value.replace("\x00", "")).strip()
    if not clean or len(clean) > 320:
        raise BadAddress(f"{scheme} address is empty or too long.")
    if scheme == Scheme.MAILTO:
        return _mail(clean)
    if scheme == Scheme.TEL:
        return _phone(clean)
    # WhatsApp also knows business-scoped user ids ("US.1234"), which are no numbers.
    if scheme == Scheme.WHATSAPP and clean.lstrip("+").isdigit():
        return _phone(clean)
    return clean


def _mail(value: str) -> str:
    local, at, domain = value.rpartition("@")
    domain = domain.strip(".")
    if not at or not local or not domain or _has_forbidden(value):
        raise BadAddress(f"{value!r} is not a mail address.")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = _lower(domain)
    if _has_forbidden(domain):  # IDNA writes some marks as a space
        raise BadAddress(f"{value!r} is not a mail address.")
    return f"{_lower(local)}@{domain.lower()}"


def _has_forbidden(value: str) -> bool:
    """Return whether the text could end a header or hold a second address."""
    return any(c.isspace() or not c.isprintable() or c in "<>,;" for c in value)


def _lower(text: str) -> str:
    # Lower-casing can undo the composed form: "\u0130" becomes two characters.
    return unicodedata.normalize("NFC", text.lower())


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value if value.startswith("+") else f"+{value}")
    except phonenumbers.NumberParseException as error:
        raise BadAddress(f"{value!r} is not a phone number.") from error
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
