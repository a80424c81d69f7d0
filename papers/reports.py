"""What an import did, as counts and sentences."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class ImportReport:
    """Counts of papers, and lists of what a person should look at.

    `conflicts` and `problems` are objects with `paper` (number or nothing), `note_id` and a sentence or
    values; `withdrawn` counts papers that became withdrawn, desk-rejected or deleted in this run.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    vanished: int = 0
    requests: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def add_problem(self, code: str, sentence: str, *, note_id: str = "", number: int | None = None) -> None:
        """Note something that needs a look; `code` groups alike ones."""
        self.problems.append({"code": code, "paper": number, "note_id": note_id, "sentence": sentence})

    def as_json(self) -> dict[str, Any]:
        """Return the report as one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "ImportReport":
        """Return the report that `as_json` told, to be continued."""
        return cls(**{name: value for name, value in told.items() if name in cls.__slots__})

    @property
    def seen(self) -> int:
        """Return how many papers the run has looked at."""
        return self.created + self.updated + self.unchanged

    @property
    def sentence(self) -> str:
        """Return the counts in a sentence."""
        looks = len(self.problems) + len(self.conflicts)
        return f"{self.created} papers created, {self.updated} updated, {self.unchanged} unchanged; {looks} to look at."
