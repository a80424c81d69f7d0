"""The author list of a paper, replaced as a whole with identities kept."""

from typing import Any

from django.db.models import F

from papers.models import Author, Paper

OUT_OF_THE_WAY = 10_000


def replace_authors(paper: Paper, wanted: list[dict[str, Any]]) -> list[Author]:
    """Make `wanted` (objects with name, profile_id, email, institutions) the authors in this order.

    A row stays the same person where profile, mail or name agree, so that claims stay with it. Call it
    inside a transaction.
    """
    held = list(Author.objects.filter(paper=paper).order_by("position"))
    Author.objects.filter(paper=paper).update(position=F("position") + OUT_OF_THE_WAY)
    kept = []
    for position, person in enumerate(wanted, start=1):
        row = _pick(held, person) or Author(paper=paper)
        row.position, row.name = position, person["name"]
        row.profile_id, row.email = person.get("profile_id", ""), person.get("email", "")
        row.institutions = person.get("institutions", [])
        row.save()
        kept.append(row)
    Author.objects.filter(pk__in=[row.pk for row in held]).delete()
    return kept


def _pick(held: list[Author], person: dict[str, Any]) -> Author | None:
    for key in ("profile_id", "email", "name"):
        wanted = person.get(key)
        for row in held:
            if wanted and getattr(row, key) == wanted:
                held.remove(row)
                return row
    return None
