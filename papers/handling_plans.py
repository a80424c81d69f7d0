"""Plans who is to look after which papers: what would change, who can't be given, how the loads become; writes nothing."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from papers.access import READERS
from papers.errors import Refusal
from papers.handling import Values, describe_handlings, find_obstacle, name_handlers
from papers.interests import index_member_bonds
from papers.models import ConflictOfInterest, Handling, Membership, Paper, Workshop
from papers.naming import begin_with_paper
from papers.querysets import PaperQuerySet
from papers.search import search_papers
from papers.sight import Sight

ADD, REPLACE, REMOVE = "add", "replace", "remove"
WAYS = ((ADD, "Add to who looks after them"), (REPLACE, "Replace who looks after them"), (REMOVE, "Take them away"))
Bonds = dict[tuple[int, int], ConflictOfInterest | None]


@dataclass(frozen=True, slots=True)
class HandlingChange:
    """One paper that somebody else looks after than before, and why."""

    paper: Paper
    before: Values | None
    after: Values | None
    reason: str

    @property
    def before_names(self) -> list[str]:
        """Return who looks after it now."""
        return name_handlers(self.before)

    @property
    def after_names(self) -> list[str]:
        """Return who is to look after it."""
        return name_handlers(self.after)


@dataclass(frozen=True, slots=True)
class Load:
    """How many papers a member looks after, before and after; `most` is the highest load of all, for pictures."""

    member: Membership
    before: int
    after: int
    most: int

    @property
    def kept_percent(self) -> float:
        """Return what they have both before and after, as a share of the highest load."""
        return round(100 * min(self.before, self.after) / max(self.most, 1), 2)

    @property
    def most_percent(self) -> float:
        """Return the larger of both loads as a share of the highest."""
        return round(100 * max(self.before, self.after) / max(self.most, 1), 2)

    @property
    def gain(self) -> int:
        """Return how many come or go."""
        return self.after - self.before


@dataclass(slots=True)
class HandlingPlan:
    """What changes, or would; `left_out` are papers that nobody can be given, each with the reason in a sentence."""

    sight: Sight
    title: str
    source: str
    changes: list[HandlingChange] = field(default_factory=list)
    unchanged: int = 0
    left_out: list[tuple[Paper, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Return what was seen of it: somebody who applies a preview applies exactly this."""
        said = [[change.paper.pk, change.before, change.after] for change in self.changes]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]

    def add_change(self, paper: Paper, before: Values | None, rows: Iterable[Values], reason: str) -> None:
        """Put down what becomes of a paper, or that nothing does."""
        handlers = sorted(rows, key=lambda row: row["member"])
        after = {"handlers": handlers} if handlers else None
        if after == before:
            self.unchanged += 1
        else:
            self.changes.append(HandlingChange(paper, before, after, reason))


def choose_papers(sight: Sight, *, keys: Collection[int], text: str) -> PaperQuerySet:
    """Return the papers chosen by key, or where there is no key those that a search finds; raises SearchMistake."""
    return sight.papers.filter(pk__in=list(keys), is_test=False) if keys else search_papers(sight, text)


def title_choice(keys: Collection[int], text: str) -> str:
    """Return in few words which papers were chosen."""
    if keys:
        return "1 selected paper" if len(keys) == 1 else f"{len(keys)} selected papers"
    return text.strip() or "all papers"


def title_assignment(member: Membership, way: str, *, keys: Collection[int], text: str) -> str:
    """Return what an assignment is called, e.g. Assigned to Ada: track:short."""
    verb = {ADD: "Assigned to", REPLACE: "Assigned to nobody but", REMOVE: "Taken from"}[way]
    return f"{verb} {member.user}: {title_choice(keys, text)}"


