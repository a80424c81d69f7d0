"""A search for what is owed finds exactly the papers of which the lists of duties say so."""

import datetime as dt
import itertools
import random
from typing import Any

import pytest
from django.utils import timezone

from papers.board_rows import BoardRow, list_file_states
from papers.duties import Duty, list_duties
from papers.editing import edit_paper
from papers.metadata import digest_metadata, find_confirmation, list_outdated_confirmations
from papers.models import (
    Attendance,
    FileExtension,
    FileFinding,
    FileKind,
    FileVerdict,
    FileVersion,
    ImportantDate,
    MetadataConfirmation,
    Paper,
    Presenter,
    User,
    Workshop,
)
from papers.owed_files import OwedFile, is_asked_for_files, list_owed_by_papers
from papers.readiness import BoardQuestion, build_board, sort_by_urgency
from papers.search import SearchMistake, search_papers
from papers.search.handing_in import FILE_STATES
from papers.search.owing import DATED, DEBTS
from papers.sight import find_sight
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop
from tests.papers.handed_in import ask

Lists = tuple[Paper, list[OwedFile], list[Duty]]
NOW = timezone.now()
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
EARLIER, LATER = NOW - DAY, NOW + DAY
UNDATED = ["overdue:metadata", "overdue:presenter", "overdue:attendance"]
CODES = {"metadata": "metadata", "presenter": "presenter", "attendance": "attendance", "proceedings-choice": "proceedings"}


@pytest.fixture
def crowd(db: None) -> Workshop:
    """Return a workshop with a paper for whatever can be combined, drawn with a fixed seed."""
    workshop, olga = make_workshop("crowd26"), make_user("olga@example.org")
    join_workshop(olga, workshop)
    full, short = workshop.tracks.get(slug="full"), workshop.tracks.get(slug="short")
    ask(workshop, "paper", due_at=EARLIER)
    ask(workshop, "paper", track=short, due_at=LATER, is_blocking=False)
    ask(workshop, "form", due_at=EARLIER, is_for_proceedings=True)
    ask(workshop, "poster", due_at=EARLIER, is_optional=True)
    ask(workshop, "slides", track=full, due_at=None)
    ask(workshop, "video", track=full, due_at=EARLIER, is_optional=True, is_blocking=False)
    ask(workshop, "video", due_at=LATER)
    draw = random.Random(26)
    for number in range(1, 51):
        paper = make_paper(
            workshop,
            number=number,
            track=draw.choice((full, short, None)),
            wants_proceedings=draw.choice((True, True, False, None)),
            standing="withdrawn" if number % 15 == 0 else "active",
            is_test=number % 31 == 0,
        )
        if number % 10:
            accept(paper, is_released=number % 11 > 0)
        for kind in FileKind.values:
            _bring(paper, kind, draw)
        _answer(paper, olga, draw)
    make_ready(next(iter(search_papers(find_sight(workshop, olga), "owes:files owes:attendance").order_by("pk"))))
    return workshop


def _bring(paper: Paper, kind: str, draw: random.Random) -> None:
    """Bring some versions of a file, each with whatever can be said of it."""
    for number in range(1, draw.choice((1, 2, 2, 3, 4))):
        withdrawn = NOW if draw.random() < 0.2 else None
        version = FileVersion.objects.create(
            paper=paper, kind=kind, number=number, link="https://a.example/v", at=EARLIER, withdrawn_at=withdrawn
        )
        for place, severity in enumerate(draw.choice(((), ("block",), ("block",), ("warn",), ("warn", "block")))):
            overridden = {"overridden_at": NOW, "override_reason": "Fine"} if draw.random() < 0.3 else {}
            FileFinding.objects.create(version=version, position=place, code="x", severity=severity, sentence="X.", **overridden)
        verdict = draw.choice((None, None, True, False))
        if verdict is not None:
            FileVerdict.objects.create(version=version, is_approved=verdict, reasons="" if verdict else "No", at=NOW)
    if draw.random() < 0.3:
        FileExtension.objects.create(paper=paper, kind=kind, due_at=draw.choice((LATER, EARLIER)), reason="Ill", at=NOW)


def _answer(paper: Paper, olga: User, draw: random.Random) -> None:
    """Let authors say some of what they are asked for; some of what they confirmed changes, or changes back."""
    author = paper.authors.get(position=1)
    if draw.random() < 0.5:
        Presenter.objects.create(paper=paper, author=author, mode="remote", at=NOW)
    if draw.random() < 0.5:
        Attendance.objects.create(author=author, at=NOW)
    if draw.random() < 0.6:
        MetadataConfirmation.objects.create(paper=paper, digest=digest_metadata(paper), at=NOW)
        for title in draw.choice(((), (), ("Another title",), ("Another title", paper.title))):
            edit_paper(paper, field="title", value=title, by=olga)


