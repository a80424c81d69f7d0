"""Terms on what was decided; a decision that is hidden from who asks looks as if there were none."""

from collections.abc import Callable

from django.db.models import Q

from papers.models import Decision, FieldConflict, Letter, Paper
from papers.querysets.waiting import is_waiting_for
from papers.search.asked import Asked, Known
from papers.search.holding import among
from papers.search.times import read_instant

ACTIVE = Q(standing=Paper.Standing.ACTIVE)
JUDGED_FIELDS = frozenset({"decision", "presentation", "award"})


def decided(known: Known, condition: Q | None = None) -> Q:
    """Return the condition that a paper, active or not, has a decision that who asks may know of, and that fits `condition`."""
    return Q(decision__isnull=False) & (condition or Q()) & known.sight.decided


def accepted(known: Known, condition: Q | None = None) -> Q:
    """Return the condition that an active paper is accepted, released or not, and fits `condition`."""
    return ACTIVE & decided(known, Q(decision__outcome=Decision.Outcome.ACCEPT) & (condition or Q()))


def undecided(known: Known) -> Q:
    """Return the condition that an active paper waits for a decision."""
    return ACTIVE & ~decided(known)


def find_decision(asked: Asked) -> Q:
    """Find active papers by their decision."""
    known = asked.known

    def rejected() -> Q:
        return ACTIVE & decided(known, Q(decision__outcome=Decision.Outcome.REJECT))

    choices: dict[str, Callable[[], Q]] = {
        "accept": lambda: accepted(known),
        "reject": rejected,
        "any": lambda: ACTIVE & decided(known),
        "none": lambda: undecided(known),
        "yes": lambda: accepted(known),
        "no": rejected,
        "accepted": lambda: accepted(known),
        "rejected": rejected,
        "undecided": lambda: undecided(known),
    }
    return asked.choose(choices)


def find_presentation(asked: Asked) -> Q:
    """Find accepted papers by how they are presented."""
    picked = asked.pick("presentation", asked.known.presentations, besides=("any", "none"))
    if picked in {"any", "none"}:
        return accepted(asked.known, Q(decision__presentation__isnull=picked == "none"))
    return accepted(asked.known, Q(decision__presentation__slug=picked))


def find_award(asked: Asked) -> Q:
    """Find accepted papers by their award."""
    picked = asked.pick("award", asked.known.awards, besides=("any", "none"))
    if picked in {"any", "none"}:
        return accepted(asked.known, Q(decision__award__isnull=picked == "none"))
    return accepted(asked.known, Q(decision__award__slug=picked))


def is_released(known: Known) -> Q:
    """Return the condition that authors may see the decision."""
    return Q(decision__released_at__isnull=False)


def is_unreleased(known: Known) -> Q:
    """Return the condition that a decision waits for its release."""
    return decided(known, Q(decision__released_at__isnull=True))


def is_waiting_for_me(known: Known) -> Q:
    """Return the condition that a paper waits for who asks, as their own page counts it."""
    return is_waiting_for(known.user) & known.sight.judged if known.user else Q(pk__in=())


def find_decided_since(asked: Asked) -> Q:
    """Find papers decided since a moment."""
    return decided(asked.known, Q(decision__decided_at__gte=read_instant(asked)))


def find_letter(asked: Asked) -> Q:
    """Find papers by the letters about them."""
    choices: dict[str, Callable[[], Q]] = {
        "sent": lambda: lettered(asked.known, Letter.State.SENT),
        "waiting": lambda: lettered(asked.known, Letter.State.WAITING, Letter.State.CLAIMED),
        "failed": lambda: lettered(asked.known, Letter.State.FAILED, Letter.State.UNCLEAR),
        "bounced": lambda: lettered(asked.known, Letter.State.BOUNCED),
        "any": lambda: lettered(asked.known),
        "none": lambda: ~lettered(asked.known),
    }
    return asked.choose(choices)


def lettered(known: Known, *states: Letter.State) -> Q:
    """Return the condition that a letter about a paper is in one of these states, or in any but canceled for none."""
    letters = Letter.objects.filter(paper__workshop=known.workshop).order_by()
    kept = letters.filter(state__in=states) if states else letters.exclude(state=Letter.State.CANCELED)
    return among(kept) & known.sight.decided


def find_difference(asked: Asked) -> Q:
    """Find papers of which OpenReview says something else than we."""
    known = asked.known
    fields = {field.replace("_", "-"): field for field in DIFFERING}
    choices: dict[str, Callable[[], Q]] = {"any": lambda: differs(known), "none": lambda: ~differs(known)}
    for word, field in fields.items():
        choices[word] = lambda field=field: differs(known, field)  # type: ignore[misc]
    return asked.choose(choices)


DIFFERING = ("title", "abstract", "tldr", "keywords", "authors", "track", "wants_proceedings", "decision")


def differs(known: Known, field: str = "") -> Q:
    """Return the condition that an open difference, in `field` or in any, waits for a choice."""
    waiting = FieldConflict.objects.filter(paper__workshop=known.workshop, resolved_at__isnull=True).order_by()
    if field:
        named = among(waiting.filter(field=field))
        return named & known.sight.decided if field in JUDGED_FIELDS else named
    plain = among(waiting.exclude(field__in=JUDGED_FIELDS))
    return plain | (among(waiting.filter(field__in=JUDGED_FIELDS)) & known.sight.decided)
