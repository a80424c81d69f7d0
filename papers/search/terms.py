"""The table of all terms of the search language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from papers.search import deciding, handing_in, judging, owing, people, sections, standing
from papers.search.asked import Asked, Known, Suggested


def _nothing(known: Known) -> Iterable[Suggested]:
    return ()


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A key of the language: what it takes, in words, what it finds, who may use it, which values can be offered."""

    key: str
    takes: str
    help: str
    find: Callable[[Asked], Q]
    aliases: tuple[str, ...] = ()
    compares: bool = False
    is_public: bool = False
    offer: Callable[[Known], Iterable[Suggested]] = _nothing
    offers_early: bool = False  # its values are offered before the key is typed


def _fixed(**labels: str) -> Callable[[Known], Iterable[Suggested]]:
    return lambda known: [Suggested(word, label) for word, label in labels.items()]


def _held(name: str, **labels: str) -> Callable[[Known], Iterable[Suggested]]:
    return lambda known: [*getattr(known, name), *(Suggested(word, label) for word, label in labels.items())]


def _offer_members(known: Known) -> list[Suggested]:
    return [Suggested("me", "myself"), *people.list_members(known), Suggested("any", "anybody"), Suggested("none", "nobody")]


def _offer_times(known: Known) -> list[Suggested]:
    return [Suggested("today"), Suggested("yesterday"), Suggested("3d", "the last three days"), Suggested("1w", "the last week")]


FIGURES = _fixed(any="has one", none="has none")

