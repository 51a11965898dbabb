"""Numbers as an address or a form says them."""

KEY_DIGITS = 18  # always fit a key, which ends at 2**63 - 1


def key_in(text: str | None) -> int | None:
    """Return a positive number that fits a key, or None for anything else."""
    if text and text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS:
        return int(text)
    return None
