"""The door of the API: who asks, how often, how a failure is told."""

import functools
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from papers.access_tokens import find_token
from papers.api.papers import Unreadable
from papers.api.schema import to_plain
from papers.api.shapes import ApiProblem
from papers.errors import Refusal
from papers.models import User
from papers.search import SearchMistake

PER_MINUTE = {"token": 600, "address": 120}
MINUTE = 60


class ApiRequest(HttpRequest):
    """A request with the owner of its token, or nobody."""

    asker: User | None


def answer_api(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Make a view that returns a value of the API answer in JSON, to a bearer token or to anybody, and tell failures as problems."""

    @csrf_exempt  # no session is looked at, nothing is written
    @login_not_required
    @never_cache
    @functools.wraps(view)
    def answer(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return _tell(405, "The API is read by GET alone.", {"Allow": "GET, HEAD"})
        refused = _identify(request)
        if refused is not None:
            return refused
        try:
            return JsonResponse(to_plain(view(request, *args, **kwargs)), json_dumps_params={"ensure_ascii": False})
        except SearchMistake as mistake:
            return _tell(422, mistake.sentence, start=mistake.start, end=mistake.end, suggestion=mistake.suggestion)
        except Http404:
            return _tell(404, "It is not there, or not yours.")
        except Refusal as refusal:
            return _tell(422 if isinstance(refusal, Unreadable) else 409, refusal.sentence)

    return answer


def _identify(request: ApiRequest) -> HttpResponse | None:
    """Set who asks; return the answer for a token that opens nothing, and for too many requests."""
    request.asker = None
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = find_token(secret.strip()) if scheme.lower() == "bearer" else None
    kind, key = ("token", str(token.pk)) if token else ("address", get_adapter().get_client_ip(request))
    now = int(time.time())
    if _count(f"api-{kind}-{key}-{now // MINUTE}") > PER_MINUTE[kind]:
        seconds = str(MINUTE - now % MINUTE)
        return _tell(429, f"More than {PER_MINUTE[kind]} requests in a minute; try again in {seconds} s.", {"Retry-After": seconds})
    if scheme and token is None:
        sentence = "This token is unknown, expired or taken back; make one on your profile, and send it as “Authorization: Bearer …”."
        return _tell(401, sentence, {"WWW-Authenticate": 'Bearer realm="SyntaGen"'})
    request.asker = token.user if token else None
    return None


def _count(key: str) -> int:
    cache.add(key, 0, 2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:
        return 1  # it ran out between the two


def _tell(status: int, sentence: str, headers: dict[str, str] | None = None, **where: Any) -> HttpResponse:
    problem = ApiProblem("about:blank", HTTPStatus(status).phrase, status, sentence, **where)
    return JsonResponse(to_plain(problem), status=status, content_type="application/problem+json", headers=headers)
