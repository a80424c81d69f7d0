"""Papers are given to members, one by one and many at once; taken away, shared, put back."""

import pytest

from papers.batches import find_obstacles, undo_batch
from papers.claims import claim_for_user
from papers.errors import Refusal, Refusals
from papers.handling import assign_paper, describe_handling, describe_handlings, restore_handlings, unassign_paper
from papers.handling_batches import apply_handling, end_conflicted_handling, tell_handling
from papers.handling_plans import HandlingPlan, choose_papers, plan_assignment, title_assignment
from papers.handling_shares import balance_handling, title_sharing
from papers.models import Batch, ConflictOfInterest, Handling, Membership, Paper, Role, User, Workshop
from papers.sight import find_sight
from tests.factories import join_workshop, make_paper, make_user


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, number=7)


@pytest.fixture
def members(workshop: Workshop) -> list[Membership]:
    return [join_workshop(make_user(f"{name.lower()}@x.example", name=name), workshop) for name in ("Ann", "Ben", "Cas")]


def bind(paper: Paper, member: Membership) -> ConflictOfInterest:
    """Give a member a conflict of interest."""
    return ConflictOfInterest.objects.create(paper=paper, member=member, ground="institution", evidence="both at Uni (X)")


def list_handlers(workshop: Workshop) -> dict[int | None, list[str]]:
    """Return who looks after each paper, by number."""
    found: dict[int | None, list[str]] = {}
    for handling in Handling.objects.of_workshop(workshop).select_related("paper", "member__user").order_by("paper__number", "member_id"):
        found.setdefault(handling.paper.number, []).append(str(handling.member.user))
    return found


def list_lines(paper: Paper) -> list[tuple[str, str, object, object]]:
    return [(line.action, line.field, line.before, line.after) for line in paper.history.order_by("pk")]


def apply(plan: HandlingPlan, by: User, nonce: str = "") -> Batch:
    """Apply what was planned, as somebody who saw it."""
    return apply_handling(plan.sight.workshop, lambda: plan, seen=plan.digest, by=by, nonce=nonce)


def test_assigned_and_unassigned_with_history(paper: Paper, members: list[Membership], olga: User) -> None:
    ann, ben, _ = members
    handling = assign_paper(paper, ann, by=olga)
    assign_paper(paper, ben, by=olga)
    assert (handling.source, handling.by) == ("hand", olga)
    unassign_paper(paper, ann, by=olga)
    assert list_handlers(paper.workshop) == {7: ["Ben"]}
    assert list_lines(paper) == [
        ("assigned", "handling", None, ["Ann"]),
        ("assigned", "handling", ["Ann"], ["Ann", "Ben"]),
        ("unassigned", "handling", ["Ann", "Ben"], ["Ben"]),
    ]


def test_some_can_not_look_after_a_paper(paper: Paper, members: list[Membership], olga: User) -> None:
    ann, ben, cas = members
    publisher = join_workshop(make_user("pub@x.example", name="Pub"), paper.workshop, Role.PUBLISHER)
    bind(paper, ann)
    claim_for_user(paper, paper.authors.get(), ben.user, by=olga)
    Membership.objects.filter(pk=cas.pk).update(capacity=1)
    assign_paper(make_paper(paper.workshop), cas, by=olga)
    gone = make_paper(paper.workshop, number=9, standing="withdrawn")
    sentences = []
    for one, member in ((paper, ann), (paper, ben), (paper, cas), (paper, publisher), (gone, cas)):
        with pytest.raises(Refusal) as refused:
            assign_paper(one, member, by=olga)
        sentences.append(refused.value.sentence)
    assert sentences == [
        "Ann has a conflict of interest with paper 7 (institution: both at Uni (X)).",
        "Ben has a conflict of interest with paper 7 (author).",
        "Cas looks after 1 paper, which is the limit of 1; raise it under My interests or choose somebody else.",
        "Pub sees no reviews as a publisher and can't look after papers.",
        "Paper 9 is withdrawn; nobody needs to look after it.",
    ]
    assert list_lines(paper)[1:] == []


