"""Papers that are withdrawn, rejected at the desk, deleted, moved or out of sight, and who can see them."""

from typing import Any

import pytest

from papers.models import HistoryLine, Paper, Workshop
from papers.openreview.sign_in import Credentials
from standin import Venue
from tests.papers.dumps import dump_papers, dump_tables
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve

ADA = Credentials("ada@example.org", "loopback-only")
PIA = Credentials("pia@example.org", "loopback-only")


def read_standings(workshop: Workshop) -> list[tuple[int | None, str, bool]]:
    papers = workshop.papers.order_by("number")
    return [(paper.number, paper.standing, paper.not_visible_since is None) for paper in papers]


def list_problems(report: Any) -> list[tuple[str, int | None, str]]:
    return [(problem["code"], problem["paper"], problem["sentence"]) for problem in report.problems]


def test_standings_follow_the_venueid_and_come_back(db: None) -> None:
    venue = fill_venue(make_venue(), papers=4)
    workshop = make_mapped_workshop(venue.id)
    venue.withdraw(2)
    venue.desk_reject(3)
    venue.change(4, content={"venueid": "other.org/2026/Elsewhere"})
    with serve(venue) as standin:
        report = import_from(standin, workshop)
        assert report.withdrawn == 2
        assert read_standings(workshop) == [(1, "active", True), (2, "withdrawn", True), (3, "desk-rejected", True), (4, "left", True)]
        venue.revert(2)
        venue.revert(3)
        venue.change(4, content={"venueid": venue.setting.venueids["active"]})
        report = import_from(standin, workshop)
    assert (report.withdrawn, report.updated) == (0, 3)
    assert read_standings(workshop) == [(number, "active", True) for number in (1, 2, 3, 4)]
    lines = HistoryLine.objects.filter(field="standing", paper__number=2).order_by("pk").values_list("before", "after")
    assert list(lines) == [("withdrawn", "active")]


@pytest.mark.parametrize("lost", [1, 5])
def test_deleted_papers_are_told_from_hidden_ones_and_kept(db: None, lost: int) -> None:
    venue = fill_venue(make_venue(), papers=2 * lost + 1, reviews=1)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        before = [{**paper, "standing": "", "not_visible_since": "", "fingerprint": ""} for paper in dump_papers(workshop)]
        for number in range(1, lost + 1):
            venue.delete(number)
            venue.change(lost + number, readers=["nobody"])
        report = import_from(standin, workshop)
        assert (report.vanished, report.withdrawn, report.unchanged) == (2 * lost, lost, 1)
        deleted = [(number, "deleted", False) for number in range(1, lost + 1)]
        hidden = [(lost + number, "active", False) for number in range(1, lost + 1)]
        assert read_standings(workshop) == [*deleted, *hidden, (2 * lost + 1, "active", True)]
        assert list_problems(report)[0] == ("vanished", 1, "This paper was deleted in OpenReview; our record stays.")
        assert list_problems(report)[-1] == (
            "vanished",
            2 * lost,
            "This paper is no longer visible to this account in OpenReview; our record stays.",
        )
        assert [{**paper, "standing": "", "not_visible_since": "", "fingerprint": ""} for paper in dump_papers(workshop)] == before
        again = import_from(standin, workshop)
        assert (again.vanished, again.problems) == (0, [])
        for number in range(1, lost + 1):
            venue.restore(number)
            venue.change(lost + number, readers=["everyone"])
        report = import_from(standin, workshop)
    assert read_standings(workshop) == [(number, "active", True) for number in range(1, 2 * lost + 2)]
    assert (report.updated, report.vanished) == (2 * lost, 0)
    assert all("visible again" in change["fields"] for change in report.changes)


