"""A stored workshop as the values of its file."""

from papers.models import Workshop
from program.workshop_files.parsing import write_workshop_file
from program.workshop_files.tables.accepting import read_awards, read_presentations, read_tracks
from program.workshop_files.tables.camera_ready import read_hand_over, read_required_files
from program.workshop_files.tables.dates import read_dates
from program.workshop_files.tables.frames import read_boards, read_days, read_rooms
from program.workshop_files.tables.identity import read_decision_words, read_identity, read_topics
from program.workshop_files.tables.mapping import read_mapping
from program.workshop_files.tables.people import read_organizations, read_people, read_roles
from program.workshop_files.tables.sessions import read_sessions
from program.workshop_files.tables.site import read_site
from program.workshop_files.values import WorkshopSettings


def read_workshop(workshop: Workshop) -> WorkshopSettings:
    """Return everything that is set for a workshop; the number of queries does not depend on how much that is."""
    organizations = read_organizations(workshop)
    presentations = read_presentations(workshop)
    return WorkshopSettings(
        **read_identity(workshop),
        tracks=read_tracks(workshop),
        presentations=presentations,
        awards=read_awards(workshop),
        required_files=read_required_files(workshop),
        hand_over=read_hand_over(workshop),
        mapping=read_mapping(workshop),
        decision_words=read_decision_words(workshop, presentations),
        dates=read_dates(workshop),
        topics=read_topics(workshop),
        people=read_people(workshop),
        roles=read_roles(workshop),
        sponsors=organizations["sponsors"],
        affiliations=organizations["affiliations"],
        days=read_days(workshop),
        rooms=read_rooms(workshop),
        boards=read_boards(workshop),
        sessions=read_sessions(workshop),
        site=read_site(workshop),
    )


def dump_workshop(workshop: Workshop) -> bytes:
    """Return a workshop's settings as a file in its normal form."""
    return write_workshop_file(read_workshop(workshop))
