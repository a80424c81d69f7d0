"""What accepted papers still owe once their authors know, as far as the data can tell."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from papers.author_dates import find_metadata_date, find_presenter_date
from papers.models import Author, FileKind, MetadataConfirmation, Presenter, Track
from papers.search.asked import Asked, Known
from papers.search.handing_in import NOTHING, due_files, is_asked, late_files, owing
from papers.search.holding import among

Condition = Callable[[Known], Q]


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing that an accepted paper may owe; `lacks` is the condition that it does, `late` that it should not by now."""

    label: str
    lacks: Condition
    late: Condition | None = None


def _lacks_authors(known: Known) -> Q:
    named = Author.objects.filter(paper__workshop=known.workshop).order_by()
    return Q(has_hidden_authors=True) | ~among(named)


def _lacks_camera_ready(known: Known) -> Q:
    return due_files(known) if is_asked(known) else Q(has_upstream_camera_ready=False)


def _lacks_license(known: Known) -> Q:
    return due_files(known, FileKind.FORM) if is_asked(known, FileKind.FORM) else Q(license="")


def _lacks_confirmation(known: Known) -> Q:
    confirmed = MetadataConfirmation.objects.filter(paper__workshop=known.workshop).order_by()
    return ~among(confirmed) | Q(pk__in=known.outdated)


def _lacks_choice(known: Known) -> Q:
    """Return the condition that authors may still choose and have not: with the date for it the choice is out of their hands."""
    due = find_metadata_date(known.workshop)
    if due and known.now > due:
        return NOTHING
    return Q(track__proceedings=Track.Proceedings.OPTION, wants_proceedings__isnull=True)


def _lacks_presenter(known: Known) -> Q:
    return ~among(Presenter.objects.filter(paper__workshop=known.workshop).order_by())


def _lacks_attendance(known: Known) -> Q:
    return ~among(Author.objects.filter(paper__workshop=known.workshop, attendance__isnull=False).order_by())


def _after_metadata_date(lacks: Condition) -> Condition:
    def is_late(known: Known) -> Q:
        due = find_metadata_date(known.workshop)
        return lacks(known) if due and known.now > due else NOTHING

    return is_late


def _after_presenter_date(lacks: Condition) -> Condition:
    def is_late(known: Known) -> Q:
        due = find_presenter_date(known.workshop)
        return lacks(known) if due and known.now > due else NOTHING

    return is_late


def _file(label: str, *kinds: str) -> Debt:
    return Debt(label, lambda known: due_files(known, *kinds), lambda known: late_files(known, *kinds))


# What authors are asked for; `any`, `none` and `overdue` are about these.
DUTIES: dict[str, Debt] = {
    "files": _file("any of the files asked for: it did not come, came back, or a check blocks it"),
    "metadata": Debt("that an author confirms the metadata", _lacks_confirmation, _after_metadata_date(_lacks_confirmation)),
    "presenter": Debt("who presents it", _lacks_presenter, _after_presenter_date(_lacks_presenter)),
    "attendance": Debt("that at least one author comes", _lacks_attendance, _after_presenter_date(_lacks_attendance)),
    "proceedings-choice": Debt("whether it goes into the proceedings, while authors may choose", _lacks_choice),
}
# A stage that can tell of another debt adds it here.
DEBTS: dict[str, Debt] = {
    "paper": _file("the PDF", FileKind.PAPER),
    "supplement": _file("the supplement", FileKind.SUPPLEMENT),
    "form": _file("the copyright form", FileKind.FORM),
    "poster": _file("the poster", FileKind.POSTER),
    "slides": _file("the slides", FileKind.SLIDES),
    "video": _file("the link to the video", FileKind.VIDEO),
    **DUTIES,
    "camera-ready": Debt("the files asked for; where none are, OpenReview's final files", _lacks_camera_ready, late_files),
    "copyright": Debt(
        "the copyright form; where none is asked for, a license", _lacks_license, lambda known: late_files(known, FileKind.FORM)
    ),
    "presentation": Debt("oral, poster or the like", lambda known: Q(decision__presentation__isnull=True)),
    "track": Debt("a track", lambda known: Q(track__isnull=True)),
    "authors": Debt("authors who may be named", _lacks_authors),
}
ALIASES = {"pdf": "paper", "license": "copyright"}
DATED = {word: debt for word, debt in DEBTS.items() if debt.late}


def find_debt(asked: Asked) -> Q:
    """Find accepted papers that owe something."""
    known = asked.known
    choices: dict[str, Callable[[], Q]] = {
        word: lambda debt=debt: owing(known, debt.lacks(known))  # type: ignore[misc]
        for word, debt in DEBTS.items()
    }
    choices |= {alias: choices[word] for alias, word in ALIASES.items()}
    choices["any"] = lambda: owing(known, _owes_any(known))
    choices["none"] = lambda: owing(known, ~_owes_any(known))
    choices["overdue"] = lambda: owing(known, _is_late(known))
    return asked.choose(choices)


def find_overdue(asked: Asked) -> Q:
    """Find accepted papers that should have brought something by now."""
    known = asked.known
    choices: dict[str, Callable[[], Q]] = {
        word: lambda late=debt.late: owing(known, late(known))  # type: ignore[misc]
        for word, debt in DATED.items()
    }
    choices |= {alias: choices[word] for alias, word in ALIASES.items()}
    choices["any"] = lambda: owing(known, _is_late(known))
    choices["none"] = lambda: owing(known, ~_is_late(known))
    return asked.choose(choices)


def _owes_any(known: Known) -> Q:
    return reduce(or_, (debt.lacks(known) for debt in DUTIES.values()))


def _is_late(known: Known) -> Q:
    return reduce(or_, (debt.late(known) for debt in DUTIES.values() if debt.late), NOTHING)