def test_twice_is_refused_both_ways(paper: Paper, members: list[Membership], olga: User) -> None:
    assign_paper(paper, members[0], by=olga)
    with pytest.raises(Refusal, match="Ann looks after paper 7 already"):
        assign_paper(paper, members[0], by=olga)
    unassign_paper(paper, members[0], by=olga)
    with pytest.raises(Refusal, match="Ann does not look after paper 7"):
        unassign_paper(paper, members[0], by=olga)


def test_dismissed_conflicts_do_not_matter(paper: Paper, members: list[Membership], olga: User) -> None:
    held = bind(paper, members[0])
    ConflictOfInterest.objects.filter(pk=held.pk).update(dismissed_at=paper.workshop.created_at)
    assert assign_paper(paper, members[0], by=olga).member == members[0]


def test_who_does_not_see_it_does_not_assign_it(paper: Paper, members: list[Membership], olga: User) -> None:
    bind(paper, Membership.objects.get(user=olga))
    for act in (assign_paper, unassign_paper):
        with pytest.raises(Refusal, match="You have a conflict of interest with paper 7 and don't see who looks after it"):
            act(paper, members[0], by=olga)


def test_search_is_given_to_one_member(workshop: Workshop, members: list[Membership], olga: User) -> None:
    ann, ben, _ = members
    Membership.objects.filter(pk=ann.pk).update(capacity=3)
    ann.refresh_from_db()
    papers = [make_paper(workshop, number=number) for number in range(1, 7)]
    Paper.objects.filter(number=6).update(standing="withdrawn")
    bind(papers[1], ann)
    assign_paper(papers[0], ann, by=olga)
    assign_paper(papers[2], ben, by=olga)
    sight = find_sight(workshop, olga)
    plan = plan_assignment(sight, workshop.papers.all(), ann, way="add", title=title_assignment(ann, "add", keys=[], text=" "))
    assert [(change.paper.number, change.before_names, change.after_names, change.reason) for change in plan.changes] == [
        (3, ["Ben"], ["Ann", "Ben"], "given to Ann"),
        (4, [], ["Ann"], "given to Ann"),
    ]
    assert [sentence for _, sentence in plan.left_out] == [
        "Ann has a conflict of interest with paper 2 (institution: both at Uni (X)).",
        "Paper 5: Ann looks after 3 papers by then, which is the limit of 3.",
    ]
    assert plan.notices == ["1 paper was left out: withdrawn or otherwise not active, so nobody needs to look after it."]
    assert plan.unchanged == 1
    loads = [(str(load.member.user), load.before, load.after, load.gain) for load in plan.loads]
    assert loads == [("Ann", 1, 3, 2), ("Ben", 1, 1, 0), ("Cas", 0, 0, 0), ("Olga Organizer", 0, 0, 0)]
    assert [(load.kept_percent, load.most_percent) for load in plan.loads[:2]] == [(33.33, 100.0), (33.33, 33.33)]
    batch = apply(plan, olga)
    assert (batch.title, batch.kind, batch.paper_count) == ("Assigned to Ann: all papers", "handling", 2)
    assert list_handlers(workshop) == {1: ["Ann"], 3: ["Ann", "Ben"], 4: ["Ann"]}
    assert list_lines(papers[3]) == [("assigned", "handling", None, ["Ann"])]
    sources = Handling.objects.filter(member=ann).order_by("paper__number").values_list("source", "by")
    assert list(sources) == [("hand", olga.pk), ("search", olga.pk), ("search", olga.pk)]


