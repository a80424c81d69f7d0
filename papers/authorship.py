"""The author list of a paper, replaced as a whole with identities kept."""

from typing import Any

from django.db.models import F

from papers.models import Author, Paper

OUT_OF_THE_WAY = 10_000


def replace_authors(paper: Paper, wanted: list[dict[str, Any]]) -> list[Author]:
    """Make `wanted` (objects with name, profile_id, email, institutions) the authors in this order.

    A row stays the same person where the profile agrees, else the mail, else the name as long as neither
    profile nor mail says that it is somebody else; so claims stay with their person. Call it inside a
    transaction.
    """
    held = list(Author.objects.filter(paper=paper).order_by("position"))
    kept = _match(held, wanted)
    Author.objects.filter(paper=paper).update(position=F("position") + OUT_OF_THE_WAY)
    Author.objects.filter(pk__in=[row.pk for row in held if row not in kept]).delete()
    rows = []
    for position, (found, person) in enumerate(zip(kept, wanted, strict=True), start=1):
        row = found or Author(paper=paper)
        row.position, row.name = position, person["name"]
        row.profile_id, row.email = person.get("profile_id", ""), person.get("email", "")
        row.institutions = person.get("institutions", [])
        row.save()
        rows.append(row)
    return rows


def _match(held: list[Author], wanted: list[dict[str, Any]]) -> list[Author | None]:
    """Return the row of each wanted person: all by profile first, so that a namesake takes nobody's row."""
    left = list(held)
    matched: list[Author | None] = [None] * len(wanted)
    for key in ("profile_id", "email", "name"):
        for place, person in enumerate(wanted):
            if matched[place] is None and person.get(key):
                row = next((row for row in left if getattr(row, key) == person[key] and not _contradicts(row, person)), None)
                if row is not None:
                    left.remove(row)
                    matched[place] = row
    return matched


def _contradicts(row: Author, person: dict[str, Any]) -> bool:
    if row.profile_id and person.get("profile_id"):
        return bool(row.profile_id != person["profile_id"])
    return bool(row.email and person.get("email") and row.email != person["email"] and "*" not in row.email + person["email"])
