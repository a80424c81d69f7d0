"""Invented papers with their authors and reviews, written whole."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from papers.arrivals import fold_for_search
from papers.bulk_rows import RowWriter
from papers.demo import words
from papers.demo.people import InventedPerson, invent_people
from papers.demo.texts import invent_abstract, invent_review, invent_title
from papers.models import Author, Paper, Review, Workshop
from papers.replies import REVIEW_NAMES, list_review_values
from papers.submissions import SubmittedReply

# How many papers of a hundred or so have one, two, three ... of it.
AUTHOR_WEIGHTS = {1: 5, 2: 17, 3: 25, 4: 22, 5: 16, 6: 9, 7: 4, 8: 2}
REVIEW_WEIGHTS = {1: 3, 2: 9, 3: 70, 4: 13, 5: 5}
CONFIDENCE_WEIGHTS = {1: 3, 2: 14, 3: 37, 4: 34, 5: 12}
STANDING_WEIGHTS = {"active": 952, "withdrawn": 33, "desk-rejected": 15}
CHOICE_WEIGHTS = {True: 55, False: 35, None: 10}
FULL_SHARE = 0.7
SAME_HOUSE_SHARE = 0.65
PAPERS_PER_PERSON = 1.35
MEAN_QUALITY, QUALITY_SPREAD, REVIEWER_SPREAD = 5.2, 1.15, 1.2
WORST, BEST = 1, 10
PAPERS_AT_ONCE = 500
PAPER_NAMES = (
    *("workshop_id", "note_id", "number", "title", "abstract", "keywords", "track_id", "wants_proceedings", "standing", "venue"),
    *("venueid", "pdf", "extras", "submitted_at", "changed_upstream_at", "search_text", "imported"),
)
AUTHOR_NAMES = ("paper_id", "position", "name", "profile_id", "email", "institutions")


@dataclass(slots=True)
class InventedPaper:
    """One paper before it is written."""

    columns: dict[str, Any]
    authors: list[InventedPerson]
    replies: list[SubmittedReply] = field(default_factory=list)


@transaction.atomic
def write_invented_papers(workshop: Workshop, count: int, *, seed: int, closed_at: dt.datetime) -> None:
    """Write `count` papers into a workshop that has none, submitted until `closed_at`; the same seed makes the same papers."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    people = invent_people(max(12, round(count * 3.8 / PAPERS_PER_PERSON)), dice)
    hostile, taken = _place_hostile_titles(count, dice), set[str]()
    tracks = {track.slug: track.pk for track in workshop.tracks.all()}
    for start in range(1, count + 1, PAPERS_AT_ONCE):
        numbers = range(start, min(count, start + PAPERS_AT_ONCE - 1) + 1)
        _write(
            [
                _invent_paper(workshop, number, people, dice, tracks, closed_at, title=hostile.get(number) or invent_title(dice, taken))
                for number in numbers
            ]
        )


