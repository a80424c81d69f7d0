"""Changes of a paper that authors ask for, granted or refused by an organizer."""

from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.corrections import is_title_frozen
from papers.editing import LONGEST_NAME, edit_paper
from papers.errors import Refusal
from papers.history import record_change
from papers.history_words import GONE, NEW, SAME, cut_texts
from papers.letters.notices import tell_answer
from papers.models import ChangeRequest, Paper, User
from papers.speaking import refuse_voice
from papers.texts import clean_line

Field = ChangeRequest.Field
Person = dict[str, str]
Line = tuple[tuple[str, str], ...]
MOVED = "moved"


def read_authors(paper: Paper) -> list[Person]:
    """Return the authors as requests name them."""
    return [{"name": author.name} for author in paper.authors.order_by("position")]


def request_title(paper: Paper, *, title: str, reason: str, by: User) -> ChangeRequest:
    """Ask for another title; refuses before its date, when an author changes it without asking."""
    if not is_title_frozen(paper):
        refuse_voice(paper, by=by)
        raise Refusal("The title is still yours to change, without asking.", subject=paper)
    return _request(paper, field=Field.TITLE, before=paper.title, after=clean_line(title), reason=reason, by=by)


def request_authors(paper: Paper, *, authors: list[Person], reason: str, by: User) -> ChangeRequest:
    """Ask for other authors or another order: all of them in printed order, a mail address for whoever is new."""
    wanted = [{**person, "name": clean_line(person["name"])[:LONGEST_NAME]} for person in authors]
    if len({person["name"] for person in wanted}) < len(wanted):
        raise Refusal("An author stands twice in the list. Tell them apart as they are printed.", subject=paper)
    return _request(paper, field=Field.AUTHORS, before=read_authors(paper), after=wanted, reason=reason, by=by)


def withdraw_request(request: ChangeRequest, *, by: User) -> None:
    """Take an unanswered request back; refuses strangers and once it was answered."""
    refuse_voice(request.paper, by=by)
    with transaction.atomic():
        held = _lock_open(request)
        record_change(held.paper.workshop, "withdrew request", by=by, paper=held.paper, field=held.field, before=held.after)
        held.delete()


def grant_request(request: ChangeRequest, *, by: User, answer: str = "") -> ChangeRequest:
    """Put what was asked for into force over later imports; refuses once answered, and when the paper has changed since."""
    with transaction.atomic():
        held = _lock_open(request)
        paper = held.paper
        now: Any = paper.title if held.field == Field.TITLE else read_authors(paper)
        if now != held.before:
            raise Refusal("The paper has changed since this was asked. Refuse it with a word, and let the authors ask again.", subject=held)
        edit_paper(paper, field=held.field, value=held.after if held.field == Field.TITLE else _keep_known(held), by=by)
        return _answer(held, is_granted=True, answer=answer, by=by)


def refuse_request(request: ChangeRequest, *, by: User, answer: str) -> ChangeRequest:
    """Leave everything as it is; refuses without a reason, and once answered."""
    if not answer.strip():
        raise Refusal("Say why: the authors read it on their page.", subject=request)
    with transaction.atomic():
        return _answer(_lock_open(request), is_granted=False, answer=answer, by=by)


def contrast_request(request: ChangeRequest) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines as they were when asked, and as they would be, cut into pieces: same, gone, new, moved to another place."""
    if request.field == Field.TITLE:
        pieces = cut_texts(request.before, request.after)
        return (tuple(piece for piece in pieces if piece[0] != NEW),), (tuple(piece for piece in pieces if piece[0] != GONE),)
    before, after = [person["name"] for person in request.before], [person["name"] for person in request.after]
    stay_before, stay_after = [name for name in before if name in after], [name for name in after if name in before]
    blocks = SequenceMatcher(None, stay_before, stay_after, autojunk=False).get_matching_blocks()
    moved = set(stay_after) - {name for block in blocks for name in stay_after[block.b : block.b + block.size]}
    marks = {**dict.fromkeys(after, NEW), **dict.fromkeys(stay_after, SAME), **dict.fromkeys(moved, MOVED)}
    return (
        tuple(((SAME if name in after else GONE, name),) for name in before),
        tuple(((marks[person["name"]], _name(person)),) for person in request.after),
    )


def describe_request(request: ChangeRequest) -> tuple[str, ...]:
    """Return in words what would be different: who is new, who goes, whether the order changes, or the new title."""
    if request.field == Field.TITLE:
        return (f"Title: {request.after}",)
    before, after = [person["name"] for person in request.before], [person["name"] for person in request.after]
    told = [f"Added: {_name(person)}" for person in request.after if person["name"] not in before]
    told += [f"Removed: {name}" for name in before if name not in after]
    if [name for name in before if name in after] != [name for name in after if name in before]:
        told.append("Another order")
    return (*told, f"Then: {', '.join(after)}")


def _request(paper: Paper, *, field: str, before: Any, after: Any, reason: str, by: User) -> ChangeRequest:
    refuse_voice(paper, by=by)
    if not after:
        raise Refusal("Say what it should be.", subject=paper)
    if before == after:
        raise Refusal("That is what stands there already.", subject=paper)
    if not reason.strip():
        raise Refusal("Say why: an organizer decides on it.", subject=paper)
    with transaction.atomic():
        Paper.objects.select_for_update(no_key=True, of=("self",)).get(pk=paper.pk)
        values = {"before": before, "after": after, "reason": reason.strip(), "asked_by": by, "asked_at": timezone.now()}
        request, _ = ChangeRequest.objects.update_or_create(paper=paper, field=field, answered_at=None, defaults=values)
        record_change(paper.workshop, "requested change", by=by, paper=paper, field=field, before=before, after=after, note=reason.strip())
    return request


def _keep_known(request: ChangeRequest) -> list[str | Person]:
    """Return the authors as `edit_paper` takes them: by name alone who is there already."""
    known = {person["name"] for person in request.before}
    return [person["name"] if person["name"] in known else person for person in request.after]


def _lock_open(request: ChangeRequest) -> ChangeRequest:
    found = ChangeRequest.objects.select_for_update(of=("self",)).select_related("paper__workshop", "paper__track")
    held: ChangeRequest | None = found.filter(pk=request.pk).first()
    if held is None:
        raise Refusal("The authors have taken this request back.", subject=request)
    if held.answered_at:
        raise Refusal("Somebody has answered this request already.", subject=request)
    return held


def _answer(held: ChangeRequest, *, is_granted: bool, answer: str, by: User) -> ChangeRequest:
    held.is_granted, held.answer, held.answered_by, held.answered_at = is_granted, answer.strip(), by, timezone.now()
    held.save(update_fields=["is_granted", "answer", "answered_by", "answered_at"])
    action = "granted request" if is_granted else "refused request"
    record_change(held.paper.workshop, action, by=by, paper=held.paper, field=held.field, note=held.answer)
    tell_answer(held, told=describe_request(held), by=by)
    return held


def _name(person: Person) -> str:
    return f"{person['name']} <{person['email']}>" if person.get("email") else person["name"]
