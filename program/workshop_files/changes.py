"""What one state of a workshop's settings has that another has not."""

import difflib
from dataclasses import dataclass
from typing import Any

from program.workshop_files.parsing import write_settings, write_workshop_file
from program.workshop_files.values import WorkshopSettings

NAMES = {
    "tracks": ("slug",),
    "presentations": ("slug",),
    "awards": ("slug",),
    "required_files": ("kind",),
    "dates": ("name",),
    "people": ("name",),
    "sponsors": ("name", "url"),
    "affiliations": ("name", "url"),
    "days": ("starts_at",),
    "rooms": ("name",),
    "boards": ("first",),
    "sessions": ("title", "label", "kind"),
    "links": ("kind",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One setting or entry with its values before and after as plain JSON; nothing on the side where it is missing."""

    place: str
    before: Any
    after: Any

    def __str__(self) -> str:
        verb = "added" if self.before is None else "removed" if self.after is None else "changed"
        return f"{self.place}: {verb}"


def list_changes(before: WorkshopSettings | None, after: WorkshopSettings) -> list[Change]:
    """Return the changes from one state to another, entry by entry, in the order of the file."""
    old = write_settings(before, has_keys=False) if before else {}
    new = write_settings(after, has_keys=False)
    changes: list[Change] = []
    for section in WorkshopSettings.__dataclass_fields__:
        if old.get(section) != new.get(section):
            changes += _compare_section(section, old.get(section), new.get(section))
    return changes


def diff_settings(before: WorkshopSettings | None, after: WorkshopSettings) -> str:
    """Return the unified diff of the normal forms; empty when nothing changes."""
    old = write_workshop_file(before).decode().splitlines(keepends=True) if before else []
    new = write_workshop_file(after).decode().splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, "as it is", "as it will be"))


def _compare_section(section: str, old: Any, new: Any) -> list[Change]:
    if section not in NAMES:
        return [Change(section, old, new)]
    named_old, named_new = _name_entries(section, old or []), _name_entries(section, new or [])
    changes = [
        Change(f"{section} {name}", named_old.get(name), named_new.get(name))
        for name in dict.fromkeys([*named_new, *named_old])
        if named_old.get(name) != named_new.get(name)
    ]
    kept = [name for name in named_old if name in named_new]
    if kept != [name for name in named_new if name in named_old]:
        changes.append(Change(f"{section} order", list(named_old), list(named_new)))
    return changes


def _name_entries(section: str, entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    named: dict[str, dict[str, Any]] = {}
    for one in entries:
        name = next((str(one[key]) for key in NAMES[section] if one.get(key)), "")
        count = 2
        told = name
        while told in named:
            told = f"{name} ({count})"
            count += 1
        named[told] = one
    return named
