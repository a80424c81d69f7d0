"""Conflicts of interest: who must not judge a paper."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.interest_finding import InterestReport, find_conflicts_of_interest
from papers.models import AuthorClaim, ConflictOfInterest, HistoryLine, Membership, Paper, User, Workshop
from papers.naming import begin_with_paper, name_paper
from papers.querysets import ConflictOfInterestQuerySet, PaperQuerySet
from papers.search import search_papers
from papers.sight import Sight
from papers.texts import clean_line, clean_text

Ground = ConflictOfInterest.Ground
FIELD = "conflict of interest"
OWN_FIELDS = ("profile_ids", "institutions", "collaborators", "topics", "capacity")


def refuse_conflicted(paper: Paper, by: User | None) -> None:
    """Refuse when `by` has a conflict of interest with the paper that nobody dismissed, be its judgments hidden or shown."""
    if by is None:
        return
    if AuthorClaim.objects.filter(user=by, paper=paper).exists():
        raise Refusal(tell_bond(paper, None), subject=paper)
    conflict = ConflictOfInterest.objects.between(by, paper).standing().first()
    if conflict:
        raise Refusal(tell_bond(paper, conflict), subject=conflict)


def index_bonds(workshop: Workshop, by: User | None) -> dict[int, ConflictOfInterest | None]:
    """Return the papers, by key, that `refuse_conflicted` refuses to `by`, with the conflict; nothing for an authorship."""
    if by is None:
        return {}
    claimed = AuthorClaim.objects.filter(user=by, paper__workshop=workshop).values_list("paper_id", flat=True)
    standing = ConflictOfInterest.objects.of_member(by, workshop).standing()
    weighty_last = sorted(standing, key=lambda conflict: -Ground.values.index(conflict.ground))
    return {**{conflict.paper_id: conflict for conflict in weighty_last}, **dict.fromkeys(claimed)}


def index_member_bonds(members: Iterable[Membership], paper: Paper | None = None) -> dict[tuple[int, int], ConflictOfInterest | None]:
    """Return the pairs of paper and member, by key, that must not meet, with the conflict; nothing for an authorship."""
    by_user = {member.user_id: member.pk for member in members}
    workshops = Membership.objects.filter(pk__in=by_user.values()).values("workshop")
    claims = AuthorClaim.objects.filter(user__in=by_user, paper__workshop__in=workshops)
    standing = ConflictOfInterest.objects.standing().filter(member__in=by_user.values())
    if paper:
        claims, standing = claims.filter(paper=paper), standing.filter(paper=paper)
    weighty_last = sorted(standing, key=lambda conflict: -Ground.values.index(conflict.ground))
    bonds: dict[tuple[int, int], ConflictOfInterest | None] = {(row.paper_id, row.member_id): row for row in weighty_last}
    return {**bonds, **{(paper_id, by_user[user_id]): None for paper_id, user_id in claims.values_list("paper_id", "user_id")}}


def tell_bond(paper: Paper, conflict: ConflictOfInterest | None) -> str:
    """Return why a person must leave `paper` to somebody else: a conflict of interest, or, for nothing, authorship."""
    if conflict is None:
        return f"You are an author of {name_paper(paper)}; leave it to somebody else."
    return f"You have a conflict of interest with {name_paper(paper)} ({describe_conflict(conflict)}); leave it to somebody else."


def describe_conflict(conflict: ConflictOfInterest) -> str:
    """Return the ground with its evidence, as it stands inside a sentence."""
    words = {
        Ground.AUTHOR: "author",
        Ground.DECLARED: "declared",
        Ground.COAUTHOR: "co-author",
        Ground.INSTITUTION: "institution",
        Ground.DOMAIN: "mail domain",
    }[Ground(conflict.ground)]
    return f"{words}: {conflict.evidence}" if conflict.evidence else words


def find_interests(sight: Sight, *, text: str, member: int | None, ground: str, is_dismissed: bool) -> ConflictOfInterestQuerySet:
    """Return the conflicts of interest asked for, by member, ground and paper; `text` is a search for papers. Raises SearchMistake."""
    found = (
        ConflictOfInterest.objects.of_workshop(sight.workshop).seen_by(sight).asked(member=member, ground=ground, is_dismissed=is_dismissed)
    )
    return (found.of_papers(search_papers(sight, text)) if text.strip() else found).for_interest_page()


def declare_conflict(paper: Paper, member: Membership, *, reason: str, by: User) -> ConflictOfInterest:
    """Keep a member from judging a paper; refuses what is declared already. Whoever looks after the paper does so no longer."""
    return _declare(paper.workshop, [paper], member, reason=reason, by=by)[0]


def declare_conflicts(workshop: Workshop, papers: PaperQuerySet, member: Membership, *, reason: str, by: User) -> int:
    """Keep a member from judging each of these papers; return how many were not declared before. Refuses when none is new."""
    return len(_declare(workshop, list(papers.order_by("number", "pk")), member, reason=reason, by=by))


def _declare(workshop: Workshop, papers: list[Paper], member: Membership, *, reason: str, by: User) -> list[ConflictOfInterest]:
    evidence = clean_line(reason)[:500] or f"declared by {by}"
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        held = {row.paper_id: row for row in member.interest_conflicts.filter(ground=Ground.DECLARED, paper__in=papers)}
        new = [paper for paper in papers if paper.pk not in held or held[paper.pk].dismissed_at]
        if not new:
            said = begin_with_paper(papers[0]) if len(papers) == 1 else f"Each of these {len(papers)} papers"
            raise Refusal(f"{said} is declared for {member.user} already." if papers else "No paper was chosen.", subject=member)
        member.interest_conflicts.filter(ground=Ground.DECLARED, paper__in=new).delete()
        rows = ConflictOfInterest.objects.bulk_create(
            [ConflictOfInterest(paper=paper, member=member, ground=Ground.DECLARED, evidence=evidence, by=by) for paper in new],
            batch_size=1000,
        )
        ended = set(member.handlings.filter(paper__in=new).values_list("paper_id", flat=True))
        member.handlings.filter(paper__in=new).delete()
        lines = [_line(paper, "declared", by=by, after=_say(member, evidence)) for paper in new]
        lines += [_line(paper, "unassigned", by=by, field="handling", before=str(member.user)) for paper in new if paper.pk in ended]
        HistoryLine.objects.bulk_create(lines, batch_size=1000)
    return rows


def dismiss_conflict(conflict: ConflictOfInterest, *, reason: str, by: User) -> None:
    """Say that a conflict does not count, and why; refuses for oneself, for authors and without a reason."""
    paper, member = conflict.paper, conflict.member
    if conflict.ground == Ground.AUTHOR:
        raise Refusal(
            f"{member.user} is taken for an author of {name_paper(paper)} ({conflict.evidence}); that can't be dismissed. If it is "
            "somebody else of the same name, state the OpenReview profile under My interests: two profiles are two people.",
            subject=conflict,
        )
    if member.user_id == by.pk:
        raise Refusal("You can't dismiss a conflict of your own; ask another organizer.", subject=conflict)
    reason = clean_text(reason)
    if not reason:
        raise Refusal(f"Say why the conflict of {member.user} with {name_paper(paper)} does not count.", subject=conflict)
    with transaction.atomic():
        waiting = ConflictOfInterest.objects.standing().filter(pk=conflict.pk)
        if not waiting.update(dismissed_at=timezone.now(), dismissed_by=by, dismissal=reason):
            raise Refusal(f"The conflict of {member.user} with {name_paper(paper)} is dismissed or gone already.", subject=conflict)
        conflict.refresh_from_db()
        record_change(
            paper.workshop, "dismissed", by=by, paper=paper, field=FIELD, before=_say(member, describe_conflict(conflict)), note=reason
        )


def reopen_conflict(conflict: ConflictOfInterest, *, by: User) -> None:
    """Let a dismissed conflict count again; refuses one that counts."""
    with transaction.atomic():
        dismissed = ConflictOfInterest.objects.filter(pk=conflict.pk, dismissed_at__isnull=False)
        if not dismissed.update(dismissed_at=None, dismissed_by=None, dismissal=""):
            raise Refusal(f"The conflict of {conflict.member.user} with {name_paper(conflict.paper)} counts already.", subject=conflict)
        conflict.refresh_from_db()
        said = _say(conflict.member, describe_conflict(conflict))
        record_change(conflict.paper.workshop, "opened again", by=by, paper=conflict.paper, field=FIELD, after=said)


def edit_interests(member: Membership, *, values: dict[str, Any], by: User) -> InterestReport | None:
    """Keep what a member says of themself (profiles, institutions, collaborators, topics, limit) and look for conflicts anew.

    Returns what that changed, or nothing when nothing was said that was not known.
    """
    changed = {name: values[name] for name in OWN_FIELDS if name in values and values[name] != getattr(member, name)}
    if not changed:
        return None
    with transaction.atomic():
        before = {name: getattr(member, name) for name in changed}
        for name, value in changed.items():
            setattr(member, name, value)
        member.save(update_fields=list(changed))
        record_change(
            member.workshop, "changed interests", by=by, field="interests", before=before, after=changed, note=f"of {member.user}"
        )
        return find_conflicts_of_interest(member.workshop, by=by, members=[member])


def _say(member: Membership, what: str) -> str:
    return f"{member.user}: {what}"


def _line(paper: Paper, action: str, *, by: User, field: str = FIELD, before: str | None = None, after: str | None = None) -> HistoryLine:
    return HistoryLine(workshop_id=paper.workshop_id, paper=paper, by=by, action=action, field=field, before=before, after=after)
