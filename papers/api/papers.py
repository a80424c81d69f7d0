"""Papers as the API answers them, as far as somebody sees."""

import base64
import binascii
from typing import Any

from papers.api.shapes import ApiAuthor, ApiDecision, ApiInside, ApiPaper, ApiPapers, ApiPaperWhole, ApiReview
from papers.errors import Refusal
from papers.listings import find_pdf_url, is_in_proceedings
from papers.models import Decision, Paper, Review
from papers.querysets import PaperQuerySet
from papers.querysets.api_pages import bring_api_facts, bring_api_page, measure_reviews
from papers.search import search_papers
from papers.sight import Sight

MOST = 200
USUAL = 100
NO_FIGURES = {"review_count": 0, "rating_mean": None, "rating_min": None, "rating_max": None, "confidence_mean": None}


class Unreadable(Refusal):
    """A cursor or limit that can't be read."""


def list_api_papers(sight: Sight, *, text: str, cursor: str, limit: str) -> ApiPapers:
    """Return a page of the papers that a search finds; raises SearchMistake or Unreadable for what can't be read."""
    size = read_limit(limit)
    found = list(bring_api_page(search_papers(sight, text), after=read_cursor(cursor), limit=size + 1))
    page = found[:size]
    return ApiPapers(describe_papers(sight, page), write_cursor(page[-1].pk) if len(found) > size else None)


def find_api_paper(sight: Sight, pk: int) -> ApiPaperWhole | None:
    """Return one paper in sight with its reviews, or nothing."""
    found = list(bring_api_facts(_with_key(sight.papers, pk)))
    if not found:
        return None
    return ApiPaperWhole(describe_papers(sight, found)[0], _describe_reviews(found[0]) if sight.sees_judgments(found[0]) else ())


def describe_papers(sight: Sight, papers: list[Paper]) -> tuple[ApiPaper, ...]:
    """Return papers as values, brought by `bring_api_facts`."""
    judged = [paper.pk for paper in papers if sight.sees_judgments(paper)]
    figures = measure_reviews(judged) if judged else {}
    return tuple(_describe_paper(sight, paper, figures.get(paper.pk, NO_FIGURES)) for paper in papers)


def _describe_paper(sight: Sight, paper: Paper, figures: dict[str, Any]) -> ApiPaper:
    decision: Decision | None = getattr(paper, "decision", None)
    seen = decision if not sight.is_inside or sight.sees_decision(paper) else None
    is_nameless = not sight.is_inside and paper.hides_authors
    return ApiPaper(
        id=paper.pk,
        number=paper.number,
        note_id=paper.note_id,
        title=paper.title,
        abstract=paper.abstract,
        keywords=tuple(str(keyword) for keyword in paper.keywords),
        authors=() if is_nameless else tuple(_describe_author(author) for author in paper.authors.all()),
        track=paper.track.slug if paper.track else "",
        presentation=seen.presentation.slug if seen and seen.presentation else "",
        award=seen.award.name if seen and seen.award else "",
        in_proceedings=is_in_proceedings(paper),
        url=paper.reader_url,
        pdf_url=find_pdf_url(paper),
        inside=_describe_inside(sight, paper, seen, figures) if sight.is_inside else None,
    )


def _describe_inside(sight: Sight, paper: Paper, decision: Decision | None, figures: dict[str, Any]) -> ApiInside:
    is_hidden = not sight.sees_judgments(paper)
    return ApiInside(
        standing=paper.standing,
        is_test=paper.is_test,
        has_hidden_authors=paper.has_hidden_authors,
        tldr=paper.tldr,
        wants_proceedings=paper.wants_proceedings,
        submitted_at=paper.submitted_at,
        changed_at=paper.changed_upstream_at,
        is_hidden=is_hidden,
        decision=ApiDecision(decision.outcome, decision.comment, decision.decided_at, decision.released_at) if decision else None,
        handlers=() if is_hidden else tuple(sorted(str(handling.member.user) for handling in paper.handlings.all())),
        **figures,
    )


def _describe_author(author: Any) -> ApiAuthor:
    return ApiAuthor(author.name, author.profile_id, tuple(str(place.get("name") or "") for place in author.institutions))


def _describe_reviews(paper: Paper) -> tuple[ApiReview, ...]:
    live = paper.reviews.filter(kind=Review.Kind.REVIEW, gone_at__isnull=True).order_by("written_at", "pk")
    return tuple(ApiReview(one.short_signature, one.rating, one.confidence, one.written_at, one.content) for one in live)


def _with_key(papers: PaperQuerySet, pk: int) -> PaperQuerySet:
    return papers.filter(pk=pk)


def read_limit(text: str) -> int:
    """Return how many papers a page has; raises Unreadable."""
    if not text:
        return USUAL
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST):
        raise Unreadable(f"limit is a number from 1 to {MOST}, not “{text[:40]}”.")
    return int(text)


def write_cursor(pk: int) -> str:
    """Return the cursor behind a paper."""
    return base64.urlsafe_b64encode(f"after {pk}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> int:
    """Return the key behind which a page begins; raises Unreadable."""
    if not text:
        return 0
    try:
        word, _, key = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)).decode().partition(" ")
        if word == "after" and len(key) < 19:
            return int(key)
    except (binascii.Error, ValueError):
        pass
    raise Unreadable(f"“{text[:40]}” is no cursor; take it from “next” of the page before.")
