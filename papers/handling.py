"""Who looks after which paper: assigned, taken away, put back as it was."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.access import READERS
from papers.bulk_rows import RowWriter
from papers.errors import Refusal
from papers.history import record_change
from papers.interests import describe_conflict, index_member_bonds
from papers.models import ConflictOfInterest, Handling, Membership, Paper, User, Workshop
from papers.naming import begin_with_paper, name_paper
from papers.sight import find_sight

Values = dict[str, Any]
FIELD = "handling"
GROUP = 5_000


def refuse_blind(paper: Paper, by: User) -> None:
    """Refuse to assign a paper to whoever does not see who looks after it."""
    if not find_sight(paper.workshop, by).sees_judgments(paper):
        raise Refusal(
            f"You have a conflict of interest with {name_paper(paper)} and don't see who looks after it; another organizer has to "
            "assign it.",
            subject=paper,
        )


def assign_paper(paper: Paper, member: Membership, *, by: User, source: str = Handling.Source.HAND) -> Handling:
    """Let a member look after a paper.

    Refuses on a paper that is not active, for a role that sees no reviews, with a conflict of interest, above the member's
    limit and when they look after it already; and who assigns must see it all.
    """
    refuse_blind(paper, by)
    with transaction.atomic():
        lock_handling(paper.workshop)
        member = Membership.objects.select_related("user").get(pk=member.pk)
        refuse_handler(paper, member)
        if member.handlings.filter(paper=paper).exists():
            raise Refusal(f"{member.user} looks after {name_paper(paper)} already.", subject=paper)
        load = member.handlings.counted().count()
        if member.capacity is not None and load >= member.capacity:
            raise Refusal(
                f"{member.user} looks after {load} paper{'' if load == 1 else 's'}, which is the limit of {member.capacity}; raise it "
                "under My interests or "
                "choose somebody else.",
                subject=member,
            )
        before = _name(describe_handling(paper))
        handling = Handling.objects.create(paper=paper, member=member, source=source, by=by)
        record_change(paper.workshop, "assigned", by=by, paper=paper, field=FIELD, before=before, after=_name(describe_handling(paper)))
    return handling


def unassign_paper(paper: Paper, member: Membership, *, by: User) -> None:
    """Let a member look after a paper no longer; refuses when they do not, and who does not see it."""
    refuse_blind(paper, by)
    with transaction.atomic():
        lock_handling(paper.workshop)
        before = _name(describe_handling(paper))
        count, _ = Handling.objects.filter(paper=paper, member=member).delete()
        if not count:
            raise Refusal(f"{member.user} does not look after {name_paper(paper)}; was it taken away just now?", subject=paper)
        record_change(paper.workshop, "unassigned", by=by, paper=paper, field=FIELD, before=before, after=_name(describe_handling(paper)))


def lock_handling(workshop: Workshop) -> None:
    """Let one assignment wait for another; call it first inside the transaction."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


def refuse_handler(paper: Paper, member: Membership) -> None:
    """Refuse a member who must not or can't look after the paper; limits apart."""
    bonds = index_member_bonds([member], paper)
    key = (paper.pk, member.pk)
    reason = find_obstacle(paper, member, is_bound=key in bonds, conflict=bonds.get(key))
    if reason:
        raise Refusal(reason, subject=paper)


def find_obstacle(paper: Paper, member: Membership, *, is_bound: bool, conflict: ConflictOfInterest | None) -> str:
    """Return why the member can't look after the paper, given whether they are bound and by which conflict; nothing when they can."""
    if paper.standing != Paper.Standing.ACTIVE:
        return f"{begin_with_paper(paper)} is {paper.get_standing_display().lower()}; nobody needs to look after it."
    if member.role not in READERS:
        return f"{member.user} sees no reviews as a {member.get_role_display().lower()} and can't look after papers."
    if is_bound:
        ground = describe_conflict(conflict) if conflict else "author"
        return f"{member.user} has a conflict of interest with {name_paper(paper)} ({ground})."
    return ""


def describe_handling(paper: Paper) -> Values | None:
    """Return who looks after a paper as a batch keeps it; nothing when nobody does."""
    return describe_handlings([paper.pk])[paper.pk]


def describe_handlings(papers: Collection[int]) -> dict[int, Values | None]:
    """Return who looks after each of these papers: {"handlers": [{"member", "name", "source"}]}, by member."""
    handled: dict[int, list[Values]] = defaultdict(list)
    for paper, member, source, name, email in Handling.objects.of_papers(papers).values_list(
        "paper_id", "member_id", "source", "member__user__name", "member__user__email"
    ):
        handled[paper].append({"member": member, "name": name or email, "source": source})
    return {paper: {"handlers": handled[paper]} if paper in handled else None for paper in papers}


def find_restore_obstacles(wanted: Mapping[int, Values | None]) -> dict[int, str]:
    """Return why handling can't be put back as it was, by paper: somebody is no member any more, or has a conflict by now."""
    asked = {key: [handler["member"] for handler in state["handlers"]] for key, state in wanted.items() if state}
    members = {member for keys in asked.values() for member in keys}
    there = set(Membership.objects.filter(pk__in=members).values_list("pk", flat=True))
    bound = index_member_bonds(Membership.objects.filter(pk__in=members).select_related("user"))
    obstacles: dict[int, str] = {}
    for paper, keys in asked.items():
        names = {handler["member"]: handler["name"] for handler in (wanted[paper] or {})["handlers"]}
        gone = [names[key] for key in keys if key not in there]
        conflicted = [names[key] for key in keys if (paper, key) in bound]
        if gone:
            obstacles[paper] = f"{gone[0]} is no member any more."
        elif conflicted:
            obstacles[paper] = f"{conflicted[0]} has a conflict of interest by now."
    return obstacles


def restore_handlings(workshop: Workshop, wanted: Mapping[int, Values | None], *, by: User | None) -> None:
    """Make who looks after each paper what `wanted` says, whatever it is now; call it inside a transaction, write the history there.

    As many statements for 10 papers as for 10,000, but for groups of rows.
    """
    held = describe_handlings(wanted.keys())
    present = {(paper, row["member"]) for paper, state in held.items() for row in (state or {"handlers": []})["handlers"]}
    asked = {(paper, row["member"]): row["source"] for paper, state in wanted.items() for row in (state or {"handlers": []})["handlers"]}
    ended = sorted(present - asked.keys())
    for start in range(0, len(ended), GROUP):
        _end(ended[start : start + GROUP])
    now, key = timezone.now(), by.pk if by else None
    rows = [(paper, member, source, now, key) for (paper, member), source in sorted(asked.items()) if (paper, member) not in present]
    RowWriter(Handling, ("paper_id", "member_id", "source", "assigned_at", "by_id")).insert(rows)


def name_handlers(state: Values | None) -> list[str]:
    """Return the names in a state, for history and previews."""
    return [row["name"] for row in state.get("handlers", [])] if state else []


def _name(state: Values | None) -> list[str] | None:
    return name_handlers(state) or None


def _end(pairs: Iterable[tuple[int, int]]) -> None:
    by_member: dict[int, list[int]] = defaultdict(list)
    for paper, member in pairs:
        by_member[member].append(paper)
    for member, papers in by_member.items():
        Handling.objects.filter(member=member, paper__in=papers).delete()