def test_others_are_replaced_or_a_member_taken_away(workshop: Workshop, members: list[Membership], olga: User) -> None:
    ann, ben, _ = members
    first, second = make_paper(workshop, number=1), make_paper(workshop, number=2)
    for one in (ann, ben):
        assign_paper(first, one, by=olga)
    sight = find_sight(workshop, olga)
    plan = plan_assignment(sight, choose_papers(sight, keys=[first.pk, second.pk], text=""), ann, way="replace")
    assert [(change.paper.number, change.after_names) for change in plan.changes] == [(1, ["Ann"]), (2, ["Ann"])]
    apply(plan, olga)
    plan = plan_assignment(sight, choose_papers(sight, keys=[], text="1"), ann, way="remove")
    assert [(change.paper.number, change.after, change.reason) for change in plan.changes] == [(1, None, "Ann no longer looks after it")]
    apply(plan, olga)
    assert list_handlers(workshop) == {2: ["Ann"]}
    assert list_lines(first)[-1] == ("unassigned", "handling", ["Ann"], None)


def test_titles_say_what_was_done(members: list[Membership]) -> None:
    ann = members[0]
    assert [
        title_assignment(ann, "add", keys=[1], text="x"),
        title_assignment(ann, "replace", keys=[1, 2], text=""),
        title_assignment(ann, "remove", keys=[], text="track:short"),
        title_sharing(members, keys=[], text=""),
        title_sharing([ann], keys=[], text="is:undecided"),
    ] == [
        "Assigned to Ann: 1 selected paper",
        "Assigned to nobody but Ann: 2 selected papers",
        "Taken from Ann: track:short",
        "Shared among 3 members: all papers",
        "Shared among Ann: is:undecided",
    ]


def test_shares_are_even_and_respect_conflicts_and_what_is_there(workshop: Workshop, members: list[Membership], olga: User) -> None:
    ann, ben, _ = members
    papers = [make_paper(workshop, number=number) for number in range(1, 9)]
    for paper in papers[:3]:
        assign_paper(paper, ann, by=olga)
    for paper in papers[3:]:
        bind(paper, ben)
    bind(papers[0], ann)
    sight = find_sight(workshop, olga)
    plan = balance_handling(sight, workshop.papers.all(), members, seed=5)
    assert {str(load.member.user): load.after for load in plan.loads} == {"Ann": 4, "Ben": 1, "Cas": 3, "Olga Organizer": 0}
    first = plan.changes[0]
    assert (first.paper.number, first.before_names, first.after_names, first.reason) == (
        1,
        ["Ann"],
        ["Ben"],
        "Ann has a conflict of interest",
    )
    assert {change.reason for change in plan.changes[1:]} == {"not Ben: conflict of interest"}
    assert plan.unchanged == 2
    assert balance_handling(sight, workshop.papers.all(), members, seed=5).digest == plan.digest
    apply(plan, olga)
    assert balance_handling(sight, workshop.papers.all(), members, seed=9).changes == []
    assert set(Handling.objects.exclude(source="hand").values_list("source", flat=True)) == {"balanced"}


def test_sharing_anew_moves_no_more_than_it_must(workshop: Workshop, members: list[Membership], olga: User) -> None:
    ann, ben, _ = members
    papers = [make_paper(workshop, number=number) for number in range(1, 7)]
    for paper in papers[:4]:
        assign_paper(paper, ann, by=olga)
    for paper in papers[4:]:
        assign_paper(paper, ben, by=olga)
    plan = balance_handling(find_sight(workshop, olga), workshop.papers.all(), [ann, ben], keeps=False)
    assert [(change.before_names, change.after_names, change.reason) for change in plan.changes] == [(["Ann"], ["Ben"], "even loads")]


def test_each_paper_gets_as_many_as_wanted(workshop: Workshop, members: list[Membership], olga: User) -> None:
    papers = [make_paper(workshop, number=number) for number in range(1, 4)]
    assign_paper(papers[0], members[0], by=olga)
    plan = balance_handling(find_sight(workshop, olga), workshop.papers.all(), members, per_paper=2)
    apply(plan, olga)
    assert [len(names) for names in list_handlers(workshop).values()] == [2, 2, 2]
    assert sorted(load.after for load in plan.loads) == [0, 2, 2, 2]


