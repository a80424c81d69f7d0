"""What a paper still owes, as letters word it."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from papers.duties import ITEMS, Duty, list_duties
from papers.letter_language import Field
from papers.models import Decision, Paper
from papers.owed_files import FileState
from papers.texts import clean_line, clean_text
from papers.zones import format_instant

OWED = "paper.owed"
CONDITIONS = {f"paper.owes_{item.replace('-', '_')}": item for item in ITEMS}
DEBT_FIELDS = {
    OWED: Field("What the paper owes, a line each: how far it is, its date in the workshop's zone and the author's, its page"),
    "paper.owed_besides": Field("What else it owes, where the letter chases only some of it"),
    "paper.next_deadline": Field("The next date of what it owes"),
    "paper.returned_reasons": Field("What the organizers wrote to the files that came back"),
    "paper.owes_anything": Field("The paper owes something", is_condition=True),
    "paper.is_overdue": Field("Something it owes is past its date", is_condition=True),
    "paper.is_returned": Field("One of its files came back", is_condition=True),
    **{name: Field(f"The paper owes: {ITEMS[item].lower()}", is_condition=True) for name, item in CONDITIONS.items()},
}


@dataclass(frozen=True, slots=True)
class Asks:
    """What a letter is about: these items, all when empty, as far as they are in a state of the board."""

    items: tuple[str, ...] = ()
    state: str = ""

    def as_json(self) -> dict[str, object]:
        """Return what a letter keeps of it."""
        return {"items": list(self.items), "state": self.state}

    def holds(self, duty: Duty) -> bool:
        """Tell whether the letter is about this; what its authors need not do is never."""
        if not duty.is_due or (self.items and duty.item not in self.items):
            return False
        file = duty.file
        states: Mapping[str, bool] = {
            "": True,
            "overdue": duty.is_overdue,
            "owed": file is None or file.state == FileState.OWED,
            "returned": file is not None and file.state == FileState.RETURNED,
            "blocked": file is not None and file.is_blocked,
        }
        return states.get(self.state, False)


ANYTHING = Asks()


@dataclass(frozen=True, slots=True)
class Debts:
    """What one paper owes: what a letter is about, then what it owes besides."""

    asked: Sequence[Duty] = field(default_factory=tuple)
    besides: Sequence[Duty] = field(default_factory=tuple)

    @property
    def duties(self) -> list[Duty]:
        """Return all of it."""
        return [*self.asked, *self.besides]


def read_asks(kept: Mapping[str, object]) -> Asks:
    """Return what a letter is about from what it keeps."""
    items = kept.get("items")
    return Asks(tuple(map(str, items)) if isinstance(items, list) else (), str(kept.get("state") or ""))


def find_debts(papers: Sequence[Paper], asks: Asks = ANYTHING) -> dict[int, Debts]:
    """Return what these papers owe by key; nothing for papers whose authors do not know yet that they are accepted.

    Papers come as `for_debts` brings them; as many queries for 3 as for 300.
    """
    return {key: split_debts(duties, asks) for key, duties in list_duties(papers).items()}


def foresee_debts(papers: Sequence[Paper]) -> dict[int, Debts]:
    """Return what these papers will owe once their decisions are released; for previews that who may see the decisions looks at."""
    return find_debts([_release_ahead(paper) for paper in papers])


def split_debts(duties: Sequence[Duty], asks: Asks) -> Debts:
    """Return what a letter is about among these duties, and what else is owed."""
    due = [duty for duty in duties if duty.is_due]
    asked = [duty for duty in due if asks.holds(duty)]
    return Debts(asked, [duty for duty in due if duty not in asked])


def describe_debts(debts: Debts, *, zone: str, own_zone: str = "") -> dict[str, str | bool]:
    """Return the values of all fields about what a paper owes; dates in the workshop's zone, and in the recipient's where known."""
    due = debts.duties
    next_duty = min((duty for duty in due if duty.due_at and not duty.is_overdue), key=lambda duty: duty.due_at or duty.now, default=None)
    returned = [(duty, duty.file.verdict) for duty in due if duty.file and duty.file.state == FileState.RETURNED]
    reasons = [f"{clean_line(duty.title)}:\n{clean_text(verdict.reasons)}" for duty, verdict in returned if verdict]
    owed = {duty.item for duty in due}
    return {
        OWED: _list(debts.asked, zone, own_zone),
        "paper.owed_besides": _list(debts.besides, zone, own_zone),
        "paper.next_deadline": _tell_date(next_duty, zone, own_zone) if next_duty else "",
        "paper.returned_reasons": "\n\n".join(reasons),
        "paper.owes_anything": bool(due),
        "paper.is_overdue": any(duty.is_overdue for duty in due),
        "paper.is_returned": bool(returned),
        **{name: item in owed for name, item in CONDITIONS.items()},
    }


def _release_ahead(paper: Paper) -> Paper:
    """Return a copy that reads as released, never to be kept."""
    decision: Decision | None = getattr(paper, "decision", None)
    if decision is None or decision.released_at is not None:
        return paper
    paper, decision = copy(paper), copy(decision)
    decision.released_at = timezone.now()
    paper.decision = decision
    return paper


def _list(duties: Sequence[Duty], zone: str, own_zone: str) -> str:
    return "\n".join(_tell(duty, zone, own_zone) for duty in duties)


def _tell(duty: Duty, zone: str, own_zone: str) -> str:
    date = _tell_date(duty, zone, own_zone)
    when = f"; {'was due' if duty.is_overdue else 'due'} {date}" if date else ""
    return f"- {clean_line(duty.title)}: {_lower(clean_line(duty.note))}{when}\n  {settings.SITE_URL}{duty.href}"


def _tell_date(duty: Duty, zone: str, own_zone: str) -> str:
    if duty.due_at is None:
        return ""
    announced = format_instant(duty.due_at, zone)
    own = format_instant(duty.due_at, own_zone) if own_zone else announced
    return announced if own == announced else f"{announced} ({own} for you)"


def _lower(note: str) -> str:
    return note[:1].lower() + note[1:]
