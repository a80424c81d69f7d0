"""Looks over every letter of a mailing before one is kept: what is empty, who can't be reached, who has it already."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from papers.letter_debts import Debts, find_debts, foresee_debts
from papers.letter_fields import NOTHING_OWED, Frame, make_values, read_frame
from papers.letters.recipients import Recipient, Unreachable, find_recipients
from papers.letters.selection import find_letter_papers, find_untold_papers
from papers.letters.templates import ReadDraft, describe_template, read_draft
from papers.models import Letter, LetterTemplate, Paper, Route
from papers.naming import begin_with_paper, name_paper
from papers.sight import Sight
from papers.texts import clean_line

NAMED = 30
BOUNCED, REPEATED, EMPTY, UNREACHED = "bounced", "repeated", "empty", "unreached"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it would be sent."""

    recipient: Recipient
    subject: str
    body: str
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to look at before sending; a sentence, and who or what it is about, a line each."""

    code: str
    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What a mailing would do: its letters, what forbids it, what somebody has to confirm, `digest` of it all.

    `is_untold`: it tells what is not released yet.
    """

    letters: tuple[Written, ...]
    paper_count: int
    refusals: tuple[str, ...]
    concerns: tuple[Concern, ...]
    repeat_count: int = 0
    is_untold: bool = False

    @property
    def digest(self) -> str:
        """Return a mark of letters and concerns; what changed since it was shown has another."""
        parts = [f"{row.recipient.paper.pk}\n{row.recipient.address}\n{row.subject}\n{row.body}" for row in self.letters]
        parts += [f"{concern.code}\n{concern.sentence}\n{concern.details}" for concern in self.concerns]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def check_template(template: LetterTemplate, *, sight: Sight, route: str = Route.MAIL, skips_repeats: bool = True) -> Check:
    """Return what sending a template now would do: its papers are those that its search finds for `sight`.

    Refused are mistakes in the words, papers whose decision is not released although the letter tells of it, and nobody to
    write to. Raises SearchMistake.
    """
    frame = read_frame(template.workshop)
    read = read_draft(describe_template(template), frame)
    if read.mistakes:
        return Check((), 0, tuple(sentence for part in read.mistakes.values() for sentence in part), ())
    untold = find_untold_papers(read, frame, sight)
    if untold:
        return Check((), 0, (_refuse_untold(untold),), (), is_untold=True)
    papers = find_letter_papers(sight, template.query).for_letters(with_reviews=read.has_reviews, with_debts=read.has_debts)
    check = check_papers(template, read, frame, papers, route=route, skips_repeats=skips_repeats)
    if check.letters or check.refusals:
        return check
    why = "everybody has this letter already." if check.repeat_count else "no paper fits its search." if not check.paper_count else ""
    return replace(check, refusals=(f"There is nobody to write to: {why or 'no author of these papers can be reached.'}",))


def check_papers(
    template: LetterTemplate,
    read: ReadDraft,
    frame: Frame,
    papers: Iterable[Paper],
    *,
    route: str,
    skips_repeats: bool = True,
    is_ahead: bool = False,
) -> Check:
    """Return what sending the template to these papers would do, with `is_ahead` once their decisions are released.

    As many queries for 3 as for 3,000.
    """
    held = list(papers)
    recipients, unreachable = find_recipients(held, audience=template.audience, route=route)
    before = Letter.objects.sent_before(template)
    repeated = [row for row in recipients if (row.paper.pk, row.address.lower()) in before]
    if skips_repeats and repeated:
        recipients = [row for row in recipients if (row.paper.pk, row.address.lower()) not in before]
    bounced = Letter.objects.find_bounced(template.workshop)
    debts = (foresee_debts(held) if is_ahead else find_debts(held)) if read.has_debts else {}
    letters = tuple(write_letter(read, frame, row, debts=debts.get(row.paper.pk, NOTHING_OWED)) for row in recipients)
    concerns = find_concerns(held, letters, unreachable, repeated=repeated, bounced=bounced)
    if repeated and not skips_repeats:
        concerns.append(_name_repeated(repeated))
    return Check(letters, len(held), (), tuple(concerns), len(repeated) if skips_repeats else 0)


