"""Corrections that organizers make to a paper here; later imports merge with them."""

from typing import Any

from django.db import transaction

from papers.arrivals import fold_for_search, read_local
from papers.authorship import replace_authors
from papers.errors import Refusal
from papers.history import record_change
from papers.models import Paper, Track, User
from papers.texts import clean_line, clean_text

EDITABLE = ("title", "abstract", "authors", "track", "wants_proceedings")


def edit_paper(paper: Paper, *, field: str, value: Any, by: User | None) -> bool:
    """Put an organizer's value into force; return whether anything changed.

    `value` is text for title and abstract, a slug or None for track, true, false or None for
    wants_proceedings, a list of objects with name, profile_id, email for authors. Refuses a proceedings
    choice that the track does not offer and an empty title or name.
    """
    if field not in EDITABLE:
        raise Refusal(f"{field!r} can't be corrected here.", subject=paper)
    with transaction.atomic():
        held = Paper.objects.for_merge([paper.pk])[paper.pk]
        before = read_local(held)[field]
        value = _clean(held, field, value)
        if value == before:
            return False
        _put(held, field, value)
        names = [author["name"] for author in (value if field == "authors" else read_local(held)["authors"])]
        held.search_text = fold_for_search(held.title, held.abstract, names, held.number)
        held.save()
        record_change(held.workshop, "corrected", by=by, paper=held, field=field, before=before, after=value)
    return True


def _clean(paper: Paper, field: str, value: Any) -> Any:
    if field == "abstract":
        return clean_text(value)
    if field == "title":
        if not clean_line(value):
            raise Refusal("A paper needs a title.", subject=paper)
        return clean_line(value)
    if field == "authors":
        authors = [{**author, "name": clean_line(author.get("name", ""))} for author in value]
        if not authors or not all(author["name"] for author in authors):
            raise Refusal("A paper needs authors, and every author a name.", subject=paper)
        return authors
    if field == "track" and value is not None and not paper.workshop.tracks.filter(slug=value).exists():
        raise Refusal(f"{paper.workshop} has no track {value!r}.", subject=paper)
    if field == "wants_proceedings" and value is not None:
        _check_choice(paper, is_in=value)
    return value


def _check_choice(paper: Paper, *, is_in: bool) -> None:
    track = paper.track
    if track is None or track.proceedings == Track.Proceedings.OPTION:
        return
    if is_in != (track.proceedings == Track.Proceedings.ALL):
        raise Refusal(f"{track.name} leave no choice: {track.get_proceedings_display().lower()}.", subject=paper)


def _put(paper: Paper, field: str, value: Any) -> None:
    if field == "authors":
        replace_authors(paper, value)
    elif field == "track":
        paper.track = paper.workshop.tracks.filter(slug=value).first()
        if paper.track and paper.track.proceedings == Track.Proceedings.NONE:
            paper.wants_proceedings = None
    else:
        setattr(paper, field, value)
