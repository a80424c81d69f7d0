"""Who is not in the hand-over, why, what to do: for organizers as a table, for the conference without those who stay out."""

from collections import Counter
from collections.abc import Sequence

from papers.models import Paper
from program.exports.escaping import tidy_line
from program.hand_over.candidates import Candidate, Who
from program.hand_over.printed_names import PrintedName, SplitSource
from program.hand_over.rows import HandedPaper
from program.hand_over.sheets import Table

HEADER = ("paper_id", "title", "track", "is_meant", "reason", "what_to_do", "who_can")


def make_report(candidates: Sequence[Candidate]) -> Table:
    """Return a line for each reason why a paper is not in, for organizers' eyes."""
    lines = [
        [
            _number(candidate.paper),
            tidy_line(candidate.paper.title),
            candidate.paper.track.slug if candidate.paper.track else "",
            "yes" if candidate.is_meant else "no",
            tidy_line(lack.sentence),
            lack.remedy,
            "" if lack.who == Who.NOBODY else str(lack.who),
        ]
        for candidate in candidates
        for lack in candidate.lacks
    ]
    return [list(HEADER), *lines]


def write_missing(candidates: Sequence[Candidate], papers: Sequence[HandedPaper]) -> str:
    """Return what the conference may know: papers meant for the proceedings that are not in, names that are guessed.

    Papers that stay out are counted only.
    """
    waiting = [candidate for candidate in candidates if candidate.is_meant and not candidate.is_in]
    lines = [f"{count_papers(len(papers))} handed over."]
    if waiting:
        lines += ["", f"{count_papers(len(waiting))} meant for the proceedings, not in here:"]
        lines += [f"{_label(candidate)}: {' '.join(lack.sentence for lack in candidate.lacks)}" for candidate in waiting]
    out = Counter(lack.sentence for candidate in candidates if not candidate.is_meant for lack in candidate.lacks)
    if out:
        lines += ["", f"{count_papers(sum(out.values()))} not meant for the proceedings."]
    guessed = list_guessed_names(papers)
    if guessed:
        lines += ["", "Where these names split is a guess (given | family); nobody has confirmed it:"]
        lines += [f"{name.given} | {name.family}" for name in guessed]
    return "".join(f"{tidy_line(line)}\n" for line in lines)


def list_guessed_names(papers: Sequence[HandedPaper]) -> list[PrintedName]:
    """Return each printed name of which nobody said where it splits, in order."""
    found = {name.name: name for paper in papers for name in paper.names if name.source == SplitSource.GUESSED}
    return [found[name] for name in sorted(found)]


def describe_waiting(candidates: Sequence[Candidate]) -> list[str]:
    """Return a line for each paper that is meant and not in, with what to do: as commands print it."""
    return [
        f"{_label(candidate)} “{tidy_line(candidate.paper.title)}”: "
        + " ".join(f"{tidy_line(lack.sentence)} {lack.remedy} ({lack.who})" for lack in candidate.lacks)
        for candidate in candidates
        if candidate.is_meant and not candidate.is_in
    ]


def count_papers(count: int) -> str:
    """Return a count with its noun."""
    return f"{count} paper{'' if count == 1 else 's'}"


def _number(paper: Paper) -> str | int:
    return "" if paper.number is None else paper.number


def _label(candidate: Candidate) -> str:
    number = candidate.paper.number
    return f"#{number}" if number is not None else "A paper without number"
