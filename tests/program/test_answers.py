"""What people say on their own page."""

import datetime as dt
import io

import pytest

from papers.errors import Refusal
from papers.models import User, Workshop
from papers.stored_files import sweep_storage
from program.answers import (
    accept_invitation,
    decline_invitation,
    hand_in_photo,
    hand_in_slides,
    list_times,
    mark_times,
    mark_value,
    read_answers,
    save_answers,
    save_times,
)
from program.invitation_words import read_settings
from program.invitations import revoke_invitation
from program.models import Person, PersonInvitation, PersonProposal
from program.people_gaps import describe_person
from program.proposals import dismiss, mark_proposal, take_over
from program.schedules import collect_listing, release_schedule
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.people import draw_photo, enter, make_person, make_talk

pytestmark = pytest.mark.django_db
NINE, TEN, NOON = (dt.datetime(2026, 6, 17, hour, tzinfo=dt.UTC) for hour in (9, 10, 12))


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26")
    join_workshop(olga, workshop)
    return workshop


@pytest.fixture
def invitation(workshop: Workshop, olga: User) -> PersonInvitation:
    return enter(make_person(workshop, olga, bio="Counts."), olga)


def see(person: Person) -> dict[str, str]:
    return {name: mark_value(value) for name, value in read_answers(reload(person)).items()}


def reload(person: Person) -> Person:
    return Person.objects.for_person_page().get(pk=person.pk)


def write(invitation: PersonInvitation, **changes: str) -> None:
    held = read_answers(reload(invitation.person))
    assert save_answers(invitation, values={**held, **changes}, seen=see(invitation.person)) == ()


def test_what_is_printed_waits_and_the_rest_is_in_force(invitation: PersonInvitation) -> None:
    write(invitation, talk_title="On sheep", bio="Counts sheep.", zone="Asia/Tokyo", attends="remote")
    person = reload(invitation.person)
    assert (person.talk_title, person.bio, person.zone, person.attends) == ("", "Counts.", "Asia/Tokyo", "remote")
    assert person.proposal.values == {"talk_title": "On sheep", "bio": "Counts sheep."}
    assert read_answers(person)["bio"] == "Counts sheep."
    line = person.workshop.history.get(action="answered")
    assert line.before and line.after
    assert (line.by, line.actor, line.field, line.before["bio"], line.after["zone"]) == (
        None,
        "Ingrid Invited",
        "person Ingrid Invited",
        "Counts.",
        "Asia/Tokyo",
    )
    invitation.refresh_from_db()
    assert invitation.answered_at is not None


def test_workshop_may_print_at_once(workshop: Workshop, invitation: PersonInvitation) -> None:
    held = read_settings(workshop)
    held.prints_at_once = True
    held.save()
    write(invitation, talk_title="On sheep")
    hand_in_photo(invitation, content=draw_photo())
    person = reload(invitation.person)
    assert (person.talk_title, person.photo_file is None, hasattr(person, "proposal")) == ("On sheep", False, False)
    assert workshop.history.get(action="answered").field == "people Ingrid Invited"


def test_words_taken_back_propose_nothing(invitation: PersonInvitation) -> None:
    write(invitation, bio="Other.")
    write(invitation, bio="Counts.")
    assert PersonProposal.objects.count() == 0


def test_two_windows_merge_and_clash(invitation: PersonInvitation) -> None:
    held, seen = read_answers(reload(invitation.person)), see(invitation.person)
    assert save_answers(invitation, values={**held, "talk_title": "First", "zone": "Asia/Tokyo"}, seen=seen) == ()
    assert save_answers(invitation, values={**held, "abstract": "Mine."}, seen=seen) == ()
    person = reload(invitation.person)
    assert (person.proposal.values, person.zone) == ({"talk_title": "First", "abstract": "Mine."}, "Asia/Tokyo")
    (clash,) = save_answers(invitation, values={**held, "talk_title": "Second", "abstract": "Other."} | {"abstract": "Mine."}, seen=seen)
    assert (clash.field, clash.label, clash.held) == ("talk_title", "Title of the talk", "First")
    assert read_answers(reload(invitation.person))["talk_title"] == "First"
    assert save_answers(invitation, values={**held, "talk_title": "First"}, seen=seen) == ()


def test_organizer_takes_over_what_they_saw(invitation: PersonInvitation, olga: User) -> None:
    write(invitation, talk_title="On sheep", bio="Counts sheep.")
    hand_in_photo(invitation, content=draw_photo())
    person = reload(invitation.person)
    seen = mark_proposal(person)
    assert take_over(person, fields=["bio", "photo_file", "name"], seen=seen, by=olga) == ["bio", "photo_file"]
    person = reload(person)
    assert (person.bio, person.photo_file is None, person.talk_title) == ("Counts sheep.", False, "")
    assert person.proposal.values == {"talk_title": "On sheep"}
    with pytest.raises(Refusal, match="has changed since you looked"):
        take_over(person, fields=["talk_title"], seen=seen, by=olga)
    with pytest.raises(Refusal, match="Choose at least one"):
        take_over(person, fields=["bio"], seen=mark_proposal(person), by=olga)
    assert dismiss(person, fields=["talk_title"], seen=mark_proposal(person), by=olga) == ["talk_title"]
    assert (PersonProposal.objects.count(), reload(person).talk_title) == (0, "")
    with pytest.raises(Refusal, match="has changed since you looked"):
        dismiss(reload(person), fields=["talk_title"], seen="", by=olga)