def find_concerns(
    papers: list[Paper],
    letters: tuple[Written, ...],
    unreachable: list[Unreachable],
    *,
    repeated: list[Recipient],
    bounced: dict[str, str],
) -> list[Concern]:
    """Return what somebody has to look at: empty fields, authors without an address, addresses that failed before."""
    recipients = [letter.recipient for letter in letters]
    return [*_find_empty(letters), *_find_unreached(papers, unreachable, letters, repeated), *_find_bounced(recipients, bounced)]


def write_letter(read: ReadDraft, frame: Frame, recipient: Recipient, *, has_decision: bool = True, debts: Debts = NOTHING_OWED) -> Written:
    """Return the letter for one recipient; a field can't break out of the subject's line."""
    values = make_values(
        frame,
        recipient.paper,
        name=recipient.name,
        is_first=recipient.is_first,
        has_decision=has_decision,
        has_reviews=has_decision and read.has_reviews,
        debts=debts,
        zone=recipient.zone,
    )
    subject, body = read.subject.render(values), read.body.render(values)
    text = body.text.strip("\n") + "\n"
    return Written(recipient, clean_line(subject.text)[:500], text, tuple(dict.fromkeys((*subject.empty, *body.empty))))


def list_numbers(papers: Iterable[Paper]) -> str:
    """Return how sentences call many papers: 12, 40 and 9 more."""
    names = list(dict.fromkeys(str(paper.number) if paper.number is not None else f"“{paper.title[:40]}”" for paper in papers))
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"


def count_papers_in_words(count: int) -> str:
    """Return 1 paper, 2 papers."""
    return f"{count} paper{'' if count == 1 else 's'}"


def _refuse_untold(papers: list[Paper]) -> str:
    many = len(papers) != 1
    return (
        f"This letter tells of decisions or reviews, but the decision{'s' if many else ''} on {count_papers_in_words(len(papers))} "
        f"{'are' if many else 'is'} not released: {list_numbers(papers)}. Release first, or send the letter with the release."
    )


def _find_empty(letters: tuple[Written, ...]) -> list[Concern]:
    lacking: dict[str, dict[int, Paper]] = {}
    for row in letters:
        for name in row.empty:
            lacking.setdefault(name, {})[row.recipient.paper.pk] = row.recipient.paper
    return [
        Concern(EMPTY, f"{name} is printed and empty for {count_papers_in_words(len(papers))}: {list_numbers(papers.values())}.")
        for name, papers in lacking.items()
    ]


def _find_unreached(
    papers: list[Paper], unreachable: list[Unreachable], letters: tuple[Written, ...], repeated: list[Recipient]
) -> list[Concern]:
    if not unreachable:
        return []
    reached = {row.recipient.paper.pk for row in letters} | {row.paper.pk for row in repeated}
    lost = [paper for paper in papers if paper.pk not in reached]
    details = tuple(
        f"{begin_with_paper(row.paper)}: {row.name} {row.reason}." if row.name else f"{begin_with_paper(row.paper)} {row.reason}."
        for row in unreachable
    )
    named = sum(1 for row in unreachable if row.name)
    nobody = f" Nobody at all gets the letter on {count_papers_in_words(len(lost))}: {list_numbers(lost)}." if lost else ""
    return [Concern(UNREACHED, f"{named} author{'' if named == 1 else 's'} can't be reached by mail.{nobody}", details)]


def _find_bounced(recipients: list[Recipient], bounced: dict[str, str]) -> list[Concern]:
    rows = [row for row in recipients if row.address.lower() in bounced]
    if not rows:
        return []
    details = tuple(f"{row.address} ({name_paper(row.paper)}): {bounced[row.address.lower()][:200]}" for row in rows)
    count = len({row.address.lower() for row in rows})
    return [Concern(BOUNCED, f"Letters to {count} address{'' if count == 1 else 'es'} came back or were refused before.", details)]


def _name_repeated(repeated: list[Recipient]) -> Concern:
    papers = {row.paper.pk: row.paper for row in repeated}
    return Concern(
        REPEATED,
        f"{len(repeated)} recipient{'' if len(repeated) == 1 else 's'} on {count_papers_in_words(len(papers))} already got this letter "
        f"and would get it a second time: {list_numbers(papers.values())}.",
    )