TERMS: tuple[SearchTerm, ...] = (
    SearchTerm("title", "words", "In the title.", sections.find_title, ("ti",), is_public=True),
    SearchTerm("abstract", "words", "In the abstract.", sections.find_abstract, ("ab",), is_public=True),
    SearchTerm("author", "words", "An author's name.", sections.find_author, ("au", "by"), is_public=True),
    SearchTerm(
        "institution",
        "words",
        "An author's institution, by name or domain.",
        sections.find_institution,
        ("inst", "affiliation"),
        is_public=True,
    ),
    SearchTerm("keyword", "words", "In the keywords.", sections.find_keyword, ("keywords", "kw"), is_public=True),
    SearchTerm(
        "topic",
        "words",
        "In the keywords, or in what the submission form calls topic, subject or area.",
        sections.find_topic,
        ("topics",),
        is_public=True,
    ),
    SearchTerm("tldr", "words", "In the summary of one sentence.", sections.find_tldr),
    SearchTerm(
        "number",
        "numbers",
        "The paper's number; #12 and #12-40 say the same.",
        standing.find_number,
        ("no",),
        compares=True,
        is_public=True,
    ),
    SearchTerm(
        "note", "an id", "The OpenReview id; the address of the forum says the same.", standing.find_note, ("forum",), is_public=True
    ),
    SearchTerm(
        "track",
        "a track, none, any",
        "The track.",
        standing.find_track,
        is_public=True,
        offer=_held("tracks", none="no track", any="some track"),
        offers_early=True,
    ),
    SearchTerm(
        "pres",
        "a presentation, none, any",
        "How an accepted paper is presented.",
        deciding.find_presentation,
        ("presentation",),
        is_public=True,
        offer=_held("presentations", none="accepted without", any="accepted with one"),
        offers_early=True,
    ),
    SearchTerm(
        "award",
        "an award, none, any",
        "The award of an accepted paper.",
        deciding.find_award,
        is_public=True,
        offer=_held("awards", none="accepted without", any="accepted with one"),
        offers_early=True,
    ),
    SearchTerm(
        "proceedings",
        "yes, no, for members unknown",
        "Whether it goes into the proceedings.",
        standing.find_proceedings,
        is_public=True,
        offer=_fixed(yes="goes in", no="stays out"),
    ),
    SearchTerm("authors", "a number", "How many authors.", standing.find_author_count, compares=True, is_public=True),
    SearchTerm(
        "dec",
        "accept, reject, none, any",
        "The decision on an active paper, released or not; none waits for one.",
        deciding.find_decision,
        ("decision",),
        offer=_fixed(accept="accepted", reject="rejected", none="active, undecided", any="decided"),
    ),
    SearchTerm(
        "is",
        ", ".join(standing.STATES),
        "What the paper is.",
        standing.find_state,
        ("status",),
        offer=lambda known: [Suggested(word, label) for word, (label, _) in standing.STATES.items()],
        offers_early=True,
    ),
    SearchTerm(
        "has",
        ", ".join(standing.BELONGINGS),
        "What the paper has.",
        standing.find_belonging,
        offer=lambda known: [Suggested(word, label) for word, (label, _) in standing.BELONGINGS.items()],
        offers_early=True,
    ),
    SearchTerm(
        "owes",
        ", ".join((*owing.DEBTS, "overdue", "any", "none")),
        "What an accepted paper still owes, once its authors know.",
        owing.find_debt,
        offer=lambda known: [
            *(Suggested(word, debt.label) for word, debt in owing.DEBTS.items()),
            Suggested("overdue", "something that is overdue"),
            Suggested("any", "anything that authors are asked for"),
            Suggested("none", "nothing that authors are asked for"),
        ],
        offers_early=True,
    ),
    SearchTerm(
        "overdue",
        ", ".join((*owing.DATED, "any", "none")),
        "What an accepted paper owes although its date is over.",
        owing.find_overdue,
        offer=lambda known: [
            *(Suggested(word, debt.label) for word, debt in owing.DATED.items()),
            Suggested("any", "anything"),
            Suggested("none", "nothing"),
        ],
    ),
    SearchTerm(
        "file",
        f"{', '.join(handing_in.FILE_STATES)}, or a kind and a state: poster-returned",
        "How far a file of an accepted paper is.",
        handing_in.find_file,
        offer=lambda known: [Suggested(word, f"a file {label}") for word, label in handing_in.FILE_STATES.items()],
    ),
    SearchTerm(
        "rating",
        "a number, none, any",
        "The mean rating; equal when it agrees to two digits.",
        judging.find_rating,
        ("score", "mean"),
        compares=True,
        offer=FIGURES,
    ),
    SearchTerm(
        "rating-min", "a number, none, any", "The lowest rating.", judging.find_lowest_rating, ("min",), compares=True, offer=FIGURES
    ),
    SearchTerm(
        "rating-max", "a number, none, any", "The highest rating.", judging.find_highest_rating, ("max",), compares=True, offer=FIGURES
    ),
    SearchTerm(
        "spread", "a number, none, any", "How far the highest rating is from the lowest.", judging.find_spread, compares=True, offer=FIGURES
    ),
    SearchTerm(
        "confidence", "a number, none, any", "The mean confidence of the reviewers.", judging.find_confidence, compares=True, offer=FIGURES
    ),
    SearchTerm("reviews", "a number", "How many reviews.", judging.find_review_count, ("review-count",), compares=True),
    SearchTerm(
        "recommended",
        "accept, reject, mixed, me, none, any",
        "What is recommended: accept and reject when all agree, mixed when they differ, me when I did.",
        judging.find_recommended,
        ("rec",),
        offer=_fixed(
            accept="all say accept",
            reject="all say reject",
            mixed="they differ",
            me="I recommended something",
            none="nobody did",
            any="somebody did",
        ),
    ),
    SearchTerm(
        "handled-by",
        "me, a name or mail address, none, any",
        "Who looks after the paper.",
        people.find_handled_by,
        ("handler", "handled"),
        offer=_offer_members,
    ),
    SearchTerm(
        "conflict",
        "me, a name or mail address, none, any",
        "Who has a conflict of interest.",
        people.find_conflicted,
        ("coi",),
        offer=_offer_members,
    ),
    SearchTerm(
        "differs",
        f"{', '.join(field.replace('_', '-') for field in deciding.DIFFERING)}, any, none",
        "What OpenReview says otherwise, and nobody has chosen yet.",
        deciding.find_difference,
        offer=lambda known: [
            Suggested("any", "anything"),
            *(Suggested(field.replace("_", "-")) for field in deciding.DIFFERING),
            Suggested("none", "nothing"),
        ],
    ),
    SearchTerm(
        "letter",
        "sent, waiting, failed, bounced, none, any",
        "A letter about the paper.",
        deciding.find_letter,
        offer=_fixed(
            sent="one has left",
            waiting="one waits",
            failed="one was not sent, or perhaps",
            bounced="one came back",
            none="none yet",
            any="one waits or has left",
        ),
    ),
    SearchTerm(
        "changed-since",
        "a day, 3d, yesterday",
        "Changed in OpenReview since.",
        standing.find_changed_since,
        ("changed",),
        offer=_offer_times,
    ),
    SearchTerm(
        "submitted-since", "a day, 3d, yesterday", "Submitted since.", standing.find_submitted_since, ("submitted",), offer=_offer_times
    ),
    SearchTerm("decided-since", "a day, 3d, yesterday", "Decided since.", deciding.find_decided_since, ("decided",), offer=_offer_times),
)

BY_NAME: dict[str, SearchTerm] = {name: term for term in TERMS for name in (term.key, *term.aliases)}


def list_terms(*, is_inside: bool) -> tuple[SearchTerm, ...]:
    """Return the terms that somebody inside, or anybody, may use."""
    return tuple(term for term in TERMS if is_inside or term.is_public)