def _place_hostile_titles(count: int, dice: random.Random) -> dict[int, str]:
    wanted = min(len(words.HOSTILE_TITLES), max(1, count // 12))
    return dict(zip(sorted(dice.sample(range(1, count + 1), wanted)), words.HOSTILE_TITLES, strict=False))


def _invent_paper(
    workshop: Workshop,
    number: int,
    people: dict[str, list[InventedPerson]],
    dice: random.Random,
    tracks: dict[str, int],
    closed_at: dt.datetime,
    *,
    title: str,
) -> InventedPaper:
    authors = _draw_authors(people, dice)
    abstract = invent_abstract(dice)
    is_full = dice.random() < FULL_SHARE
    submitted = closed_at - dt.timedelta(minutes=int(dice.expovariate(1 / 900)))
    extras = {"topics": [dice.choice(words.TOPICS)], "invented": "This paper does not exist."}
    keywords = dice.sample(words.KEYWORDS, dice.randint(2, 5))
    described = [_describe(author) for author in authors]
    columns = {
        "workshop_id": workshop.pk,
        "note_id": f"invented{workshop.pk}x{number}",
        "number": number,
        "title": title,
        "abstract": abstract,
        "keywords": keywords,
        "track_id": tracks["full" if is_full else "short"],
        "wants_proceedings": _draw(CHOICE_WEIGHTS, dice) if is_full else None,
        "standing": _draw(STANDING_WEIGHTS, dice),
        "venue": f"Submitted to {workshop}",
        "venueid": f"{workshop.venue_id}/Submission",
        "pdf": f"/pdf/{dice.getrandbits(160):040x}.pdf",
        "extras": extras,
        "submitted_at": submitted,
        "changed_upstream_at": submitted,
        "search_text": fold_for_search(title, abstract, tldr="", keywords=keywords, authors=described, extras=extras),
        "imported": {"title": title, "abstract": abstract, "keywords": keywords, "authors": described},
    }
    paper = InventedPaper(columns, authors)
    if columns["standing"] != Paper.Standing.DESK_REJECTED:
        paper.replies = _invent_replies(workshop, number, dice, closed_at)
    return paper


def _draw_authors(people: dict[str, list[InventedPerson]], dice: random.Random) -> list[InventedPerson]:
    houses = list(people.values())
    home, everybody = dice.choices(houses, [len(house) for house in houses])[0], _draw(AUTHOR_WEIGHTS, dice)
    authors = dict[str, InventedPerson]()
    for _ in range(everybody * 4):
        house = home if dice.random() < SAME_HOUSE_SHARE else dice.choices(houses, [len(one) for one in houses])[0]
        person = dice.choice(house)
        authors.setdefault(person.profile_id, person)
        if len(authors) == everybody:
            break
    return list(authors.values())


def _invent_replies(workshop: Workshop, number: int, dice: random.Random, closed_at: dt.datetime) -> list[SubmittedReply]:
    quality = dice.gauss(MEAN_QUALITY, QUALITY_SPREAD)
    return [_invent_reply(workshop, number, place, quality, dice, closed_at) for place in range(1, _draw(REVIEW_WEIGHTS, dice) + 1)]


def _invent_reply(
    workshop: Workshop, number: int, place: int, quality: float, dice: random.Random, closed_at: dt.datetime
) -> SubmittedReply:
    rating = min(BEST, max(WORST, round(dice.gauss(quality, REVIEWER_SPREAD))))
    confidence = _draw(CONFIDENCE_WEIGHTS, dice)
    content = invent_review(rating, confidence, dice)
    written = closed_at + dt.timedelta(days=dice.randint(9, 23), minutes=dice.randint(0, 1439))
    reviewer = "".join(dice.choices("abcdefghijkmnopqrstuvwxyz", k=4)).capitalize()
    return SubmittedReply(
        note_id=f"invented{workshop.pk}x{number}r{place}",
        kind=Review.Kind.REVIEW,
        name="Official_Review",
        signature=f"{workshop.venue_id}/Submission{number}/Reviewer_{reviewer}",
        rating=float(rating),
        rating_raw=content["rating"],
        confidence=float(confidence),
        confidence_raw=content["confidence"],
        content=content,
        written_at=written,
        changed_at=written,
    )


def _write(papers: list[InventedPaper]) -> None:
    keys = RowWriter(Paper, PAPER_NAMES).insert_for_keys([paper.columns[name] for name in PAPER_NAMES] for paper in papers)
    written = list(zip(keys, papers, strict=True))
    RowWriter(Author, AUTHOR_NAMES).insert(
        (key, place, author.name, author.profile_id, author.email, [author.institution])
        for key, paper in written
        for place, author in enumerate(paper.authors, start=1)
    )
    RowWriter(Review, REVIEW_NAMES).insert(list_review_values(key, reply) for key, paper in written for reply in paper.replies)


def _describe(author: InventedPerson) -> dict[str, Any]:
    described: dict[str, Any] = {"name": author.name, "profile_id": author.profile_id, "institutions": [author.institution]}
    return {**described, "email": author.email} if author.email else described


def _draw(weights: dict[Any, int], dice: random.Random) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]
