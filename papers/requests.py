"""A request as pages behind the sign-in get it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from papers.models import User


class PageRequest(HttpRequest):
    """Of a signed-in person, which LoginRequiredMiddleware sees to; with what htmx says of itself."""

    user: User
    htmx: HtmxDetails
