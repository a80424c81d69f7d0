"""Addresses of authors as far as their co-authors see them."""

KEPT = 2


def blot_mail(address: str) -> str:
    """Return an address of which a wrong one is known by, and nothing can be sent to: ad…@example.org."""
    name, _, domain = address.rpartition("@")
    return f"{name[: min(KEPT, len(name) - 1)]}…@{domain}" if name else "…"