def make_ready(paper: Paper) -> None:
    """Bring and say all that a paper owes."""
    for kind in FileKind.values:
        FileVersion.objects.create(paper=paper, kind=kind, number=9, link="https://a.example/v", at=EARLIER)
    author = paper.authors.get(position=1)
    Presenter.objects.get_or_create(paper=paper, defaults={"author": author, "mode": "remote", "at": NOW})
    Attendance.objects.create(author=author, at=NOW)
    MetadataConfirmation.objects.update_or_create(paper=paper, defaults={"digest": digest_metadata(paper), "at": timezone.now()})
    Paper.objects.filter(pk=paper.pk).update(wants_proceedings=True)


def list_found(workshop: Workshop, olga: User, text: str) -> list[int | None]:
    return sorted(search_papers(find_sight(workshop, olga), text).values_list("number", flat=True), key=str)


def list_lists(workshop: Workshop) -> list[Lists]:
    """Return what the lists tell of each paper that owes something, in the order in which searches are compared."""
    papers = [paper for paper in Paper.objects.filter(workshop=workshop).select_related("workshop") if is_asked_for_files(paper)]
    for paper in papers:
        paper.workshop = workshop
    duties, owed = list_duties(papers), list_owed_by_papers(workshop, papers)
    lists = [(paper, files, duties[paper.pk]) for paper, files in zip(papers, owed, strict=True)]
    return sorted(lists, key=lambda one: str(one[0].number))


@pytest.fixture
def olga(crowd: Workshop) -> User:
    return User.objects.get(email="olga@example.org")


@pytest.mark.parametrize(
    ("date", "silent"),
    [
        (EARLIER, ["owes:proceedings-choice", "owes:supplement", "overdue:supplement", "overdue:slides"]),
        (LATER, [*UNDATED, "owes:supplement", "overdue:supplement", "overdue:slides"]),
        (None, [*UNDATED, "owes:supplement", "overdue:supplement", "overdue:slides"]),
    ],
)
def test_search_finds_whom_the_lists_name(crowd: Workshop, olga: User, date: dt.datetime | None, silent: list[str]) -> None:
    ImportantDate.objects.create(workshop=crowd, kind="metadata", name="Metadata", at=date)
    ImportantDate.objects.create(workshop=crowd, kind="camera-ready", name="Camera-ready", at=date and date + HOUR)
    lists = list_lists(crowd)
    told = {
        "owes:files": [paper.number for paper, files, _ in lists if any(one.is_due for one in files)],
        "overdue:files": [paper.number for paper, files, _ in lists if any(one.is_overdue for one in files)],
        "owes:none": [paper.number for paper, _, duties in lists if not any(duty.is_due for duty in duties)],
        "owes:any": [paper.number for paper, _, duties in lists if any(duty.is_due for duty in duties)],
        "overdue:none": [paper.number for paper, _, duties in lists if not any(duty.is_overdue for duty in duties)],
        "overdue:any": [paper.number for paper, _, duties in lists if any(duty.is_overdue for duty in duties)],
        "has:camera-ready": [paper.number for paper, files, _ in lists if has_version(paper) and not any(one.is_due for one in files)],
    }
    for word, code in CODES.items():
        told[f"owes:{word}"] = [paper.number for paper, _, duties in lists if any(duty.is_due for duty in duties if duty.code == code)]
        if word in DATED:
            told[f"overdue:{word}"] = [
                paper.number for paper, _, duties in lists if any(duty.is_overdue for duty in duties if duty.code == code)
            ]
    for kind in FileKind.values:
        told[f"owes:{kind}"] = [paper.number for paper, files, _ in lists if any(one.is_due for one in files if one.kind == kind)]
        told[f"overdue:{kind}"] = [paper.number for paper, files, _ in lists if any(one.is_overdue for one in files if one.kind == kind)]
    same = {"owes:pdf": "owes:paper", "owes:copyright": "owes:form", "owes:camera-ready": "owes:files", "owes:overdue": "overdue:any"}
    told |= {text: told[other] for text, other in same.items()}
    assert {text: list_found(crowd, olga, text) for text in told} == told
    assert [text for text, numbers in told.items() if not numbers] == silent


@pytest.mark.parametrize("date", [EARLIER, None])
def test_board_tells_what_the_lists_tell(crowd: Workshop, olga: User, date: dt.datetime | None) -> None:
    ImportantDate.objects.create(workshop=crowd, kind="metadata", name="Metadata", at=date)
    ImportantDate.objects.create(workshop=crowd, kind="camera-ready", name="Camera-ready", at=date and date + HOUR)
    rows = {row.number: row for row in build_board(find_sight(crowd, olga), BoardQuestion()).everything}
    lists = list_lists(crowd)
    told = {number: tell_row(row) for number, row in rows.items()}
    assert told == {paper.number: tell_lists(files, duties) for paper, files, duties in lists}
    assert [row.number for row in sort_by_urgency(rows.values())] == [paper.number for paper, _, _ in sorted(lists, key=rank)]
    first = {(paper.number, one.kind): one.versions[-1].at for paper, files, _ in lists for one in files if one.versions}
    assert {key: rows[key[0]].came_at[key[1]] for key in first} == first


def tell_row(row: BoardRow) -> tuple[dict[str, object], dict[str, tuple[bool, bool]], int, int]:
    """Return how far each file and each word is, how much is owed, overdue."""
    situation = row.situation
    said = {item.kind: (not item.is_said, item.is_overdue) for item in situation.said if item}
    return {one.kind: tell_file(one) for one in situation.cells if one}, said, situation.due_count, situation.overdue_count


