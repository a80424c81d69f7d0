"""Shares papers among members: evenly, with conflicts of interest respected."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from papers.balancing import DEAREST, Place, Want, balance
from papers.errors import Refusal
from papers.handling import Values, describe_handlings
from papers.handling_plans import HandlingPlan, count_loads, describe_handler, load_chosen, tell_loads, title_choice
from papers.interests import index_member_bonds
from papers.models import Handling, Membership, Paper
from papers.naming import begin_with_paper
from papers.querysets import PaperQuerySet
from papers.sight import Sight
from papers.texts import fold_text

NEWCOMER = 5
"""What it costs to give a paper to somebody new when everything else is equal: nobody changes papers for nothing."""


@dataclass(slots=True)
class _Sharing:
    """What is known of one act of sharing."""

    plan: HandlingPlan
    members: Sequence[Membership]
    bonds: frozenset[tuple[int, int]]
    held: Mapping[int, Values | None]
    per_paper: int
    keeps: bool

    def list_kept(self, paper: Paper) -> list[Values]:
        """Return who stays with a paper: whoever has no conflict, where handlers are kept at all."""
        return [row for row in self.list_rows(paper) if self.keeps and (paper.pk, row["member"]) not in self.bonds]

    def list_rows(self, paper: Paper) -> list[Values]:
        state = self.held[paper.pk]
        return list(state["handlers"]) if state else []

    def list_bound(self, paper: Paper) -> list[Membership]:
        return [member for member in self.members if (paper.pk, member.pk) in self.bonds]


def title_sharing(members: Sequence[Membership], *, keys: Collection[int], text: str) -> str:
    """Return what an act of sharing is called, e.g. Shared among 3 members: track:short."""
    whom = f"{len(members)} members" if len(members) > 1 else str(members[0].user)
    return f"Shared among {whom}: {title_choice(keys, text)}"


def balance_handling(
    sight: Sight,
    papers: PaperQuerySet,
    members: Sequence[Membership],
    *,
    per_paper: int = 1,
    keeps: bool = True,
    by_topics: bool = False,
    seed: int = 0,
    title: str = "",
) -> HandlingPlan:
    """Plan to give each of these papers to `per_paper` of the members, so that loads differ by at most one where possible.

    With `keeps`, who looks after a paper already stays unless they have a conflict of interest, and only the rest is given;
    without, papers are shared anew, but nobody changes papers for nothing. With `by_topics`, where loads leave a choice, a
    paper goes to whoever knows its keywords. Refuses without members and where there are fewer than each paper needs.
    """
    if not members:
        raise Refusal("Choose at least one member to share the papers among.", subject=sight.workshop)
    if per_paper > len(members):
        raise Refusal(
            f"Each paper is to have {per_paper} members and only {len(members)} {'was' if len(members) == 1 else 'were'} chosen; "
            "choose more, or fewer for each paper.",
            subject=sight.workshop,
        )
    plan = HandlingPlan(sight, title, Handling.Source.BALANCED)
    chosen = load_chosen(plan, papers)
    held = describe_handlings([paper.pk for paper in chosen])
    everybody = {row["member"] for state in held.values() if state for row in state["handlers"]} | {member.pk for member in members}
    known = list(sight.workshop.memberships.in_keys(everybody))
    sharing = _Sharing(plan, members, frozenset(index_member_bonds(known)), held, per_paper, keeps)
    loads = _count_other_loads(sharing, chosen)
    costs = _Closeness(sight, members).cost if by_topics else None
    wants = [_describe_want(sharing, paper, costs) for paper in chosen]
    shares = balance(wants, [Place(one.pk, loads[one.pk], one.capacity) for one in members], seed=seed)
    for paper, want in zip(chosen, wants, strict=True):
        _put_down(sharing, paper, want, shares[paper.pk])
    _tell_shortage(sharing, wants, shares, loads)
    plan.loads = tell_loads(plan)
    return plan


def _count_other_loads(sharing: _Sharing, chosen: Iterable[Paper]) -> Counter[int]:
    """Return what members look after besides what is about to be shared."""
    loads = count_loads(sharing.plan.sight.workshop)
    for paper in chosen:
        kept = {row["member"] for row in sharing.list_kept(paper)}
        loads.subtract(row["member"] for row in sharing.list_rows(paper) if row["member"] not in kept)
    return loads


def _describe_want(sharing: _Sharing, paper: Paper, closeness: Callable[[Paper, Membership], int] | None) -> Want:
    kept = {row["member"] for row in sharing.list_kept(paper)}
    present = {row["member"] for row in sharing.list_rows(paper)}
    forbidden = frozenset(member.pk for member in sharing.members if (paper.pk, member.pk) in sharing.bonds) | kept
    costs = {}
    for member in sharing.members:
        cost = (closeness(paper, member) if closeness else 0) + (0 if member.pk in present or not present else NEWCOMER)
        if cost:
            costs[member.pk] = min(cost, DEAREST)
    return Want(paper.pk, max(0, sharing.per_paper - len(kept)), forbidden, costs)


def _put_down(sharing: _Sharing, paper: Paper, want: Want, share: Sequence[int]) -> None:
    """Put the share of a paper on the plan, with why; or why it gets less than it needs."""
    plan, kept = sharing.plan, sharing.list_kept(paper)
    new = [describe_handler(member, plan.source) for member in sharing.members if member.pk in share]
    for place, row in enumerate(new):  # who stays, stays as they came
        new[place] = next((old for old in sharing.list_rows(paper) if old["member"] == row["member"]), row)
    if len(share) < want.need:
        plan.left_out.append((paper, _tell_lack(sharing, paper, want, len(share))))
        if not share and not sharing.keeps:  # nobody else was found: better the old ones than nobody
            kept = [row for row in sharing.list_rows(paper) if (paper.pk, row["member"]) not in sharing.bonds]
    plan.add_change(paper, sharing.held[paper.pk], [*kept, *new], _tell_reason(sharing, paper))


def _tell_reason(sharing: _Sharing, paper: Paper) -> str:
    ended = [row["name"] for row in sharing.list_rows(paper) if (paper.pk, row["member"]) in sharing.bonds]
    bound = [str(member.user) for member in sharing.list_bound(paper)]
    if ended:
        return f"{' and '.join(ended)} {'has' if len(ended) == 1 else 'have'} a conflict of interest"
    return f"not {', '.join(bound)}: conflict of interest" if bound else "even loads"


def _tell_lack(sharing: _Sharing, paper: Paper, want: Want, count: int) -> str:
    free = [member for member in sharing.members if member.pk not in want.forbidden]
    name, total = begin_with_paper(paper), len(sharing.members)
    if len(sharing.list_bound(paper)) == total:
        who = f"all {total} members have" if total > 1 else f"{sharing.members[0].user} has"
        return f"{name}: {who} a conflict of interest."
    if len(free) < want.need:
        others = ", ".join(str(member.user) for member in free) or "nobody else"
        return f"{name} needs {want.need} more and only {len(free)} of {total} members can take it ({others})."
    limits = ", ".join(f"{member.user} {member.capacity}" for member in free if member.capacity is not None)
    return f"{name} got {count} of {want.need}: whoever has no conflict of interest has reached the limit ({limits})."


def _tell_shortage(sharing: _Sharing, wants: Sequence[Want], shares: Mapping[int, Sequence[int]], loads: Counter[int]) -> None:
    """Say with numbers that limits are too small, where they are."""
    need, given = sum(want.need for want in wants), sum(len(share) for share in shares.values())
    limits = [(member.capacity, loads[member.pk]) for member in sharing.members if member.capacity is not None]
    if given == need or len(limits) < len(sharing.members):
        return
    room = sum(max(0, limit - load) for limit, load in limits)
    if room < need:
        sharing.plan.notices.append(
            f"{need} assignments are needed and the limits leave room for {room}: {len(limits)} members may look after "
            f"{sum(limit for limit, _ in limits)} papers and have {sum(load for _, load in limits)} already."
        )


class _Closeness:
    """How far a paper is from what a member knows: its keywords among the topics they named and the papers they look after."""

    def __init__(self, sight: Sight, members: Sequence[Membership]) -> None:
        self._known: dict[str, set[int]] = defaultdict(set)
        self._topics: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        keys = {member.pk for member in members}
        for member in members:
            for words in (frozenset(fold_text(str(topic)).split()) for topic in member.topics):
                if words:
                    self._topics[min(words)].append((words, member.pk))
        handled = Handling.objects.of_workshop(sight.workshop).seen_by(sight).counted()
        for key, keywords in handled.values_list("member_id", "paper__keywords"):
            for keyword in keywords if key in keys and isinstance(keywords, list) else ():
                self._known[fold_text(str(keyword))].add(key)
        self._members_by_keyword: dict[str, frozenset[int]] = {}

    def cost(self, paper: Paper, member: Membership) -> int:
        """Return 0 where three keywords or more are known, 30 more for each one less."""
        keywords = paper.keywords if isinstance(paper.keywords, list) else []
        return 90 - 30 * min(3, sum(member.pk in self._find_members(fold_text(str(keyword))) for keyword in keywords))

    def _find_members(self, keyword: str) -> frozenset[int]:
        """Return who knows a keyword: a topic's words all occur in it, or a paper that they look after has it."""
        found = self._members_by_keyword.get(keyword)
        if found is None:
            words = set(keyword.split())
            named = {key for word in words for topic, key in self._topics.get(word, ()) if topic <= words}
            found = self._members_by_keyword[keyword] = frozenset(named | self._known.get(keyword, set()))
        return found
