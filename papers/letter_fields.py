"""What may stand in a letter: its fields with their values for one paper."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from papers.letter_debts import DEBT_FIELDS, Debts, describe_debts
from papers.letter_language import Field, Values
from papers.listings import is_in_proceedings
from papers.models import Decision, ImportantDate, Paper, Review, Workshop
from papers.texts import clean_line, clean_text
from papers.zones import AOE, format_day, format_instant

REVIEWS = "reviews"

FIELDS = {
    "recipient.name": Field("Name of the author who gets the letter"),
    "paper.title": Field("Title"),
    "paper.number": Field("Number"),
    "paper.authors": Field("All authors in printed order"),
    "paper.track": Field("Track, e.g. Short papers"),
    "paper.page_limit": Field("How many pages its track allows"),
    "paper.forum": Field("Its OpenReview forum"),
    "paper.page": Field("Its page for authors on this site"),
    "paper.outcome": Field("accepted or not accepted", tells=True),
    "paper.presentation": Field("Presentation, e.g. Oral", tells=True),
    "paper.award": Field("Award, e.g. Best Paper", tells=True),
    "paper.decision_comment": Field("The decision's comment to the authors", tells=True),
    REVIEWS: Field("The reviews, without names and without what is meant for the organizers", tells=True),
    "workshop.name": Field("Name of the workshop"),
    "workshop.short_name": Field("Short name with year, e.g. SyntaGen 2026"),
    "workshop.conference": Field("Conference at which it takes place"),
    "workshop.place": Field("Place"),
    "workshop.room": Field("Room"),
    "workshop.days": Field("First and last day"),
    "workshop.contact": Field("Mail address of the organizers"),
    "workshop.booktitle": Field("Proceedings as BibTeX names them"),
    "paper.is_accepted": Field("The paper is accepted", is_condition=True, tells=True),
    "paper.is_rejected": Field("The paper is rejected", is_condition=True, tells=True),
    "paper.is_winner": Field("The paper wins an award", is_condition=True, tells=True),
    "paper.is_in_proceedings": Field("The paper goes into the proceedings, by track and choice", is_condition=True),
    "paper.may_choose_proceedings": Field("Authors of its track choose, and these have not yet", is_condition=True),
    "paper.is_never_in_proceedings": Field("Its track never enters the proceedings", is_condition=True),
    "recipient.is_first_author": Field("The recipient is the first author", is_condition=True),
    **DEBT_FIELDS,
}
NOTHING_OWED = Debts()

# What reviewers write for authors. Whatever else a form asks stays inside: nobody knows for whom it was meant.
QUOTED = (
    "title",
    "summary",
    "paper_summary",
    "strengths",
    "paper_strengths",
    "weaknesses",
    "paper_weaknesses",
    "strengths_and_weaknesses",
    "review",
    "main_review",
    "questions",
    "limitations",
    "comments_to_authors",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all letters of a workshop have in common: the fields there are, the values that are the same for every paper."""

    slug: str
    fields: dict[str, Field]
    values: dict[str, str | bool]
    presentations: tuple[str, ...]
    tracks: tuple[str, ...]
    zone: str = "UTC"


def read_frame(workshop: Workshop) -> Frame:
    """Return the fields of the workshop's letters; each presentation kind, track and date brings its own."""
    fields = dict(FIELDS)
    kinds, tracks = workshop.presentation_kinds.all(), workshop.tracks.all()
    for kind in kinds:
        fields[name_condition(kind.slug)] = Field(f"The presentation is {kind.name}", is_condition=True, tells=True)
    for track in tracks:
        fields[name_condition(track.slug)] = Field(f"The track is {track.name}", is_condition=True)
    dates = _read_dates(workshop)
    labels = dict(ImportantDate.Kind.choices)
    fields |= {f"dates.{_word(kind)}": Field(f"Date: {label}, in its zone and AoE") for kind, label in labels.items() if kind in dates}
    values = _describe_workshop(workshop) | {f"dates.{_word(kind)}": date for kind, date in dates.items()}
    return Frame(workshop.slug, fields, values, tuple(kind.slug for kind in kinds), tuple(track.slug for track in tracks), workshop.zone)


def name_condition(slug: str) -> str:
    """Return the condition that asks for a presentation kind or a track."""
    return f"paper.is_{_word(slug)}"


