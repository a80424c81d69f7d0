"""What one person may see: outside, inside, in conflict."""

from django.contrib.auth.models import AnonymousUser

from papers.claims import claim_for_user
from papers.models import ConflictOfInterest, Membership, Paper, Review, Role, User, Workshop
from papers.sight import Sight, find_sight
from papers.todo import PaperFigures, count_papers
from tests.factories import accept, join_workshop, make_paper, make_user, reject


def conflict(paper: Paper, user: User, ground: str = "declared") -> ConflictOfInterest:
    """Put `user` in conflict with `paper`."""
    member = Membership.objects.get(workshop=paper.workshop, user=user)
    return ConflictOfInterest.objects.create(paper=paper, member=member, ground=ground)


def list_titles(sight: Sight) -> list[str]:
    return sorted(sight.papers.values_list("title", flat=True))


def test_outsiders_know_of_accepted_and_released_papers_only(workshop: Workshop, olga: User, eve: User) -> None:
    accept(make_paper(workshop, title="Released"), is_released=True)
    accept(make_paper(workshop, title="Accepted"))
    reject(make_paper(workshop, title="Rejected"), is_released=True)
    accept(make_paper(workshop, title="Test", is_test=True), is_released=True)
    publisher = make_user()
    join_workshop(publisher, workshop, Role.PUBLISHER)
    outside = {str(user): list_titles(find_sight(workshop, user)) for user in (None, AnonymousUser(), eve, publisher)}
    assert list(outside.values()) == [["Released"]] * 4
    assert list_titles(find_sight(workshop, olga)) == ["Accepted", "Rejected", "Released", "Test"]


def test_standing_conflicts_and_own_papers_are_hidden(workshop: Workshop, olga: User) -> None:
    declared, found, dismissed, own, free = (make_paper(workshop) for _ in range(5))
    conflict(declared, olga)
    conflict(found, olga, "institution")
    taken_back = conflict(dismissed, olga, "coauthor")
    taken_back.dismissed_at = workshop.created_at
    taken_back.save()
    claim_for_user(own, own.authors.get(), olga, by=olga)
    assert find_sight(workshop, olga).hidden == {declared.pk, found.pk, own.pk}
    Workshop.objects.filter(pk=workshop.pk).update(hides_conflicted=False)
    workshop.refresh_from_db()
    sight = find_sight(workshop, olga)
    assert sight.hidden == {own.pk}
    assert [sight.sees_judgments(paper) for paper in (own, declared, free)] == [False, True, True]


def test_decision_in_conflict_is_seen_once_released(workshop: Workshop, olga: User) -> None:
    paper, other = make_paper(workshop), make_paper(workshop)
    conflict(paper, olga)
    sight = find_sight(workshop, olga)
    assert (sight.sees_decision(paper), sight.sees_decision(other)) == (False, True)
    decision = accept(paper)
    assert list(workshop.papers.filter(sight.decided, decision__isnull=False)) == []
    decision.released_at = workshop.created_at
    decision.save()
    paper.refresh_from_db()
    assert sight.sees_decision(paper)
    assert list(workshop.papers.filter(sight.decided, decision__isnull=False)) == [paper]


def test_counts_do_not_tell_judgments_in_conflict(workshop: Workshop, olga: User) -> None:
    hidden, seen = make_paper(workshop), make_paper(workshop)
    conflict(hidden, olga)
    accept(seen)

    def count() -> PaperFigures:
        return count_papers(find_sight(workshop, olga))

    before = count()
    Review.objects.bulk_create(
        Review(paper=hidden, note_id=f"r{number}", kind="review", rating=8) for number in range(workshop.required_review_count)
    )
    decision = accept(hidden)
    assert count() == before
    decision.delete()
    reject(hidden)
    assert count() == before
    assert (before.total, before.active, before.accepted, before.undecided, before.few_reviews) == (2, 2, 1, 0, 0)
