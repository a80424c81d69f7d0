"""Shows refusals to people; sets the zone in which they read dates."""

import zoneinfo
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from papers.errors import Refusal, Refusals

Answer = Callable[[HttpRequest], HttpResponse]


class ZoneMiddleware:
    """Activates the zone of the signed-in user, if they named one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "zone", "")
        if zone:
            try:
                timezone.activate(zoneinfo.ZoneInfo(zone))
            except (zoneinfo.ZoneInfoNotFoundError, ValueError):
                timezone.deactivate()
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


class RefusalMiddleware:
    """Turns a refusal into a message and a redirect; into a fragment with status 409 for htmx."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; let every other exception be the bug it is."""
        if not isinstance(exception, Refusal):
            return None
        reasons = exception.reasons if isinstance(exception, Refusals) else []
        came_from = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
        if request.headers.get("HX-Request") or request.method == "GET" or not is_ours:
            return render(request, "refusal.html", {"sentence": exception.sentence, "reasons": reasons}, status=409)
        messages.error(request, " ".join([exception.sentence, *reasons[:20]]))
        return redirect(came_from)
