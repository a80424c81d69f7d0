"""Terms on what a paper is, apart from judgments of it."""

from collections.abc import Callable

from django.db.models import Count, Q

from papers.models import Author, Paper, Track
from papers.search.asked import Asked, Known
from papers.search.deciding import decided, is_released, is_unreleased, is_waiting_for_me, lettered, undecided
from papers.search.handing_in import goes_in, has_all_files, is_asked
from papers.search.holding import among
from papers.search.judging import find_underreviewed, handled_by_me, has_recommendation, has_remark, has_review
from papers.search.ranges import read_span
from papers.search.sections import names_seen
from papers.search.times import read_instant

Condition = Callable[[Known], Q]


def _stands(standing: Paper.Standing) -> Condition:
    return lambda known: Q(standing=standing)


STATES: dict[str, tuple[str, Condition]] = {
    "active": ("neither withdrawn nor rejected without review", _stands(Paper.Standing.ACTIVE)),
    "withdrawn": ("taken back by the authors", _stands(Paper.Standing.WITHDRAWN)),
    "desk-rejected": ("rejected without review", _stands(Paper.Standing.DESK_REJECTED)),
    "deleted": ("deleted in OpenReview", _stands(Paper.Standing.DELETED)),
    "left": ("moved to another venue", _stands(Paper.Standing.LEFT)),
    "vanished": ("no longer visible in OpenReview", lambda known: Q(not_visible_since__isnull=False)),
    "public": ("public in OpenReview", lambda known: Q(is_public_upstream=True)),
    "hidden-authors": ("authors hidden in OpenReview", lambda known: Q(has_hidden_authors=True)),
    "test": ("a test submission; found only when asked for", lambda known: Q(is_test=True)),
    "undecided": ("active, waits for a decision", undecided),
    "unreleased": ("decided, not released", is_unreleased),
    "released": ("the authors see the decision", is_released),
    "underreviewed": ("active, fewer reviews than required", find_underreviewed),
    "mine": ("I look after it", handled_by_me),
    "waiting": ("waits for me: mine and undecided, or with remarks I have not read", is_waiting_for_me),
    "lettered": ("a letter about it waits or has left", lettered),
}

BELONGINGS: dict[str, tuple[str, Condition]] = {
    "review": ("at least one review", has_review),
    "recommendation": ("somebody recommends a decision", has_recommendation),
    "remark": ("somebody said something in the discussion", has_remark),
    "decision": ("a decision, whatever the paper's standing", decided),
    "award": ("an award", lambda known: decided(known, Q(decision__award__isnull=False))),
    "comment": ("a comment to the authors", lambda known: decided(known, ~Q(decision__comment=""))),
    "camera-ready": (
        "the final files: those asked for; where none are, those in OpenReview",
        lambda known: has_all_files(known) if is_asked(known) else Q(has_upstream_camera_ready=True),
    ),
    "pdf": ("a PDF", lambda known: ~Q(pdf="")),
    "supplement": ("a supplement", lambda known: ~Q(supplement="")),
    "abstract": ("an abstract", lambda known: ~Q(abstract="")),
    "tldr": ("a summary in one sentence", lambda known: ~Q(tldr="")),
    "keywords": ("keywords", lambda known: ~Q(keywords=[])),
    "track": ("a track", lambda known: Q(track__isnull=False)),
    "number": ("a number", lambda known: Q(number__isnull=False)),
    "link": ("an address for readers", lambda known: ~Q(link="")),
    "license": ("a license", lambda known: ~Q(license="")),
}


def find_state(asked: Asked) -> Q:
    """Find papers by what they are."""
    return asked.choose({word: lambda find=find: find(asked.known) for word, (_, find) in STATES.items()})  # type: ignore[misc]


def find_belonging(asked: Asked) -> Q:
    """Find papers by what they have."""
    choices: dict[str, Callable[[], Q]] = {
        word: lambda find=find: find(asked.known)  # type: ignore[misc]
        for word, (_, find) in BELONGINGS.items()
    }
    for several in ("review", "recommendation", "remark"):
        choices[f"{several}s"] = choices[several]
    return asked.choose(choices)


def find_track(asked: Asked) -> Q:
    """Find papers by track."""
    picked = asked.pick("track", asked.known.tracks, besides=("any", "none"))
    return Q(track__isnull=picked == "none") if picked in {"any", "none"} else Q(track__slug=picked)


def find_proceedings(asked: Asked) -> Q:
    """Find papers by whether they go into the proceedings: by the track's rule, then by the authors' choice."""
    unknown = Q(track__isnull=True) | Q(track__proceedings=Track.Proceedings.OPTION, wants_proceedings__isnull=True)
    choices: dict[str, Callable[[], Q]] = {"yes": goes_in}
    if asked.sight.is_inside:
        choices |= {"no": lambda: ~goes_in() & ~unknown, "unknown": lambda: unknown}
    else:
        choices |= {"no": lambda: ~goes_in()}
    return asked.choose(choices)


def find_author_count(asked: Asked) -> Q:
    """Find papers by how many authors they have."""
    span = read_span(asked)
    counted = Author.objects.filter(paper__workshop=asked.known.workshop).order_by().values("paper").annotate(figure=Count("pk"))
    found = among(counted.filter(span.of("figure")))
    if span.holds(0):
        found = ~among(counted.exclude(span.of("figure")))
    return found & names_seen(asked.known)


def find_number(asked: Asked) -> Q:
    """Find papers by number."""
    if asked.term.operator == ":" and asked.word in {"any", "none"}:
        return Q(number__isnull=asked.word == "none")
    return read_span(asked).of("number")


def find_note(asked: Asked) -> Q:
    """Find a paper by its id in OpenReview."""
    return Q(note_id=asked.value.text)


def find_changed_since(asked: Asked) -> Q:
    """Find papers changed in OpenReview since a moment."""
    return Q(changed_upstream_at__gte=read_instant(asked))


def find_submitted_since(asked: Asked) -> Q:
    """Find papers submitted since a moment."""
    return Q(submitted_at__gte=read_instant(asked))
