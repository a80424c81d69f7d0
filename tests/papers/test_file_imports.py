"""Files come from OpenReview whole, once, never over a newer one of ours; the unmodified client against faults."""

import datetime as dt
import hashlib
from collections.abc import Iterator

import pytest

from papers.camera_ready import approve_file, withdraw_file
from papers.errors import Refusal, Throttled, Unavailable
from papers.file_imports import FileImportReport
from papers.file_plans import keep_source
from papers.import_locks import hold_import
from papers.jobs import run_job
from papers.models import Decision, FileVersion, HistoryLine, Job, StoredFile, UpstreamFile, User, Workshop
from papers.stored_files import open_content
from standin import Standin, Venue, VenueV1
from tests.factories import accept, join_workshop, make_paper
from tests.papers.filed_venues import (
    ATTACHMENTS,
    get_paper,
    list_acts,
    list_taken,
    make_filed_venue,
    make_owing_workshop,
    plan_from,
    read_pdf,
    take_from,
)
from tests.papers.handed_in import ask, check_here, hand_in, make_content
from tests.papers.standin_venues import VENUE_ID, make_venue, serve

pytestmark = pytest.mark.django_db
OUTCOMES = ("taken", "same", "older", "refused", "missing")


@pytest.fixture
def venue() -> Venue:
    return make_filed_venue()


@pytest.fixture
def standin(venue: Venue) -> Iterator[Standin]:
    with serve(venue) as running:
        yield running


@pytest.fixture
def filed(venue: Venue) -> Workshop:
    return make_owing_workshop(venue)


def count(report: FileImportReport) -> tuple[int, ...]:
    return tuple(getattr(report, name) for name in OUTCOMES)


def read(version: FileVersion) -> bytes:
    assert version.file is not None
    with open_content(version.file) as content:
        return bytes(content.read())


def test_files_become_versions_with_who_filed_them_when(standin: Standin, venue: Venue, filed: Workshop, olga: User) -> None:
    told: list[tuple[int, int]] = []
    report = take_from(standin, filed, by=olga, tell=lambda *place: told.append(place))
    assert (count(report), report.problems, told) == ((3, 0, 0, 0, 0), [], [(1, 3), (2, 3), (3, 3)])
    assert standin.count_requests(ATTACHMENTS) == 1
    for number in (1, 2, 3):
        version = FileVersion.objects.with_all().get(paper__number=number)
        assert read(version) == read_pdf(venue, number)
        assert (version.number, version.name, version.uploaded_by, version.checked_at) == (1, f"{number}_pdf.pdf", olga, None)
        assert version.origin is not None
        assert version.origin.filed_by == f"{VENUE_ID}/Submission{number}/Authors"
        assert version.origin.filed_at == dt.datetime.fromtimestamp(venue.papers[number]["tmdate"] / 1000, tz=dt.UTC)
    assert Job.objects.filter(kind="check-file", state="queued").count() == 3
    lines = HistoryLine.objects.filter(action="received file")
    assert {(line.note, line.by) for line in lines} == {("from OpenReview", olga)}


def test_second_start_asks_for_nothing(standin: Standin, filed: Workshop) -> None:
    take_from(standin, filed)
    standin.requests.clear()
    assert count(take_from(standin, filed)) == (0, 0, 0, 0, 0)
    assert (standin.count_requests(ATTACHMENTS), standin.count_requests("/notes/edits")) == (0, 0)
    assert list_taken(filed) == [(1, 1, True), (2, 1, True), (3, 1, True)]
    assert list_acts(plan_from(standin, filed)) == [(1, "paper", "same"), (2, "paper", "same"), (3, "paper", "same")]


def test_new_upload_there_is_a_new_version_here(standin: Standin, venue: Venue, filed: Workshop) -> None:
    take_from(standin, filed)
    venue.upload_camera_ready(2)
    plan = plan_from(standin, filed)
    assert [item.act for item in plan.items] == ["same", "changed", "same"]
    assert count(take_from(standin, filed)) == (1, 0, 0, 0, 0)
    assert list_taken(filed) == [(1, 1, True), (2, 1, True), (2, 2, True), (3, 1, True)]


