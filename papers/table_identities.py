"""Keeps what a table cannot say of what it repeats: who an author is, how a text was written."""

import unicodedata
from collections.abc import Callable

from papers.models import Author
from papers.submissions import SubmittedAuthor
from papers.tables.cells import uncover_cell
from papers.texts import fold_text

DOTTED_CIRCLE = "\u25cc"


def keep_authors(said: tuple[SubmittedAuthor, ...] | None, held: list[Author]) -> tuple[SubmittedAuthor, ...] | None:
    """Return the authors that a table names with the profiles, mails and institutions that we hold of the same people.

    The same is who has the same profile, the same mail address or, but for case and accents, the same
    name; never who merely stands in the same place.
    """
    if said is None:
        return None
    found: dict[int, Author] = {}
    for is_same in (_has_same_profile, _has_same_mail, _has_same_name):
        for place, one in enumerate(said):
            person = _take(held, one, is_same) if place not in found else None
            if person is not None:
                found[place] = person
    return tuple(_join(one, found[place]) if place in found else one for place, one in enumerate(said))


def keep_text(said: str | None, held: str) -> str | None:
    """Return the held text where a table of ours repeats it but for what our exports leave out or add."""
    return held if said is not None and _bare(said) == _bare(held) else said


def keep_keywords(said: tuple[str, ...] | None, held: list[str]) -> tuple[str, ...] | None:
    """Return the held keywords where a table of ours repeats them."""
    if said is None or [_bare(word) for word in said] != [_bare(str(word)) for word in held]:
        return said
    return tuple(str(word) for word in held)


def _take(held: list[Author], one: SubmittedAuthor, is_same: Callable[[Author, SubmittedAuthor], bool]) -> Author | None:
    for person in held:
        if is_same(person, one):
            held.remove(person)
            return person
    return None


def _has_same_profile(person: Author, one: SubmittedAuthor) -> bool:
    return bool(one.profile_id) and person.profile_id == one.profile_id


def _has_same_mail(person: Author, one: SubmittedAuthor) -> bool:
    return bool(one.email) and person.email == one.email


def _has_same_name(person: Author, one: SubmittedAuthor) -> bool:
    return fold_text(_bare(person.name)) == fold_text(_bare(one.name))


def _join(one: SubmittedAuthor, person: Author) -> SubmittedAuthor:
    places = tuple(person.institutions)
    said = [place.get("name") for place in one.institutions]
    is_repeated = not said or said == [place.get("name") for place in places if place.get("name")]
    return SubmittedAuthor(
        name=person.name if _bare(one.name) == _bare(person.name) else one.name,
        profile_id=one.profile_id or person.profile_id,
        email=one.email or person.email,
        institutions=places if is_repeated else one.institutions,
    )


def _bare(text: str) -> str:
    """Return a text without what our exports leave out, add or write another way."""
    seen = "".join(one for one in text if one.isspace() or not unicodedata.category(one).startswith("C"))
    return uncover_cell(" ".join(seen.replace(DOTTED_CIRCLE, "").replace(";", ",").split()))