def test_topics_decide_where_loads_leave_a_choice(workshop: Workshop, members: list[Membership], olga: User) -> None:
    ann, ben, _ = members
    Membership.objects.filter(pk=ann.pk).update(topics=["Video"])
    assign_paper(make_paper(workshop, number=50, keywords=["Faces"]), ben, by=olga)
    assign_paper(make_paper(workshop, number=51, keywords=["other"]), ann, by=olga)
    for number, keywords in ((1, ["video diffusion"]), (2, ["faces"]), (3, ["VIDEO"]), (4, ["faces", "x"])):
        make_paper(workshop, number=number, keywords=keywords)
    sight = find_sight(workshop, olga)
    known = list(workshop.memberships.in_keys([ann.pk, ben.pk]))
    papers = workshop.papers.filter(number__lt=50)
    shares = [
        {change.paper.number: change.after_names[0] for change in balance_handling(sight, papers, known, by_topics=True, seed=seed).changes}
        for seed in range(4)
    ]
    assert shares == [{1: "Ann", 2: "Ben", 3: "Ann", 4: "Ben"}] * 4


def test_what_can_not_be_shared_is_said_with_numbers(workshop: Workshop, members: list[Membership], olga: User) -> None:
    papers = [make_paper(workshop, number=number) for number in range(1, 4)]
    sight, everything = find_sight(workshop, olga), workshop.papers.all()
    for sentence, chosen, wanted, per_paper in (
        ("Choose at least one member", everything, [], 1),
        ("Each paper is to have 4 members and only 3 were chosen", everything, members, 4),
        ("Each paper is to have 2 members and only 1 was chosen", everything, members[:1], 2),
        ("No paper was chosen", everything.none(), members, 1),
    ):
        with pytest.raises(Refusal, match=sentence):
            balance_handling(sight, chosen, wanted, per_paper=per_paper)
    for member in members:
        bind(papers[0], member)
    for member in members[:2]:
        bind(papers[1], member)
    plan = balance_handling(sight, everything, members, per_paper=2)
    assert [sentence for _, sentence in plan.left_out] == [
        "Paper 1: all 3 members have a conflict of interest.",
        "Paper 2 needs 2 more and only 1 of 3 members can take it (Cas).",
    ]
    assert [sentence for _, sentence in balance_handling(sight, everything, members[:1]).left_out] == [
        "Paper 1: Ann has a conflict of interest.",
        "Paper 2: Ann has a conflict of interest.",
    ]


def test_small_limits_are_said_with_numbers(workshop: Workshop, members: list[Membership], olga: User) -> None:
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(capacity=1)
    limited = list(workshop.memberships.in_keys([member.pk for member in members]))
    for number in range(1, 6):
        make_paper(workshop, number=number)
    plan = balance_handling(find_sight(workshop, olga), workshop.papers.all(), limited)
    assert plan.notices == [
        "5 assignments are needed and the limits leave room for 3: 3 members may look after 3 papers and have 0 already."
    ]
    names = "Ann 1, Ben 1, Cas 1"
    told = [sentence.partition(" got ")[2] for _, sentence in plan.left_out]
    assert told == [f"0 of 1: whoever has no conflict of interest has reached the limit ({names})."] * 2


def test_papers_hidden_from_who_asks_are_left_alone(workshop: Workshop, members: list[Membership], olga: User) -> None:
    hidden, other = make_paper(workshop, number=1), make_paper(workshop, number=2)
    bind(hidden, Membership.objects.get(user=olga))
    Handling.objects.create(paper=hidden, member=members[0])
    plan = balance_handling(find_sight(workshop, olga), workshop.papers.all(), members)
    assert [change.paper for change in plan.changes] == [other]
    assert plan.notices == ["1 paper was left out because you have a conflict of interest: another organizer has to see to it."]
    assert {load.before for load in plan.loads} == {0}