def test_rehearsal_tells_of_lost_papers_and_marks_none(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        venue.delete(1)
        before = dump_tables(without=())
        report = import_from(standin, workshop, is_rehearsal=True)
        assert dump_tables(without=()) == before
        written = import_from(standin, workshop)
    assert (report.vanished, report.withdrawn, list_problems(report)) == (1, 1, list_problems(written))


def make_venue_of_several_readers() -> Venue:
    """Ada chairs and wrote paper 1; Pia publishes: she sees accepted papers, without reviews."""
    venue = make_venue()
    venue.add_chair("ada@example.org", "Ada Author")
    venue.add_member("Publication_Chairs", "pia@example.org", "Pia Publisher")
    for number in (1, 2):
        venue.add_submission(
            f"Paper {number}", ["Ada Author", "Bob Author"] if number == 1 else ["Eve Else"], track="Full paper", hidden=()
        )
        venue.add_review(number)
        venue.add_decision(number, "Accept (Oral)")
    return venue


def test_chair_who_is_an_author_leaves_hidden_replies_alone(db: None) -> None:
    venue = make_venue_of_several_readers()
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        before = [{**paper, "raw": []} for paper in dump_papers(workshop)]
        report = import_from(standin, workshop, credentials=ADA)
    assert [{**paper, "raw": [], "fingerprint": ""} for paper in dump_papers(workshop)] == [
        {**paper, "fingerprint": ""} for paper in before
    ]
    assert (report.updated, report.conflicts, report.problems) == (0, [], [])


def test_chair_who_is_an_author_is_told_what_is_missing(db: None) -> None:
    venue = make_venue_of_several_readers()
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        report = import_from(standin, workshop, credentials=ADA)
        assert list_problems(report) == [
            (
                "own-paper",
                1,
                "This account is an author of this paper, so OpenReview hides its reviews and its decision: "
                "import once more as another chair, or decide here.",
            )
        ]
        assert report.notices == ["Imported as ~Ada_Author1; 1 active papers have no decision that this account can read."]
        assert [paper.reviews.count() for paper in workshop.papers.order_by("number")] == [0, 1]
        import_from(standin, workshop)
    assert [paper.reviews.count() for paper in workshop.papers.order_by("number")] == [1, 1]
    assert Paper.objects.accepted().count() == 2


def test_account_that_sees_less_marks_no_review_as_gone(db: None) -> None:
    venue = make_venue_of_several_readers()
    workshop = make_mapped_workshop(venue.id)
    venue.release()
    with serve(venue) as standin:
        import_from(standin, workshop)
        report = import_from(standin, workshop, credentials=PIA)
        assert (report.vanished, report.conflicts) == (0, [])
    assert list(workshop.papers.filter(reviews__gone_at__isnull=False)) == []
    assert [paper.reviews.count() for paper in workshop.papers.order_by("number")] == [1, 1]


def test_stranger_sees_nothing_and_changes_nothing(db: None) -> None:
    venue = make_venue_of_several_readers()
    venue.add_person("eve@example.org", "Eve Stranger")
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        before = dump_tables()
        report = import_from(standin, workshop, credentials=Credentials("eve@example.org", "loopback-only"))
    assert dump_tables() == before
    assert list_problems(report) == [
        (
            "empty",
            None,
            "The venue has no submissions that this account can see; nothing was changed. "
            "Is the account a program chair? Is the submission invitation right?",
        )
    ]


def test_hidden_authors_are_marked_and_revealed_ones_taken(db: None) -> None:
    venue = make_venue()
    venue.add_submission("Shy", ["Ada Author"])
    venue.add_submission("Shown", ["Bob Author"], hidden=())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        papers = list(workshop.papers.order_by("number"))
        assert [(paper.has_hidden_authors, paper.authors.count()) for paper in papers] == [(True, 1), (False, 1)]
        venue.change(1, content={"authors": {"value": ["Ada Author"]}, "authorids": {"value": ["~Ada_Author1"]}})
        import_from(standin, workshop)
    assert workshop.papers.get(number=1).has_hidden_authors is False


def test_merged_profiles_are_learned_once(db: None) -> None:
    venue = make_venue()
    venue.store.add_profile("~Ada_Author1", "Ada Author", other_usernames=("~Ada_Old1",))
    venue.add_submission("One", [("Ada Author", "~Ada_Author1"), ("Mail Only", "mail@example.org")], hidden=())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        assert list(workshop.profile_aliases.values_list("profile_id", "alias")) == [
            ("~Ada_Author1", "~Ada_Author1"),
            ("~Ada_Author1", "~Ada_Old1"),
        ]
        import_from(standin, workshop)
        assert standin.count_requests("/profiles/search", "POST") == 1


def test_profiles_that_cannot_be_looked_up_stop_nothing(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("throttle", path="/profiles/search", method="POST", retry_after=60)
        report = import_from(standin, workshop)
    assert (report.created, report.notices[0].startswith("Author profiles could not be looked up: OpenReview asks to wait")) == (3, True)
    assert workshop.import_runs.get().state == "done"


def test_lengths_that_differ_link_to_their_paper(db: None) -> None:
    venue = make_venue()
    venue.add_submission("One", ["Ada Author", "Bob Author"], content={"authorids": ["~Ada_Author1"]}, hidden=())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        report = import_from(standin, workshop)
    paper = workshop.papers.get()
    sentence = "OpenReview lists 2 author names but 1 profiles; names and profiles may not belong together."
    assert report.problems == [{"code": "submission", "paper": 1, "note_id": paper.note_id, "sentence": sentence}]
    assert list(paper.authors.values_list("name", "profile_id")) == [("Ada Author", "~Ada_Author1"), ("Bob Author", "")]


def test_several_submission_invitations_are_one_workshop(db: None) -> None:
    venue = fill_venue(make_venue(), papers=2)
    venue.add_submission("Elsewhere", invitations=[f"{venue.id}/-/Poster"], hidden=())
    workshop = make_mapped_workshop(venue.id, submission_invitations=[f"{venue.id}/-/Submission", f"{venue.id}/-/Poster"])
    with serve(venue) as standin:
        report = import_from(standin, workshop)
        assert (report.created, workshop.import_runs.get().expected_count) == (3, 3)
        venue.delete(3)
        report = import_from(standin, workshop)
    assert read_standings(workshop)[2] == (3, "deleted", False)