def test_newer_file_of_ours_stays_and_the_difference_is_said(standin: Standin, venue: Venue, filed: Workshop, ada: User) -> None:
    join_workshop(ada, filed)
    ours = hand_in(get_paper(filed, 1), ada, make_content(1, 100))
    plan = plan_from(standin, filed)
    assert plan.items[0].act == "older"
    assert plan.items[0].sentence.endswith(", before ours. Withdraw ours first if theirs is to count.")
    assert count(take_from(standin, filed)) == (2, 0, 0, 0, 0)
    assert list_taken(filed) == [(1, 1, False), (2, 1, True), (3, 1, True)]
    assert UpstreamFile.objects.get(paper__number=1).outcome == "older"
    withdraw_file(ours, by=ada)
    assert count(take_from(standin, filed)) == (1, 0, 0, 0, 0)
    assert list_taken(filed)[:2] == [(1, 1, False), (1, 2, True)]


def test_file_whose_time_is_not_shown_never_replaces_ours(standin: Standin, venue: Venue, filed: Workshop, ada: User) -> None:
    join_workshop(ada, filed)
    hand_in(get_paper(filed, 1), ada, make_content(1, 100))
    FileVersion.objects.update(at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    venue.store.edits.clear()
    assert count(take_from(standin, filed)) == (2, 0, 0, 0, 0)
    [told] = plan_from(standin, filed).told
    assert told.sentence == ("OpenReview does not show when it was filed there, so ours stays. Withdraw ours first if theirs is to count.")


def test_older_file_of_ours_is_replaced(standin: Standin, venue: Venue, filed: Workshop, ada: User) -> None:
    join_workshop(ada, filed)
    hand_in(get_paper(filed, 1), ada, make_content(1, 100))
    FileVersion.objects.update(at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert [item.act for item in plan_from(standin, filed).items] == ["changed", "new", "new"]
    take_from(standin, filed)
    assert list_taken(filed)[:2] == [(1, 1, False), (1, 2, True)]


def test_same_bytes_are_one_version(standin: Standin, venue: Venue, filed: Workshop, ada: User) -> None:
    join_workshop(ada, filed)
    hand_in(get_paper(filed, 1), ada, read_pdf(venue, 1))
    FileVersion.objects.update(at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert count(take_from(standin, filed)) == (2, 1, 0, 0, 0)
    assert list_taken(filed) == [(1, 1, False), (2, 1, True), (3, 1, True)]
    assert StoredFile.objects.count() == 3


def test_approved_file_stays(standin: Standin, venue: Venue, filed: Workshop, ada: User) -> None:
    ask(filed, style="any", is_blocking=False, due_at=None)
    take_from(standin, filed)
    version = FileVersion.objects.with_all().get(paper__number=1)
    check_here(version)
    approve_file(FileVersion.objects.with_all().get(pk=version.pk), by=ada)
    venue.upload_camera_ready(1)
    [told] = plan_from(standin, filed).told
    assert (told.act, told.sentence) == ("kept", "Another file is approved here; return that one if this is to count.")
    assert count(take_from(standin, filed)) == (0, 0, 0, 0, 0)


def test_only_released_accepted_papers_are_asked_for(standin: Standin, venue: Venue, filed: Workshop) -> None:
    decision = filed.papers.get(number=1).decision
    decision.released_at = None
    decision.save()
    Decision.objects.filter(paper__number=2).delete()
    make_paper(filed, number=9, note_id="")
    assert list_acts(plan_from(standin, filed)) == [(3, "paper", "new")]


def test_withdrawn_vanished_and_reviewed_files_are_said(standin: Standin, venue: Venue, filed: Workshop) -> None:
    venue.withdraw(1)
    venue.delete(2)
    venue.add_submission("Paper 4", number=4)
    accept(make_paper(filed, number=4, note_id=venue.papers[4]["id"]), is_released=True)
    plan = plan_from(standin, filed)
    assert [(item.number, item.act.value, item.sentence) for item in plan.items] == [
        (1, "gone", "The paper is withdrawn in OpenReview; import submissions and look first."),
        (2, "gone", "OpenReview does not show this paper to this account any more; ours stays."),
        (3, "new", ""),
        (4, "nothing", "No camera-ready revision came there yet."),
    ]
    keep_source(filed, stage="*", fields={}, by=None)
    assert plan_from(standin, filed).items[3].act == "new"


def test_file_taken_away_there_stays_here(standin: Standin, venue: Venue, filed: Workshop) -> None:
    take_from(standin, filed)
    venue.change(1, content={"pdf": None})
    [told] = plan_from(standin, filed).told
    assert (told.act, told.sentence) == ("nothing", "The file that was taken from there is gone there; ours stays.")
    assert list_taken(filed)[0] == (1, 1, True)


def test_fields_and_stage_are_named_or_found(standin: Standin, venue: Venue, filed: Workshop, olga: User) -> None:
    for kind in ("supplement", "form"):
        ask(filed, kind, due_at=None)
    paths = {name: venue.store.add_file(make_content(place, 50) + b"%%EOF") for place, name in enumerate(("forms", "extra"), start=1)}
    venue.upload_camera_ready(1, "Last_Word", copyright_form=paths["forms"], odd_stuff=paths["extra"])
    named = {item.kind: (item.act.value, item.field) for item in plan_from(standin, filed).items if item.number == 1}
    assert named == {"paper": ("new", "pdf"), "supplement": ("nothing", ""), "form": ("new", "copyright_form")}
    keep_source(filed, stage="Last_Word", fields={"supplement": "Odd_Stuff"}, by=olga)
    acts = {(item.number, item.kind): (item.act.value, item.field) for item in plan_from(standin, filed).items}
    assert (acts[1, "supplement"], acts[2, "paper"]) == (("new", "odd_stuff"), ("nothing", "pdf"))
    assert count(take_from(standin, filed)) == (3, 0, 0, 0, 0)
    assert standin.count_requests(ATTACHMENTS) == 3
    with pytest.raises(Refusal, match="No file of the kind 'video'"):
        keep_source(filed, stage="", fields={"video": "video"}, by=olga)


def test_fifty_go_into_a_zip(olga: User) -> None:
    venue = make_filed_venue(52, lean=True, profiles=False)
    workshop = make_owing_workshop(venue)
    with serve(venue) as standin:
        assert count(take_from(standin, workshop)) == (52, 0, 0, 0, 0)
        sizes = [len(seen.params.get("ids", seen.params.get("id", "")).split(",")) for seen in standin.requests if seen.path == ATTACHMENTS]
    assert sizes == [50, 2]
    hashes = {number: hashlib.sha256(read_pdf(venue, number)).hexdigest() for number in venue.papers}
    assert dict(FileVersion.objects.values_list("paper__number", "file__sha256")) == hashes


def test_one_missing_of_many_costs_few_requests(standin: Standin) -> None:
    venue = make_filed_venue(16, lean=True, profiles=False)
    workshop = make_owing_workshop(venue)
    del venue.store.files[venue.papers[11]["content"]["pdf"]["value"]]
    with serve(venue) as running:
        report = take_from(running, workshop)
        assert (count(report), running.count_requests(ATTACHMENTS)) == ((15, 0, 0, 0, 1), 9)
        assert report.problems == [
            {
                "paper": 11,
                "note_id": venue.papers[11]["id"],
                "kind": "paper",
                "sentence": "OpenReview names this file and does not have it.",
            }
        ]
        assert count(take_from(running, workshop)) == (0, 0, 0, 0, 1)


@pytest.mark.parametrize("form", ["{id}.pdf", "deep/{id}_pdf.pdf", "Submission{name}", "{id:.4}"])
def test_members_are_told_by_id_or_number_else_asked_for_alone(standin: Standin, venue: Venue, filed: Workshop, form: str) -> None:
    standin.faults.add("zip_names", path=ATTACHMENTS, form=form)
    assert count(take_from(standin, filed)) == (3, 0, 0, 0, 0)
    assert standin.count_requests(ATTACHMENTS) == (4 if form == "{id:.4}" else 1)
    assert [read(version) for version in FileVersion.objects.with_all().order_by("paper__number")] == [
        read_pdf(venue, number) for number in (1, 2, 3)
    ]


def test_member_missing_in_a_zip_is_asked_for_alone(standin: Standin, venue: Venue, filed: Workshop) -> None:
    standin.faults.add("zip_less", path=ATTACHMENTS, note=venue.papers[2]["id"])
    assert (count(take_from(standin, filed)), standin.count_requests(ATTACHMENTS)) == ((3, 0, 0, 0, 0), 2)


def test_wrong_content_is_refused_and_named(standin: Standin, venue: Venue, filed: Workshop) -> None:
    standin.faults.add("other_bytes", path=ATTACHMENTS, note=venue.papers[2]["id"], text="<html>no PDF</html>")
    report = take_from(standin, filed)
    assert (count(report), list_taken(filed)) == ((2, 0, 0, 1, 0), [(1, 1, True), (3, 1, True)])
    said = "This is not a PDF file, whatever its name says. Paper PDF is taken as PDF."
    assert report.problems == [{"paper": 2, "note_id": venue.papers[2]["id"], "kind": "paper", "sentence": said}]
    assert [(item.act, item.sentence) for item in plan_from(standin, filed).told] == [("refused", said)]
    standin.faults.clear()
    venue.upload_camera_ready(2)
    assert count(take_from(standin, filed)) == (1, 0, 0, 0, 0)
    assert not UpstreamFile.objects.not_taken().exists()


@pytest.mark.parametrize(("kind", "options"), [("truncate", {}), ("reset", {}), ("status", {"status": 500})])
def test_broken_answer_is_asked_for_again(standin: Standin, filed: Workshop, kind: str, options: dict[str, int]) -> None:
    standin.faults.add(kind, path=ATTACHMENTS, times=1, **options)
    assert (count(take_from(standin, filed)), standin.count_requests(ATTACHMENTS)) == ((3, 0, 0, 0, 0), 2)


def test_zip_cut_again_and_again_is_asked_for_in_halves(standin: Standin, venue: Venue, filed: Workshop) -> None:
    standin.faults.add("reset", path=ATTACHMENTS, times=2)
    assert (count(take_from(standin, filed)), standin.count_requests(ATTACHMENTS)) == ((3, 0, 0, 0, 0), 4)


def test_what_is_broken_for_good_ends_with_a_sentence(standin: Standin, venue: Venue, filed: Workshop) -> None:
    standin.faults.add("reset", path=ATTACHMENTS)
    report = take_from(standin, filed)
    assert (count(report), report.problems[0]["sentence"]) == ((0, 0, 0, 0, 3), "OpenReview's answer broke off twice.")
    standin.faults.clear()
    standin.faults.add("status", path=ATTACHMENTS, status=500)
    with pytest.raises(Unavailable, match="failed with status 500"):
        take_from(standin, filed)
    standin.faults.clear()
    standin.faults.add("html", path=ATTACHMENTS, times=1)
    assert count(take_from(standin, filed)) == (3, 0, 0, 0, 0)


def test_throttled_import_keeps_what_it_has_and_goes_on(standin: Standin, venue: Venue, filed: Workshop) -> None:
    ask(filed, "form", due_at=None)
    for number in (1, 2, 3):
        venue.upload_camera_ready(number, copyright_form=venue.store.add_file(make_content(number, 50) + b"%%EOF"))
    standin.faults.add("throttle", path=ATTACHMENTS, after=1, times=1, retry_after=900)
    with pytest.raises(Throttled):
        take_from(standin, filed)
    assert FileVersion.objects.count() == 3
    assert count(take_from(standin, filed)) == (3, 0, 0, 0, 0)
    assert (FileVersion.objects.count(), standin.count_requests(ATTACHMENTS), standin.count_requests("/notes/edits")) == (6, 3, 3)


def test_throttled_look_ups_go_on_where_they_stopped(standin: Standin, filed: Workshop) -> None:
    standin.faults.add("throttle", path="/notes/edits", after=2, times=1, retry_after=900)
    with pytest.raises(Throttled):
        take_from(standin, filed)
    assert count(take_from(standin, filed)) == (3, 0, 0, 0, 0)
    assert standin.count_requests("/notes/edits") == 4


def test_quota_of_an_hour_is_no_loss(standin: Standin, filed: Workshop) -> None:
    standin.has_quota = True
    standin.used[("chair@example.org", ATTACHMENTS)] = 36
    with pytest.raises(Throttled):
        take_from(standin, filed)
    standin.used.clear()
    assert count(take_from(standin, filed)) == (3, 0, 0, 0, 0)


def test_ended_session_is_renewed_once(standin: Standin, filed: Workshop) -> None:
    standin.faults.add("expire_token", path=ATTACHMENTS, times=1)
    assert (count(take_from(standin, filed)), standin.count_requests("/login", "POST")) == ((3, 0, 0, 0, 0), 2)


def test_two_at_once_are_kept_apart(standin: Standin, filed: Workshop) -> None:
    with (
        hold_import(filed, name="files"),
        pytest.raises(Refusal, match=r"^Another taking of files for .* is under way; wait for its end\.$"),
    ):
        take_from(standin, filed)
    assert count(take_from(standin, filed)) == (3, 0, 0, 0, 0)


def test_canceled_import_keeps_whole_files(standin: Standin, filed: Workshop) -> None:
    report = take_from(standin, filed, is_canceled=lambda: True)
    assert (report.taken, report.is_canceled, FileVersion.objects.count()) == (1, True, 1)
    assert count(take_from(standin, filed)) == (2, 0, 0, 0, 0)


def test_file_handed_in_while_one_travels_stays(standin: Standin, venue: Venue, filed: Workshop, ada: User) -> None:
    join_workshop(ada, filed)

    def hand_in_second(place: int, total: int) -> None:
        if place == 1:
            hand_in(get_paper(filed, 2), ada, make_content(2, 100))

    assert count(take_from(standin, filed, tell=hand_in_second)) == (2, 0, 1, 0, 0)
    assert list_taken(filed) == [(1, 1, True), (2, 1, False), (3, 1, True)]


def test_checks_run_as_on_any_other(standin: Standin, filed: Workshop) -> None:
    take_from(standin, filed)
    run_job(Job.objects.filter(kind="check-file").earliest("pk").pk)
    version = FileVersion.objects.filter(checked_at__isnull=False).get()
    assert version.findings.count() > 0


def test_old_api_gives_one_file_at_a_time() -> None:
    venue = VenueV1(make_venue().store, VENUE_ID)
    venue.add_chair("chair@example.org", "Olga Chair")
    for number in (1, 2, 3):
        venue.add_submission(f"Paper {number}", number=number)
    for number in (1, 2):
        venue.upload_camera_ready(number)
    venue.store.groups.pop(f"{VENUE_ID}/Submission", None)
    workshop = make_owing_workshop(venue)
    with serve(venue.store) as standin:
        assert [item.act.value for item in plan_from(standin, workshop).items] == ["new", "new", "nothing"]
        assert count(take_from(standin, workshop)) == (2, 0, 0, 0, 0)
        assert [seen.params["id"] for seen in standin.requests if seen.path == ATTACHMENTS] == [venue.papers[n]["id"] for n in (1, 2)]
    origin = UpstreamFile.objects.get(paper__number=2)
    assert (origin.filed_by, origin.filed_at is not None) == (f"{VENUE_ID}/Paper2/Authors", True)