def plan_assignment(sight: Sight, papers: PaperQuerySet, member: Membership, *, way: str, title: str = "") -> HandlingPlan:
    """Plan to give all these papers to one member, besides or instead of others, or to take them away from them.

    Papers with a conflict of interest and those above the member's limit are left out, each with the reason.
    """
    plan = HandlingPlan(sight, title, Handling.Source.SEARCH)
    chosen = load_chosen(plan, papers)
    held = describe_handlings([paper.pk for paper in chosen])
    bonds = index_member_bonds([member])
    load = count_loads(sight.workshop)[member.pk]
    for paper in chosen:
        before = held[paper.pk]
        rows = before["handlers"] if before else []
        others = [row for row in rows if row["member"] != member.pk]
        own = [row for row in rows if row["member"] == member.pk]
        if way == REMOVE:
            plan.add_change(paper, before, others, f"{member.user} no longer looks after it")
            continue
        reason = "" if own else _find_reason(paper, member, bonds, load)
        if reason:
            plan.left_out.append((paper, reason))
            continue
        load += not own
        new = own or [describe_handler(member, plan.source)]
        plan.add_change(paper, before, [*new, *([] if way == REPLACE else others)], f"given to {member.user}")
    plan.loads = tell_loads(plan)
    return plan


def _find_reason(paper: Paper, member: Membership, bonds: Bonds, load: int) -> str:
    """Return why the member can't take one paper more; nothing when they can."""
    key = (paper.pk, member.pk)
    obstacle = find_obstacle(paper, member, is_bound=key in bonds, conflict=bonds.get(key))
    if obstacle or member.capacity is None or load < member.capacity:
        return obstacle
    papers = "1 paper" if load == 1 else f"{load} papers"
    return f"{begin_with_paper(paper)}: {member.user} looks after {papers} by then, which is the limit of {member.capacity}."


def load_chosen(plan: HandlingPlan, papers: PaperQuerySet) -> list[Paper]:
    """Return the papers that can be given at all, by number; say on the plan which can't. Refuses when nothing was chosen."""
    hidden = plan.sight.hidden
    found = list(papers.order_by("number", "pk").only("number", "title", "standing", "keywords", "workshop_id"))
    if not found:
        raise Refusal("No paper was chosen; search for some, or select them in the table.", subject=plan.sight.workshop)
    bound = [paper for paper in found if paper.pk in hidden]
    idle = [paper for paper in found if paper.pk not in hidden and paper.standing != Paper.Standing.ACTIVE]
    if bound:
        plan.notices.append(
            f"{_count(bound)} left out because you have a conflict of interest: another organizer has to see to {_them(bound)}."
        )
    if idle:
        plan.notices.append(f"{_count(idle)} left out: withdrawn or otherwise not active, so nobody needs to look after {_them(idle)}.")
    gone = {paper.pk for paper in (*bound, *idle)}
    return [paper for paper in found if paper.pk not in gone]


def count_loads(workshop: Workshop) -> Counter[int]:
    """Return how many active papers each member looks after."""
    return Counter(Handling.objects.of_workshop(workshop).counted().count_by_member())


def describe_handler(member: Membership, source: str) -> Values:
    """Return a member as one of those who look after a paper."""
    return {"member": member.pk, "name": str(member.user), "source": source}


def tell_loads(plan: HandlingPlan) -> list[Load]:
    """Return what every member looks after before and after, as far as the person may count, the names in order."""
    sight = plan.sight
    before = Counter(Handling.objects.of_workshop(sight.workshop).counted().seen_by(sight).count_by_member())
    moved: Counter[int] = Counter()
    for change in plan.changes:
        moved.update(row["member"] for row in (change.after or {"handlers": []})["handlers"])
        moved.subtract(row["member"] for row in (change.before or {"handlers": []})["handlers"])
    members = [one for one in sight.workshop.memberships.for_people_page() if one.role in READERS or before[one.pk] or moved[one.pk]]
    most = max((max(before[one.pk], before[one.pk] + moved[one.pk]) for one in members), default=0)
    loads = [Load(one, before[one.pk], before[one.pk] + moved[one.pk], most) for one in members]
    return sorted(loads, key=lambda load: (str(load.member.user).casefold(), load.member.pk))


def _count(papers: Sequence[Paper]) -> str:
    return "1 paper was" if len(papers) == 1 else f"{len(papers)} papers were"


def _them(papers: Sequence[Paper]) -> str:
    return "it" if len(papers) == 1 else "them"