def tell_lists(files: list[OwedFile], duties: list[Duty]) -> tuple[dict[str, object], dict[str, tuple[bool, bool]], int, int]:
    """Return the same from the lists of one paper; the choice about the proceedings is never overdue."""
    said = {duty.code: (duty.is_due, duty.is_overdue) for duty in duties if duty.code != "file"}
    due = [duty for duty in duties if duty.code != "file" and duty.is_due]
    return (
        {one.kind: tell_file(one) for one in files},
        said,
        sum(one.is_due for one in files) + len(due),
        sum(one.is_overdue for one in files) + sum(duty.is_overdue for duty in due),
    )


def tell_file(one: OwedFile) -> object:
    warnings = getattr(one.current, "warn_count", 0)
    return one.requirement.pk, one.state_words, one.due_at, one.extension is None, one.is_due, one.is_overdue, one.block_count, warnings


def rank(lists: Lists) -> tuple[int, int, dt.datetime, int, int]:
    """Put what is most overdue first, then what is due next, then who owes most, then by number."""
    paper, files, duties = lists
    owed: list[OwedFile | Duty] = [one for one in files if one.is_due]
    owed += [duty for duty in duties if duty.code != "file" and duty.is_due]
    dates = [one.due_at for one in owed if one.due_at]
    overdue = sum(one.is_overdue for one in owed)
    return -overdue, not owed, min(dates, default=dt.datetime.max.replace(tzinfo=dt.UTC)), -len(owed), paper.number or 0


def has_version(paper: Paper) -> bool:
    return paper.file_versions.filter(withdrawn_at__isnull=True).exists()


def test_search_finds_files_by_their_states(crowd: Workshop, olga: User) -> None:
    lists = list_lists(crowd)
    told = {
        f"file:{kind}-{state}".replace(":-", ":"): [
            paper.number for paper, files, _ in lists if any(state in list_file_states(one) for one in files if kind in {"", one.kind})
        ]
        for state, kind in itertools.product(FILE_STATES, ["", *FileKind.values])
    }
    assert {text: list_found(crowd, olga, text) for text in told} == told
    assert [state for state in FILE_STATES if not told[f"file:{state}"]] == []


def test_outdated_confirmations_are_those_that_no_longer_hold(crowd: Workshop) -> None:
    papers = Paper.objects.filter(workshop=crowd, metadata_confirmation__isnull=False).order_by("pk")
    outdated = [paper.pk for paper in papers if find_confirmation(paper) is None]
    assert (list_outdated_confirmations(crowd), 0 < len(outdated) < len(papers)) == (outdated, True)


def test_where_no_files_are_asked_for_openreview_tells(db: None) -> None:
    workshop, olga = make_workshop(), make_user()
    join_workshop(olga, workshop)
    for number, is_there in ((1, True), (2, False)):
        accept(make_paper(workshop, number=number, has_upstream_camera_ready=is_there, license="CC" if is_there else ""), is_released=True)
    asked = ("owes:camera-ready", "has:camera-ready", "owes:copyright", "owes:files", "owes:form")
    assert [list_found(workshop, olga, text) for text in asked] == [[2], [1], [2], [], []]


def test_unreleased_acceptance_owes_nothing(db: None) -> None:
    workshop, olga = make_workshop(), make_user()
    join_workshop(olga, workshop)
    ask(workshop, "paper", due_at=EARLIER)
    paper = make_paper(workshop, track=None)
    decision = accept(paper)
    texts = [f"{term}:{value}" for term, values in (("owes", DEBTS), ("overdue", DATED), ("file", FILE_STATES)) for value in values]
    texts += ["owes:any", "owes:none", "owes:overdue", "overdue:any", "overdue:none", "has:camera-ready"]
    assert {text: list_found(workshop, olga, text) for text in texts} == {text: [] for text in texts}
    decision.released_at = NOW
    decision.save()
    assert list_found(workshop, olga, "owes:any overdue:paper file:owed owes:track") == [paper.number]


def test_search_is_one_query_beside_what_it_looks_up(crowd: Workshop, olga: User, django_assert_num_queries: Any) -> None:
    sight = find_sight(crowd, olga)
    Paper.objects.filter(workshop=crowd).update(title="Fresh")
    for text, count in (("owes:presenter", 1), ("owes:files", 2), ("owes:poster overdue:form file:returned", 2)):
        with django_assert_num_queries(count):
            list(search_papers(sight, text))


def test_unknown_words_are_explained(db: None) -> None:
    workshop, olga = make_workshop(), make_user()
    join_workshop(olga, workshop)
    for text, sentence in (
        ("file:postr-returned", "“file” can't be “postr-returned”; did you mean “poster-returned”?"),
        ("overdue:presentr", "“overdue” can't be “presentr”; did you mean “presenter”?"),
    ):
        with pytest.raises(SearchMistake) as mistake:
            list_found(workshop, olga, text)
        assert mistake.value.sentence == sentence
