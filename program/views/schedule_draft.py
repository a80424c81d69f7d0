"""What the editor of the schedule asks and says, in JSON."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, MEMBERS, reach_workshop
from papers.errors import Refusal, Refusals
from papers.models import User
from papers.requests import PageRequest
from papers.sight import Sight, find_sight
from program.drafts import describe_draft, describe_edits_since, describe_tried
from program.errors import MovesRefused, StaleRows
from program.moves import parse_moves
from program.moves.written import read_written_moves, read_written_revisions
from program.scheduling import apply_moves, find_edit, redo_edit, try_moves, undo_edit

LARGEST_ASKED = 2 * 1024 * 1024


@require_GET
def show_draft(request: PageRequest, slug: str) -> JsonResponse:
    """Answer the whole draft."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    return JsonResponse(describe_draft(find_sight(workshop, request.user)))


@require_GET
def show_edits(request: PageRequest, slug: str) -> JsonResponse:
    """Answer what was edited since an edit that the asker knows."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    return JsonResponse(_tell_since(find_sight(workshop, request.user), request.user, {"since": _read_number(request.GET.get("since"))}))


@require_POST
def post_moves(request: PageRequest, slug: str) -> JsonResponse:
    """Do moves, or try them, given as such or as the fields of a form; answer what they changed, or why not."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    asked = _read_json(request)
    pairs = _read_pairs(asked)
    try:
        moves = parse_moves(read_written_moves(pairs) if pairs else asked.get("moves"), zone=workshop.zone)
    except MovesRefused as refusal:
        return _refuse(refusal, status=422)
    try:
        if asked.get("try") is True:
            return JsonResponse(describe_tried(sight, try_moves(workshop, moves, by=request.user)))
        done = apply_moves(workshop, moves, by=request.user, seen={**_read_seen(asked), **read_written_revisions(pairs)})
    except Refusal as refusal:
        return _refuse(refusal, status=409, since=_tell_since(sight, request.user, asked))
    told = {"edit": done.edit.number if done.edit else None, "words": done.edit.words if done.edit else "", "stayed": list(done.stayed)}
    return JsonResponse({**told, "since": _tell_since(sight, request.user, asked)})


@require_POST
def post_undo(request: PageRequest, slug: str) -> JsonResponse:
    """Take an edit back."""
    return _turn(request, slug, undo_edit)


@require_POST
def post_redo(request: PageRequest, slug: str) -> JsonResponse:
    """Do an edit again that was taken back."""
    return _turn(request, slug, redo_edit)


def _turn(request: PageRequest, slug: str, act: Any) -> JsonResponse:
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    asked = _read_json(request)
    try:
        done = act(find_edit(workshop, _read_number(asked.get("edit"))), by=request.user)
    except Refusal as refusal:
        return _refuse(refusal, status=409, since=_tell_since(sight, request.user, asked))
    return JsonResponse({"edit": done.number, "words": done.words, "stayed": [], "since": _tell_since(sight, request.user, asked)})


def _tell_since(sight: Sight, user: User, asked: dict[str, Any]) -> dict[str, Any]:
    return describe_edits_since(sight, _read_number(asked.get("since")), by=user)


def _refuse(refusal: Refusal, *, status: int, since: dict[str, Any] | None = None) -> JsonResponse:
    reasons = refusal.reasons if isinstance(refusal, Refusals) else []
    stale = list(refusal.uids) if isinstance(refusal, StaleRows) else []
    told = {"sentence": refusal.sentence, "reasons": reasons, "stale": stale}
    return JsonResponse(told if since is None else {**told, "since": since}, status=status)


def _read_json(request: HttpRequest) -> dict[str, Any]:
    """Return what was sent; nothing where it is no JSON object, so that the parser says what is missing."""
    if len(request.body) > LARGEST_ASKED:
        return {}
    try:
        asked = json.loads(request.body)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _read_seen(asked: dict[str, Any]) -> dict[str, int]:
    seen = asked.get("seen")
    pairs = seen.items() if isinstance(seen, dict) else ()
    return {uid: revision for uid, revision in pairs if isinstance(revision, int) and not isinstance(revision, bool)}


def _read_pairs(asked: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a form of a dialog wrote, as names with texts."""
    form = asked.get("form")
    pairs = form if isinstance(form, list) else []
    return [
        (pair[0], pair[1]) for pair in pairs if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
    ]


def _read_number(value: Any) -> int:
    """Return a number of an edit; what is none counts as 0, before the first."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