def test_only_what_was_seen_is_applied_and_once(workshop: Workshop, members: list[Membership], olga: User) -> None:
    paper = make_paper(workshop, number=1)
    sight = find_sight(workshop, olga)

    def make_plan() -> HandlingPlan:
        return plan_assignment(sight, workshop.papers.all(), members[0], way="add", title="x")

    seen = make_plan().digest
    make_paper(workshop, number=2)
    with pytest.raises(Refusal, match="changed since this preview; nothing was written"):
        apply_handling(workshop, make_plan, seen=seen, by=olga)
    assert list_handlers(workshop) == {}
    apply_handling(workshop, make_plan, seen=make_plan().digest, by=olga, nonce="n1")
    with pytest.raises(Refusal, match="This preview was applied already"):
        apply_handling(workshop, make_plan, seen=seen, by=olga, nonce="n1")
    with pytest.raises(Refusal, match="Nothing would change"):
        apply_handling(workshop, make_plan, seen=make_plan().digest, by=olga, nonce="n2")
    assert list_lines(paper) == [("assigned", "handling", None, ["Ann"])]


def test_batch_is_undone_as_long_as_nothing_changed(workshop: Workshop, members: list[Membership], olga: User) -> None:
    ann, ben, cas = members
    papers = [make_paper(workshop, number=number) for number in (1, 2)]
    assign_paper(papers[0], ben, by=olga)
    sight = find_sight(workshop, olga)
    batch = apply(plan_assignment(sight, workshop.papers.all(), ann, way="replace"), olga)
    assert list_handlers(workshop) == {1: ["Ann"], 2: ["Ann"]}
    assign_paper(papers[1], cas, by=olga)
    with pytest.raises(Refusals) as refused:
        undo_batch(batch, by=olga)
    assert refused.value.reasons == ["Paper 2 was assigned otherwise since; now looked after by Ann and Cas."]
    unassign_paper(papers[1], cas, by=olga)
    held = bind(papers[0], ben)
    Paper.objects.filter(number=2).update(standing="withdrawn")
    assert find_obstacles(batch, by=olga) == [
        "Paper 1: Ben has a conflict of interest by now.",
        "Paper 2 is withdrawn by now.",
    ]
    held.delete()
    Paper.objects.filter(number=2).update(standing="active")
    undo_batch(batch, by=olga)
    assert list_handlers(workshop) == {1: ["Ben"]}
    assert list_lines(papers[0])[-1] == ("undone", "handling", ["Ann"], ["Ben"])


def test_nobody_who_left_comes_back(workshop: Workshop, members: list[Membership], olga: User) -> None:
    paper = make_paper(workshop, number=1)
    assign_paper(paper, members[1], by=olga)
    batch = apply(plan_assignment(find_sight(workshop, olga), workshop.papers.all(), members[0], way="replace"), olga)
    members[1].delete()
    assert find_obstacles(batch, by=olga) == ["Paper 1: Ben is no member any more."]


def test_states_are_whole(workshop: Workshop, members: list[Membership], olga: User) -> None:
    paper, empty = make_paper(workshop), make_paper(workshop)
    assign_paper(paper, members[0], by=olga)
    state = {"handlers": [{"member": members[0].pk, "name": "Ann", "source": "hand"}]}
    assert describe_handlings([paper.pk, empty.pk]) == {paper.pk: state, empty.pk: None}
    restore_handlings(workshop, {paper.pk: None, empty.pk: state}, by=olga)
    assert (describe_handling(paper), describe_handling(empty)) == (None, state)
    assert [tell_handling(one) for one in (None, state, {"other": 1})] == ["nobody", "Ann", "nobody"]


def test_later_conflicts_end_assignments_together(workshop: Workshop, members: list[Membership], olga: User) -> None:
    ann, ben, _ = members
    papers = [make_paper(workshop, number=number) for number in (1, 2)]
    for paper in papers:
        for member in (ann, ben):
            assign_paper(paper, member, by=olga)
    bind(papers[0], ann)
    claim_for_user(papers[1], papers[1].authors.get(), ben.user, by=olga)
    batch = end_conflicted_handling(find_sight(workshop, olga), by=olga)
    assert (batch.paper_count, list_handlers(workshop)) == (2, {1: ["Ben"], 2: ["Ann"]})
    with pytest.raises(Refusal, match="Nothing would change"):
        end_conflicted_handling(find_sight(workshop, olga), by=olga)
