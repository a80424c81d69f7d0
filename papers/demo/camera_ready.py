"""Invented authors do a part of what they owe; invented organizers look at it: all through the real stages."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress

from papers.attendance import confirm_attendance, name_presenter
from papers.author_dates import find_presenter_date
from papers.camera_ready import approve_file, receive_file, return_file
from papers.change_requests import read_authors, request_authors
from papers.claims import link_claims_of_workshop
from papers.demo.pdfs import is_writable, write_pdf
from papers.file_checks import KIND, Checker, check_version
from papers.file_rules import ask_for_file
from papers.letters.habits import set_notices
from papers.metadata import confirm_metadata, digest_metadata
from papers.models import FileVersion, Job, Paper, Presenter, User, Workshop
from papers.owed_files import list_owed_by_papers
from papers.pdf_checks.unguarded import check_unguarded, crop_unguarded

UNGUARDED = Checker(check_unguarded, crop_unguarded)
# How many papers of a hundred or so are how far with their PDF.
PROGRESS_WEIGHTS = {"owed": 16, "blocked": 12, "received": 22, "returned": 8, "approved": 42}
MODE_WEIGHTS = {Presenter.Mode.IN_PERSON: 78, Presenter.Mode.REMOTE: 14, Presenter.Mode.RECORDED: 8}
FAULT_WEIGHTS = {"loose font": 4, "marks of review": 5, "too long": 3}
CONFIRMED, NAMED, COMING, SUPPLEMENTED, SIGNED, ASKING = 0.62, 0.7, 0.66, 0.25, 0.6, 0.04
BODY_PAGES, GRACE_MINUTES = 1, 720
REASON = "Invented reason: the acknowledgments name nobody. Please add whom you thank, and hand it in again."


def hand_files_in(workshop: Workshop, *, by: User, seed: int, find_user: Callable[[str], User]) -> None:
    """Ask for files, then let the authors of the accepted papers hand in, confirm, name, attend, each as far as they got.

    `find_user` finds or makes the account of an address. Each file is checked; since it was written here, without a process of
    its own, so that 400 papers take seconds.
    """
    set_notices(workshop, by=by, tells_returns=False, tells_answers=False)  # nobody is there to read them
    due = find_presenter_date(workshop)
    ask_for_file(workshop, track=None, kind="paper", by=by, due_at=due, grace_minutes=GRACE_MINUTES, note="Use the final mode of the kit.")
    ask_for_file(workshop, track=None, kind="form", by=by, due_at=due, is_for_proceedings=True, note="One signature is enough.")
    ask_for_file(workshop, track=None, kind="supplement", by=by, due_at=due, is_optional=True)
    speakers = _give_accounts(workshop, find_user)
    dice = random.Random(seed)  # noqa: S311 (no secret)
    for paper in Paper.objects.in_workshop(workshop).accepted().active().prefetch_related("authors").order_by("number", "pk"):
        paper.workshop = workshop
        speaker, progress = speakers.get(paper.pk), _draw(PROGRESS_WEIGHTS, dice)
        if speaker and is_writable(paper.title, paper.abstract, *(author.name for author in paper.authors.all())):
            _hand_in(paper, progress, dice, author=speaker, organizer=by)
            _say(paper, dice, by=speaker, has_more=progress == "approved")
    Job.objects.filter(workshop=workshop, kind=KIND).delete()  # their work is done already


def _give_accounts(workshop: Workshop, find_user: Callable[[str], User]) -> dict[int, User]:
    """Give each first author of an accepted paper whose address is known an account; return who speaks for which paper."""
    papers = Paper.objects.in_workshop(workshop).accepted().active().prefetch_related("authors")
    writers = {paper.pk: next(iter(paper.authors.all()), None) for paper in papers}
    users = {author.email: find_user(author.email) for author in writers.values() if author and author.email}
    EmailAddress.objects.filter(user__in=users.values()).update(verified=True)
    for author in writers.values():
        if author and author.email and not users[author.email].name:
            users[author.email].name = author.name
            users[author.email].save(update_fields=["name"])
    link_claims_of_workshop(workshop)
    return {paper: users[author.email] for paper, author in writers.items() if author and author.email}


def _hand_in(paper: Paper, progress: str, dice: random.Random, *, author: User, organizer: User) -> None:
    if progress == "owed":
        return
    fault = _draw(FAULT_WEIGHTS, dice) if progress == "blocked" else ""
    version = _receive(paper, "paper", _write(paper, fault), f"camera-ready-{paper.number}.pdf", by=author)
    if progress == "returned":
        return_file(version, reasons=REASON, by=organizer)
    elif progress == "approved" and not any(finding.is_standing for finding in version.findings.all()):
        approve_file(version, by=organizer)
    asked = {owed.kind for owed in list_owed_by_papers(paper.workshop, [paper])[0]}
    if "form" in asked and dice.random() < SIGNED:
        form = write_pdf(f"Copyright form of paper {paper.number}", ["Signed: nobody"], body_pages=1)
        signed = _receive(paper, "form", form, "form.pdf", by=author)
        if progress == "approved":
            approve_file(signed, by=organizer)
    if dice.random() < SUPPLEMENTED:
        _receive(paper, "supplement", _zip(paper), "supplement.zip", by=author)


def _receive(paper: Paper, kind: str, content: bytes, name: str, *, by: User) -> FileVersion:
    received = receive_file(paper, kind=kind, content=io.BytesIO(content), name=name, by=by)
    version = FileVersion.objects.with_all().get(pk=received.pk)
    check_version(version, checker=UNGUARDED)
    return FileVersion.objects.with_all().get(pk=received.pk)


def _write(paper: Paper, fault: str) -> bytes:
    limit = paper.track.page_limit if paper.track else None
    pages = limit if fault == "too long" and limit else BODY_PAGES
    authors = [author.name for author in paper.authors.all()]
    return write_pdf(paper.title, authors, abstract=paper.abstract, body_pages=pages, fault=fault)


def _zip(paper: Paper) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo("code/count.py", (2000, 1, 1, 0, 0, 0))
        archive.writestr(member, f"# Invented, for paper {paper.number}.\nprint({paper.number})\n")
    return stream.getvalue()


def _say(paper: Paper, dice: random.Random, *, by: User, has_more: bool) -> None:
    """Let an author confirm, name a presenter, attend, ask for another order; who has an approved file has done more of it."""
    authors = list(paper.authors.all())
    more = 0.25 if has_more else 0.0
    if dice.random() < NAMED + more:
        name_presenter(paper, author=dice.choice(authors), mode=_draw(MODE_WEIGHTS, dice), by=by)
    if dice.random() < COMING + more:
        confirm_attendance(paper, author=authors[0], by=by)
    if dice.random() < CONFIRMED + more:
        held = Paper.objects.for_merge([paper.pk])[paper.pk]
        confirm_metadata(paper, digest=digest_metadata(held), by=by)
    people = read_authors(paper)
    if len(people) > 1 and len({person["name"] for person in people}) == len(people) and dice.random() < ASKING:
        request_authors(paper, authors=[*people[1:], people[0]], reason="Invented reason: it was agreed like this.", by=by)


def _draw(weights: dict[Any, int], dice: random.Random) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]
