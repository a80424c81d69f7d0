"""Whether OpenReview and this workshop say the same of one paper: pure comparison."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the comparison of one paper comes to; the order is that of urgency."""

    OUTCOME = "outcome"
    STALE = "stale"
    WITHDRAWN = "withdrawn"
    ONLY_THEIRS = "only-theirs"
    PRESENTATION = "presentation"
    UNEXPLAINED = "unexplained"
    RELEASED_THERE = "released-there"
    RELEASED_HERE = "released-here"
    ONLY_OURS = "only-ours"
    COMMENT = "comment"
    AGREE = "agree"
    OPEN = "open"
    SET_ASIDE = "set-aside"
    LOCAL = "local"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Accept or reject, with the slug of the presentation where there is one."""

    outcome: str
    presentation: str = ""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What OpenReview holds of a paper, as it was last imported.

    `text` and `comment` are those of the newest live decision reply, `stated` what it, or the venue without one, means here.
    `venue_says` is the venueid's word, accept or reject, which comes at the release there and stays (openreview.md 0.5).
    """

    is_linked: bool = True
    is_active: bool = True
    text: str = ""
    comment: str = ""
    stated: Outcome | None = None
    is_unexplained: bool = False
    was_deleted: bool = False
    venue_says: str = ""
    tells_release: bool = True


@dataclass(frozen=True, slots=True)
class Ours:
    """What this workshop decided on a paper; `word` is how OpenReview would word it, where that is known."""

    decided: Outcome
    is_released: bool = False
    comment: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A verdict in words: its name, what it means, what to do, how loud it is, and which acts settle it."""

    title: str
    sentence: str
    tone: str = "plain"
    may_take: bool = False
    may_push: bool = False


def judge(ours: Ours | None, theirs: Theirs) -> Verdict:
    """Return the verdict on what both sides say of one paper."""
    if not theirs.is_linked:
        return Verdict.LOCAL
    if not theirs.is_active:
        return Verdict.WITHDRAWN if ours and ours.decided.outcome == "accept" else Verdict.SET_ASIDE
    if theirs.is_unexplained:
        return Verdict.UNEXPLAINED
    if _is_stale(theirs):
        return Verdict.STALE
    if theirs.stated is None:
        return Verdict.ONLY_OURS if ours else Verdict.OPEN
    if ours is None:
        return Verdict.ONLY_THEIRS
    if ours.decided.outcome != theirs.stated.outcome:
        return Verdict.OUTCOME
    if _differs_in_presentation(ours, theirs, theirs.stated):
        return Verdict.PRESENTATION
    if theirs.tells_release and ours.is_released != bool(theirs.venue_says):
        return Verdict.RELEASED_HERE if ours.is_released else Verdict.RELEASED_THERE
    if theirs.text and differs_in_comment(ours.comment, theirs.comment):
        return Verdict.COMMENT
    return Verdict.AGREE


def differs_in_comment(ours: str, theirs: str) -> bool:
    """Tell whether we have a comment that is not theirs; without one of ours, theirs stays."""
    return bool(ours.strip()) and ours.split() != theirs.split()


def _is_stale(theirs: Theirs) -> bool:
    """Tell whether the venueid contradicts the reply: it stays when a released decision is changed or deleted."""
    if not theirs.venue_says:
        return False
    if not theirs.text:
        return theirs.was_deleted
    return theirs.stated is not None and theirs.stated.outcome != theirs.venue_says


def _differs_in_presentation(ours: Ours, theirs: Theirs, stated: Outcome) -> bool:
    if theirs.text:
        return ours.word != theirs.text and ours.decided.presentation != stated.presentation
    return bool(stated.presentation) and ours.decided.presentation != stated.presentation


ADVICE: dict[Verdict, Advice] = {
    Verdict.OUTCOME: Advice(
        "Opposite decisions", "One side accepts, the other rejects: take theirs, or push ours.", "bad", may_take=True, may_push=True
    ),
    Verdict.STALE: Advice(
        "OpenReview contradicts itself",
        "OpenReview has released one decision and now holds another: have the release there repeated, then import again.",
        "bad",
    ),
    Verdict.WITHDRAWN: Advice(
        "Accepted here, gone there", "Withdrawn or removed in OpenReview: take it off the schedule, or ask its authors.", "bad"
    ),
    Verdict.ONLY_THEIRS: Advice("Decided there only", "OpenReview has a decision that we lack: take theirs.", "amber", may_take=True),
    Verdict.PRESENTATION: Advice(
        "Another presentation",
        "Both accept, with different presentations: take theirs, or push ours.",
        "amber",
        may_take=True,
        may_push=True,
    ),
    Verdict.UNEXPLAINED: Advice("Not explained", "Nobody has said what OpenReview's words mean: say it on the field mapping.", "amber"),
    Verdict.RELEASED_THERE: Advice(
        "Released there only", "Authors see the decision in OpenReview and not here: release decisions here.", "amber"
    ),
    Verdict.RELEASED_HERE: Advice(
        "Released here only", "Authors see the decision here and not in OpenReview: release it in OpenReview's console.", "info"
    ),
    Verdict.ONLY_OURS: Advice("Decided here only", "OpenReview has no decision: push ours, or upload the file.", "info", may_push=True),
    Verdict.COMMENT: Advice(
        "Another comment", "The decision is the same, our comment to the authors is not there: push ours, or upload the file.", "info",
        may_push=True,
    ),
    Verdict.AGREE: Advice("Agree", "Nothing to do.", "good"),
    Verdict.OPEN: Advice("Undecided on both sides", "Nothing to compare yet."),
    Verdict.SET_ASIDE: Advice("Withdrawn or removed there", "Nothing to do: it isn't accepted here."),
    Verdict.LOCAL: Advice("Not from OpenReview", "The paper came from a table; OpenReview holds no submission that belongs to it."),
    Verdict.HIDDEN: Advice("Hidden from you", "You have a conflict of interest: somebody else compares this paper."),
}  # fmt: skip
DISAGREEMENTS = frozenset(
    {Verdict.OUTCOME, Verdict.STALE, Verdict.WITHDRAWN, Verdict.ONLY_THEIRS, Verdict.PRESENTATION, Verdict.UNEXPLAINED}
)
