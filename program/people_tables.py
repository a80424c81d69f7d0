"""A pasted table of people: read, compared with who is there, applied in one transaction."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from papers.errors import Refusal, Refusals
from papers.models import User, Workshop
from papers.texts import clean_line, fold_text
from program.models import Person, PersonRole
from program.people import add_person, change_person

COLUMNS = ("name", "email", "affiliation", "role")
HEADS = {"name": "name", "mail": "email", "email": "email", "e-mail": "email", "mail address": "email", "affiliation": "affiliation"}
HEADS |= {"institution": "affiliation", "organization": "affiliation", "role": "role", "roles": "role"}
LONGEST = {"name": 200, "email": 254, "affiliation": 300}
MOST_ROWS = 2000
ROLES = {fold_text(word): kind for kind, label in PersonRole.Kind.choices for word in (kind, label, f"{label}s")}
ROLES |= {"pc": PersonRole.Kind.COMMITTEE.value, "pc member": PersonRole.Kind.COMMITTEE.value, "keynote": PersonRole.Kind.SPEAKER.value}
ROLES |= {"keynote speaker": PersonRole.Kind.SPEAKER.value, "invited speaker": PersonRole.Kind.SPEAKER.value}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table; `roles` are keys of roles."""

    line: int
    name: str
    email: str = ""
    affiliation: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What a line would change: of somebody who is there, or, without `person`, somebody new."""

    row: TableRow
    person: Person | None
    before: dict[str, str]
    after: dict[str, str]

    @property
    def pieces(self) -> list[tuple[str, str, str]]:
        """Return field, before, after of each thing that changes."""
        return [(name, self.before.get(name, ""), value) for name, value in self.after.items()]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What a table would do; `same_count` lines say what stands here already."""

    changes: tuple[PersonChange, ...]
    same_count: int
    mistakes: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Return a mark of all changes; what changed since it was shown has another."""
        told = "\0".join(f"{change.row}{change.before}{change.after}{change.person and change.person.pk}" for change in self.changes)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def plan_table(workshop: Workshop, text: str) -> TablePlan:
    """Return what a table would change. People are known by mail address, else by name; an empty cell changes nothing."""
    rows, mistakes = read_table(text)
    people = list(workshop.people.for_people_page())
    by_mail = {person.email.lower(): person for person in people if person.email}
    by_name = {fold_text(person.name): person for person in people}
    changes = []
    for row in rows:
        person = by_name.get(fold_text(row.name)) or by_mail.get(row.email)
        change = _compare(row, person)
        if change.after:
            changes.append(change)
    return TablePlan(tuple(changes), len(rows) - len(changes), tuple(mistakes))


def apply_table(workshop: Workshop, text: str, *, digest: str, by: User) -> int:
    """Do what `plan_table` showed, all or nothing; return how many people were added or changed."""
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        plan = plan_table(workshop, text)
        if plan.mistakes:
            raise Refusals("The table was not taken.", list(plan.mistakes))
        if plan.digest != digest:
            raise Refusal("People changed since you looked at the table; look again.", subject=workshop)
        for change in plan.changes:
            values = {name: value for name, value in change.after.items() if name != "roles"}
            if change.person is None:
                add_person(workshop, values=values, roles=change.row.roles, by=by)
            else:
                roles = {*(role.kind for role in change.person.roles.all()), *change.row.roles}
                change_person(change.person, values=values, roles=roles, by=by)
    return len(plan.changes)


def read_table(text: str) -> tuple[list[TableRow], list[str]]:
    """Return the rows of a table with every mistake by its line; tabs, semicolons or commas part the cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    parting = max("\t;,", key=lambda sign: (lines[0].count(sign) if lines else 0, sign == "\t"))
    cells = [[clean_line(cell) for cell in row] for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=parting)]
    if not cells:
        return [], ["The table is empty."]
    heads = [HEADS.get(fold_text(cell), "") for cell in cells[0]]
    columns: list[str] = heads if "name" in heads else list(COLUMNS)
    first = 2 if "name" in heads else 1
    body = cells[first - 1 :]
    if len(body) > MOST_ROWS:
        return [], [f"{len(body)} lines are too many; {MOST_ROWS} can be taken at once."]
    rows: dict[str, TableRow] = {}
    mistakes: list[str] = []
    for number, row in enumerate(body, start=first):
        said = {name: cell for name, cell in zip(columns, row, strict=False) if name}
        mistakes += [f"Line {number}: {sentence}" for sentence in _find_mistakes(said)]
        known = rows.get(fold_text(said.get("name", "")))
        roles = _read_roles(said.get("role", ""))
        if known:  # somebody with two roles stands on two lines
            rows[fold_text(known.name)] = replace(known, roles=tuple(dict.fromkeys((*known.roles, *roles))))
        else:
            made = TableRow(number, said.get("name", ""), said.get("email", "").lower(), said.get("affiliation", ""), tuple(roles))
            rows[fold_text(made.name)] = made
    return list(rows.values()), mistakes


def _find_mistakes(said: dict[str, str]) -> Iterator[str]:
    if not said.get("name"):
        yield "the name is missing."
    for name, longest in LONGEST.items():
        if len(said.get(name, "")) > longest:
            yield f"the {name} has {len(said[name])} characters; there is room for {longest}."
    if said.get("email"):
        try:
            validate_email(said["email"])
        except ValidationError:
            yield f"“{said['email'][:80]}” is no mail address."
    for word in _split_roles(said.get("role", "")):
        if fold_text(word) not in ROLES:
            yield f"there is no role “{word[:60]}”; write one of {', '.join(PersonRole.Kind.values)}."


def _read_roles(text: str) -> list[str]:
    return [ROLES[fold_text(word)] for word in _split_roles(text) if fold_text(word) in ROLES]


def _split_roles(text: str) -> list[str]:
    return [word.strip() for part in text.split("/") for word in part.split(",") if word.strip()]


def _compare(row: TableRow, person: Person | None) -> PersonChange:
    if person is None:
        after = {"name": row.name, "email": row.email, "affiliation": row.affiliation, "roles": ", ".join(row.roles)}
        return PersonChange(row, None, {}, {name: value for name, value in after.items() if value})
    told = {"name": row.name, "email": row.email, "affiliation": row.affiliation}
    after = {name: value for name, value in told.items() if value and value != getattr(person, name)}
    before = {name: str(getattr(person, name)) for name in after}
    held = [role.kind for role in person.roles.all()]
    added = [kind for kind in row.roles if kind not in held]
    if added:
        before["roles"], after["roles"] = ", ".join(held), ", ".join([*held, *added])
    return PersonChange(row, person, before, after)