def make_values(
    frame: Frame,
    paper: Paper,
    *,
    name: str,
    is_first: bool = False,
    has_decision: bool,
    has_reviews: bool = False,
    debts: Debts = NOTHING_OWED,
    zone: str = "",
) -> Values:
    """Return every field's value for one recipient of a letter on `paper`; no query, as long as its relations were brought along.

    Without `has_decision` the decision reads as none, without `has_reviews` the reviews read as none. `zone` is the recipient's own.
    """
    decision: Decision | None = getattr(paper, "decision", None) if has_decision else None
    track = paper.track
    values: dict[str, str | bool] = dict(frame.values)
    values |= {name_condition(slug): bool(track and track.slug == slug) for slug in frame.tracks}
    values |= {
        "recipient.name": clean_line(name),
        "recipient.is_first_author": is_first,
        "paper.title": clean_line(paper.title),
        "paper.number": "" if paper.number is None else str(paper.number),
        "paper.authors": _join([clean_line(author.name) for author in paper.authors.all()]),
        "paper.track": clean_line(track.name) if track else "",
        "paper.page_limit": str(track.page_limit) if track and track.page_limit else "",
        "paper.forum": paper.forum_url,
        "paper.page": f"{settings.SITE_URL}{reverse('author-paper', args=[frame.slug, paper.pk])}",
        "paper.is_in_proceedings": is_in_proceedings(paper),
        "paper.may_choose_proceedings": bool(track and track.proceedings == "option" and paper.wants_proceedings is None),
        "paper.is_never_in_proceedings": bool(track and track.proceedings == "none"),
        REVIEWS: quote_reviews(list(paper.reviews.all())) if has_reviews else "",
    }
    return values | _describe_decision(frame, decision) | describe_debts(debts, zone=frame.zone, own_zone=zone)


def quote_reviews(reviews: list[Review]) -> str:
    """Return the reviews as authors may read them: numbered, without signatures, only what reviewers write for authors."""
    live = [review for review in reviews if review.kind == Review.Kind.REVIEW and review.gone_at is None]
    return "\n\n".join(_quote(number, review) for number, review in enumerate(live, start=1))


def _quote(number: int, review: Review) -> str:
    lines = [f"Review {number}"]
    if review.rating_raw:
        lines.append(f"Rating: {clean_line(review.rating_raw)}")
    if review.confidence_raw:
        lines.append(f"Confidence: {clean_line(review.confidence_raw)}")
    for name in QUOTED:
        text = _read_text(review.content.get(name)) if isinstance(review.content, dict) else ""
        if text:
            lines.append(f"\n{name.replace('_', ' ').capitalize()}:\n{text}")
    return "\n".join(lines)


def _read_text(value: Any) -> str:
    return clean_text(value) if isinstance(value, str) else ""


def _describe_decision(frame: Frame, decision: Decision | None) -> dict[str, str | bool]:
    kind = decision.presentation if decision else None
    award = decision.award if decision else None
    accepted, rejected = (bool(decision and decision.outcome == outcome) for outcome in ("accept", "reject"))
    return {name_condition(slug): bool(kind and kind.slug == slug) for slug in frame.presentations} | {
        "paper.outcome": "accepted" if accepted else "not accepted" if rejected else "",
        "paper.presentation": kind.name if kind else "",
        "paper.award": award.name if award else "",
        "paper.decision_comment": clean_text(decision.comment) if decision else "",
        "paper.is_accepted": accepted,
        "paper.is_rejected": rejected,
        "paper.is_winner": award is not None,
    }


def _describe_workshop(workshop: Workshop) -> dict[str, str | bool]:
    first, last = workshop.starts_on, workshop.ends_on
    days = " to ".join(format_day(day) for day in (first, last if last != first else None) if day)
    return {
        "workshop.name": clean_line(workshop.name),
        "workshop.short_name": clean_line(str(workshop)),
        "workshop.conference": clean_line(workshop.conference),
        "workshop.place": clean_line(workshop.place),
        "workshop.room": clean_line(workshop.room),
        "workshop.days": days,
        "workshop.contact": workshop.contact_email,
        "workshop.booktitle": clean_line(workshop.booktitle),
    }


def _read_dates(workshop: Workshop) -> dict[str, str]:
    """Return the first date of each kind in words."""
    found: dict[str, str] = {}
    for date in workshop.dates.all():
        if date.at is not None:
            found.setdefault(date.kind, _describe_date(date, date.at))
    return found


def _describe_date(date: ImportantDate, at: dt.datetime) -> str:
    """Return an instant in the zone it is announced in, with AoE beside it; a day without a time stays a day."""
    announced = format_instant(at, date.zone, has_time=date.has_time)
    if not date.has_time or date.zone == AOE:
        return announced
    return f"{announced} ({format_instant(at, AOE)})"


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _word(slug: str) -> str:
    return slug.lower().replace("-", "_")
