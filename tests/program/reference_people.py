"""People of a reference file, each once, whatever the schedule calls them."""

import re
from typing import Any

from tests.program.reference_values import as_list, clean, clean_url

Json = dict[str, Any]
ROLES = {
    "organizers": "organizer",
    "speakers": "speaker",
    "panelists": "panelist",
    "moderators": "moderator",
    "volunteers": "volunteer",
    "committee": "committee",
    "advisors": "advisor",
}
NOBODY = {"", "tbd", "tba", "n/a", "-", "none"}


class PeopleBook:
    """Collects people by name; `find` takes the names that a schedule prints."""

    def __init__(self, reference: Json) -> None:
        self.people: dict[str, Json] = {}
        self.roles: dict[str, list[str]] = {}
        for section, role in ROLES.items():
            for given in as_list(reference.get(section)):
                told = given if isinstance(given, dict) else {"name": given}
                name = clean(told.get("name"), 200)
                if name.casefold() not in NOBODY:
                    self.add(name, told)
                    self.take_role(role, name)

    def add(self, name: str, told: Json) -> None:
        """Add a person, or what is not known of them yet."""
        made = {
            "title": clean(told.get("role") or told.get("title"), 200),
            "affiliation": clean(told.get("affiliation"), 300),
            "url": clean_url(told.get("url")),
            "photo": clean(told.get("photo"), 300),
        }
        person = self.people.setdefault(name, {"name": name})
        for key, value in made.items():
            if value:
                person.setdefault(key, value)

    def take_role(self, role: str, name: str) -> None:
        """Put a person at the end of a role, once."""
        names = self.roles.setdefault(role, [])
        if name not in names:
            names.append(name)

    def find(self, printed: Any) -> str:
        """Return the name of the person that a schedule means; a shorter printed form becomes their name in the program."""
        told = clean(printed.get("name") if isinstance(printed, dict) else printed, 200)
        if told.casefold() in NOBODY or told in self.people:
            return told if told in self.people else ""
        known = next((name for name in self.people if is_same_person(name, told)), "")
        if known:
            self.people[known].setdefault("program_name", told)
            return known
        self.add(told, printed if isinstance(printed, dict) else {})
        return told

    def find_all(self, printed: Any, *, is_list: bool) -> list[str]:
        """Return the names in a cell; one text is several people when it is said to be, or when it names known people."""
        if isinstance(printed, list):
            return list(dict.fromkeys(name for name in map(self.find, printed) if name))
        told = clean(printed, 4000) if not isinstance(printed, dict) else printed
        if isinstance(told, str):
            pieces = [piece for piece in re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+&\s+", told) if piece]
            known = [piece for piece in pieces if any(is_same_person(name, piece) for name in self.people)]
            if len(pieces) > 1 and (is_list or len(known) > 1):
                return self.find_all(pieces, is_list=False)
        name = self.find(told)
        return [name] if name else []

    def list_people(self) -> list[Json]:
        """Return everybody."""
        return list(self.people.values())

    def list_roles(self) -> Json:
        """Return the names in each role."""
        return dict(self.roles)


def is_same_person(known: str, printed: str) -> bool:
    """Tell whether two names have the same first and last word."""
    first, second = known.casefold().split(), printed.casefold().split()
    return first == second or (len(first) > 1 < len(second) and (first[0], first[-1]) == (second[0], second[-1]))
