"""What every page knows: the workshops of the person and their role."""

from typing import Any

from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, Any]:
    """Return nothing yet that a page does not ask for itself."""
    return {}
