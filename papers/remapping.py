"""Applies a changed mapping to the papers that we hold, from kept versions, without OpenReview."""

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.import_locks import hold_import
from papers.mappings import read_mapping, tell_unmapped
from papers.models import ImportRun, RawNote, User, Workshop
from papers.openreview.documents import read_object
from papers.openreview.reading import read_arrival
from papers.openreview.venue import Venue, describe_reading, read_venue
from papers.raw_notes import unpack_note
from papers.reports import ImportReport
from papers.submissions import Arrival
from papers.upserts import Upserter

AT_ONCE = 200


def remap_papers(workshop: Workshop, *, by: User | None, is_rehearsal: bool = False) -> ImportReport:
    """Read track, proceedings choice and decision anew from the newest kept version of every paper; return the report.

    Merges as an import does: what an organizer changed here stays, and a released decision is a person's to
    change. Nothing else moves: neither standing nor replies nor what is known to be gone. A rehearsal
    writes nothing; all is one transaction. Refuses while an import is under way, and before the first one.
    """
    told = ImportRun.objects.find_venue(workshop)
    if not told:
        raise Refusal(f"Nothing of {workshop} has been imported from OpenReview yet; import first.", subject=workshop)
    invitations = tuple(workshop.submission_invitations)
    venue = read_venue(told["group"], invitations=invitations, generation=told["generation"])
    table, report = read_mapping(workshop), ImportReport()
    with hold_import(workshop), transaction.atomic():
        run = None if is_rehearsal else ImportRun.objects.create(workshop=workshop, source=ImportRun.KEPT, by=by)
        upserter = Upserter(workshop, table, report, run=run, salt=describe_reading(venue))
        keys = RawNote.objects.find_newest_keys(workshop)
        for start in range(0, len(keys), AT_ONCE):
            rows = RawNote.objects.in_bulk(keys[start : start + AT_ONCE])
            upserter.take(_read_kept(row, venue) for row in rows.values())
        for sentence in tell_unmapped(table):
            report.add_problem("unmapped", sentence)
        if run is not None:
            run.state, run.ended_at, run.seen_count = ImportRun.State.DONE, timezone.now(), len(keys)
            run.report = report.as_json()
            run.save()
    return report


def _read_kept(row: RawNote, venue: Venue) -> Arrival:
    source = unpack_note(row.packed)
    return read_arrival(read_object(source.decode()), source, venue, is_sighting=False)