def test_world_sees_what_is_in_force_after_the_release(workshop: Workshop, invitation: PersonInvitation, olga: User) -> None:
    person = invitation.person
    make_talk(workshop, person, olga)
    write(invitation, talk_title="Secret Sheep", bio="Secret bio", zone="Asia/Tokyo")
    assert collect_listing(workshop).sessions == ()
    release_schedule(workshop, by=olga)
    (session,) = collect_listing(workshop).sessions
    assert ("Secret" in str(collect_listing(workshop)), session.title) == (False, "")
    take_over(reload(person), fields=["talk_title", "bio"], seen=mark_proposal(reload(person)), by=olga)
    (session,) = collect_listing(workshop).sessions
    (listed,) = session.people
    assert (session.title, listed.talk_title, listed.bio, listed.photo_key) == ("Secret Sheep", "Secret Sheep", "Secret bio", None)
    told = str(collect_listing(workshop))
    assert [word for word in ("ingrid@example.org", "Asia/Tokyo") if word in told] == []


def test_yes_and_no_take_each_other_s_place(workshop: Workshop, invitation: PersonInvitation) -> None:
    accept_invitation(invitation)
    accept_invitation(invitation)
    person = reload(invitation.person)
    assert (person.confirmed_at is None, person.declined_at) == (False, None)
    decline_invitation(invitation, reason=" On leave \n")
    person = reload(invitation.person)
    assert (person.confirmed_at, person.declined_at is None, person.decline_reason) == (None, False, "On leave")
    accept_invitation(invitation)
    person = reload(invitation.person)
    assert (person.confirmed_at is None, person.declined_at, person.decline_reason) == (False, None, "")
    assert workshop.history.filter(action__in=["confirmed", "declined"]).count() == 3


def test_times_are_joined_and_kept_against_what_was_seen(invitation: PersonInvitation) -> None:
    person = reload(invitation.person)
    seen = mark_times(person)
    save_times(invitation, times=[(TEN, NOON), (NINE, TEN)], seen=seen)
    assert list_times(reload(person)) == [(NINE, NOON)]
    save_times(invitation, times=[(NINE, NOON)], seen=seen)  # says the same
    with pytest.raises(Refusal, match="another window"):
        save_times(invitation, times=[(NINE, TEN)], seen=seen)
    save_times(invitation, times=[], seen=mark_times(reload(person)))
    assert list_times(reload(person)) == []
    hours = [(NINE + dt.timedelta(hours=2 * n), NINE + dt.timedelta(hours=2 * n + 1)) for n in range(61)]
    with pytest.raises(Refusal, match="61 times are too many"):
        save_times(invitation, times=hours, seen=mark_times(reload(person)))


def test_slides_are_a_file_or_a_link(invitation: PersonInvitation) -> None:
    write(invitation, slides_url="https://example.org/slides")
    hand_in_slides(invitation, content=io.BytesIO(b"%PDF-1.7 slides"), name="C:\\talk.pdf")
    person = reload(invitation.person)
    assert (person.slides_name, person.slides_url, person.slides_file is None) == ("talk.pdf", "", False)
    write(invitation, slides_url="https://example.org/slides")
    person = reload(invitation.person)
    assert (person.slides_name, person.slides_url, person.slides_file) == ("", "https://example.org/slides", None)


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "The file is empty. Choose it again."), (b"PK\x03\x04", "This is not a PDF, whatever its name says.")]
)
def test_bad_slides_are_refused(invitation: PersonInvitation, content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        hand_in_slides(invitation, content=io.BytesIO(content), name="a.pdf")
    assert reload(invitation.person).slides_file is None


def test_files_of_people_are_not_swept_away(invitation: PersonInvitation) -> None:
    hand_in_photo(invitation, content=draw_photo())
    hand_in_slides(invitation, content=io.BytesIO(b"%PDF-1.7 slides"), name="a.pdf")
    assert sweep_storage(left_after=dt.timedelta(days=-1)).contents == 0


def test_taken_back_link_keeps_nothing(invitation: PersonInvitation, olga: User) -> None:
    revoke_invitation(invitation.person, by=olga)
    with pytest.raises(Refusal, match="does not work any more"):
        accept_invitation(invitation)
    assert reload(invitation.person).confirmed_at is None


def test_gaps_close_one_by_one(workshop: Workshop, invitation: PersonInvitation) -> None:
    def find_gaps() -> tuple[str, ...]:
        (person,) = workshop.people.for_people_page()
        return describe_person(person).gaps

    assert find_gaps() == ("talk_title", "abstract", "photo", "times", "slides")
    write(invitation, talk_title="On sheep", slides_url="https://example.org/s")
    hand_in_photo(invitation, content=draw_photo())
    assert find_gaps() == ("abstract", "times")
    accept_invitation(invitation)
    assert find_gaps() == ("abstract",)
    decline_invitation(invitation, reason="")
    assert find_gaps() == ()
