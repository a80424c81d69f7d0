"""Where printed names split into given names and family name, as somebody said."""

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusals
from papers.history import record_change
from papers.models import NameSplit, User, Workshop
from papers.texts import clean_line


def split_at_family(name: str, family: str) -> tuple[str, str] | None:
    """Return given names and family name where `family` is words at the end or the beginning of the name, else nothing."""
    words, wanted = clean_line(name).replace(",", " ").split(), clean_line(family).replace(",", " ").split()
    count = len(wanted)
    if not wanted:
        return None
    if words[-count:] == wanted:
        return " ".join(words[:-count]), " ".join(wanted)
    return (" ".join(words[count:]), " ".join(wanted)) if words[:count] == wanted else None


def list_families(workshop: Workshop) -> dict[str, str]:
    """Return the family names that somebody said, by the printed name."""
    return dict(NameSplit.objects.filter(workshop=workshop).values_list("name", "family"))


def confirm_names(workshop: Workshop, families: dict[str, str], *, by: User) -> int:
    """Put on record which part of each printed name is the family name; return how many are new.

    Refuses, naming each, where that is not the end or the beginning of the name; then nothing is kept.
    """
    split = {name: split_at_family(name, family) for name, family in families.items()}
    wrong = [f"“{families[name]}” is not the end or the beginning of “{name}”." for name, parts in split.items() if parts is None]
    if wrong:
        raise Refusals("No name was kept. A family name is written as it stands in the printed name.", wrong)
    told = {clean_line(name): parts for name, parts in split.items() if parts}
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        held = {row.name: row for row in NameSplit.objects.filter(workshop=workshop, name__in=told)}
        new = {name: parts for name, parts in told.items() if name not in held or (held[name].given, held[name].family) != parts}
        for name, (given, family) in new.items():
            row = held.get(name) or NameSplit(workshop=workshop, name=name)
            before = {"given": row.given, "family": row.family} if row.pk else None
            row.given, row.family, row.by, row.at = given, family, by, timezone.now()
            row.save()
            record_change(
                workshop, "confirmed name", by=by, field="name", before=before, after={"given": given, "family": family}, note=name
            )
    return len(new)
