"""Corrections that organizers make to a paper here; later imports merge with them."""

from typing import Any

from django.db import transaction

from papers.arrivals import Values, put_search_text, read_local
from papers.authorship import replace_authors
from papers.changes import SEARCHED
from papers.errors import Refusal
from papers.history import record_change
from papers.import_conflicts import follow_edit
from papers.models import Paper, Track, User
from papers.texts import clean_line, clean_text

EDITABLE = ("title", "abstract", "keywords", "authors", "track", "wants_proceedings")
LONGEST_NAME = 300


def edit_paper(paper: Paper, *, field: str, value: Any, by: User | None) -> bool:
    """Put an organizer's value into force; return whether anything changed.

    `value` is text for title and abstract, a list of texts for keywords, a slug or None for track, true, false or None for
    wants_proceedings; for authors a list in printed order of names (of authors that the paper has, who keep
    profile and mail) or of objects with name, profile_id, email, institutions. Refuses a proceedings choice
    that the track does not offer, and an empty title or name.
    """
    if field not in EDITABLE:
        raise Refusal(f"{field!r} can't be corrected here.", subject=paper)
    with transaction.atomic():
        held = Paper.objects.for_merge([paper.pk], is_locked=True)[paper.pk]
        local = read_local(held)
        value = _clean(held, field, value, local)
        if value == local[field]:
            return False
        names = _put(held, field, value, by=by)
        if field in SEARCHED:
            authors = value if field == "authors" else local["authors"]
            put_search_text(held, authors)
            names.append("search_text")
        held.save(update_fields=names)
        record_change(held.workshop, "corrected", by=by, paper=held, field=field, before=local[field], after=value)
        follow_edit(held, field, value, by=by)
    return True


def _clean(paper: Paper, field: str, value: Any, local: Values) -> Any:
    if field == "abstract":
        return clean_text(value)
    if field == "keywords":
        return [line for line in (clean_line(keyword) for keyword in value) if line]
    if field == "title":
        if not clean_line(value):
            raise Refusal("A paper needs a title.", subject=paper)
        return clean_line(value)
    if field == "authors":
        return _clean_authors(paper, value, local["authors"])
    if field == "track" and not value:
        return None
    if field == "track" and not paper.workshop.tracks.filter(slug=value).exists():
        raise Refusal(f"{paper.workshop} has no track {value!r}.", subject=paper)
    if field == "wants_proceedings" and value is not None and value != paper.wants_proceedings:
        _check_choice(paper, is_in=value)
    return value


def _clean_authors(paper: Paper, wanted: list[Any], held: list[Values]) -> list[Values]:
    left, authors = list(held), list[Values]()
    for person in wanted:
        told = {"name": person} if isinstance(person, str) else person
        name = clean_line(told.get("name", ""))[:LONGEST_NAME]
        if isinstance(person, str):
            known = next((author for author in left if author["name"] == name), None)
            if known:
                left.remove(known)
            authors.append(known or {"name": name})
        else:
            authors.append({"name": name, **{key: part for key, part in told.items() if key != "name" and part}})
    if not authors or not all(author["name"] for author in authors):
        raise Refusal("A paper needs authors, and every author a name.", subject=paper)
    return authors


def _check_choice(paper: Paper, *, is_in: bool) -> None:
    track = paper.track
    if track is None or track.proceedings == Track.Proceedings.OPTION:
        return
    if is_in != (track.proceedings == Track.Proceedings.ALL):
        raise Refusal(f"{track.name} leave no choice: {track.get_proceedings_display().lower()}.", subject=paper)


def _put(paper: Paper, field: str, value: Any, *, by: User | None) -> list[str]:
    """Set the value and return the columns to save."""
    if field == "authors":
        replace_authors(paper, value)
        return []
    if field != "track":
        setattr(paper, field, value)
        return [field]
    paper.track = paper.workshop.tracks.filter(slug=value).first()
    if paper.track and paper.track.proceedings == Track.Proceedings.NONE and paper.wants_proceedings is not None:
        before, paper.wants_proceedings = paper.wants_proceedings, None
        note = f"{paper.track.name} leave no choice"
        record_change(paper.workshop, "corrected", by=by, paper=paper, field="wants_proceedings", before=before, note=note)
        return ["track", "wants_proceedings"]
    return ["track"]
