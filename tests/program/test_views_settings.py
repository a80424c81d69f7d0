"""The settings pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import Role, User, Workshop
from program.forms.settings.sections import SECTIONS
from program.workshop_files import WorkshopSettings, load_workshop_file, parse_workshop_file, read_workshop
from program.workshop_files.places import write_places
from tests.factories import accept, join_workshop, make_paper
from tests.program.workshop_files.examples import SMALL, make_whole

pytestmark = pytest.mark.django_db
PAGES = ["settings", *sorted({section.page for section in SECTIONS.values()}), "settings-topics", "settings-roles", "settings-site-address"]
ENTRIES = [("settings-add", "tracks"), ("settings-edit", "tracks", 1), ("settings-delete", "tracks", 1)]


@pytest.fixture
def things(olga: User) -> Workshop:
    workshop = load_workshop_file(parse_workshop_file(json.dumps(SMALL)), by=None).workshop
    assert workshop is not None
    join_workshop(olga, workshop)
    return workshop


@pytest.fixture
def page(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def read(workshop: Workshop) -> WorkshopSettings:
    return read_workshop(Workshop.objects.select_related("series").get(pk=workshop.pk))


def fill(response: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send from the form of a page, with changes."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    prepared = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    return {name: value for name, value in {**prepared, **changes}.items() if value not in (None, False)}


def post_form(page: Client, address: str, **changes: Any) -> Any:
    return page.post(address, fill(page.get(address), **changes))


def list_errors(response: Any) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_pages_show_the_settings(page: Client, things: Workshop) -> None:
    answers = {name: page.get(reverse(name, args=[things.slug])).status_code for name in PAGES}
    assert answers == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.PUBLISHER, None])
def test_who_may_not_decide_finds_nothing(client: Client, things: Workshop, eve: User, role: Role | None) -> None:
    if role:
        join_workshop(eve, things, role)
    client.force_login(eve)
    pages = [*PAGES, "settings-json", "settings-download", "settings-next-edition", "settings-leftovers"]
    assert {name: client.get(reverse(name, args=[things.slug])).status_code for name in pages} == dict.fromkeys(pages, 404)


@pytest.mark.parametrize("entry", ENTRIES)
def test_entries_of_others_are_not_found(client: Client, things: Workshop, eve: User, entry: tuple[Any, ...]) -> None:
    client.force_login(eve)
    address = reverse(entry[0], args=[things.slug, *entry[1:]])
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


@pytest.mark.parametrize("name", ["tracks", "sessions", "people"])
def test_list_asks_as_often_however_long_it_is(
    page: Client, things: Workshop, name: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(28):
        page.get(reverse(f"settings-{name}", args=[things.slug]))
    document = json.loads(json.dumps(SMALL))
    document["people"] += [{"name": f"Person {count}"} for count in range(9)]
    document["sessions"] += [{"kind": "panel", "panelists": [f"Person {count}" for count in range(9)]} for _ in range(9)]
    load_workshop_file(parse_workshop_file(json.dumps(document)), by=None)
    with django_assert_num_queries(28):
        page.get(reverse(f"settings-{name}", args=[things.slug]))


def test_identity_is_kept_with_a_history_line(page: Client, things: Workshop, olga: User) -> None:
    response = post_form(page, reverse("settings", args=[things.slug]), room="Hall 7", place="Oslo, Norway", conference="")
    assert response.status_code == 302
    settings = read(things)
    assert (settings.room, settings.place, settings.conference, settings.tracks) == ("Hall 7", "Oslo, Norway", "", settings.tracks)
    lines = things.history.filter(by=olga)
    assert {(line.field, line.before, line.after) for line in lines} == {
        ("room", None, "Hall 7"),
        ("place", None, "Oslo, Norway"),
        ("conference", "CVPR 2026", None),
    }


def test_identity_without_a_change_writes_nothing(page: Client, things: Workshop) -> None:
    response = page.post(reverse("settings", args=[things.slug]), fill(page.get(reverse("settings", args=[things.slug]))), follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Nothing changed."]
    assert things.history.count() == 1


def test_mistakes_come_back_at_their_fields(page: Client, things: Workshop) -> None:
    before = read(things)
    response = post_form(
        page, reverse("settings", args=[things.slug]), zone="PST", year="soon", name="", starts_on="2026-02-30", contact_email="olga@"
    )
    assert response.status_code == 422
    assert list_errors(response) == {
        "zone": ["“PST” is neither an IANA time zone, for example Europe/Berlin, nor AoE. Did you mean “America/Los_Angeles”?"],
        "year": ['Write a whole number, not "soon".'],
        "name": ["This field is required."],
        "starts_on": ["There is no day 2026-02-30."],
        "contact_email": ['Write a mail address, not "olga@".'],
    }
    assert read(things) == before


def test_new_zone_keeps_what_clocks_show(page: Client, things: Workshop) -> None:
    post_form(page, reverse("settings", args=[things.slug]), zone="Europe/Oslo")
    settings = read(things)
    assert [str(session.starts_at) for session in settings.sessions] == ["2026-06-17T08:30", "2026-06-17T08:40", "2026-06-17T09:10"]
    assert settings.sessions[0].starts_at is not None
    assert settings.sessions[0].starts_at.at.isoformat() == "2026-06-17T06:30:00+00:00"


def test_track_is_added_with_a_slug_from_its_name(page: Client, things: Workshop) -> None:
    response = post_form(
        page,
        reverse("settings-add", args=[things.slug, "tracks"]),
        name="Tiny papers",
        page_limit="2",
        uncounted_parts="references\n\nappendix",
        proceedings="none",
    )
    assert response.status_code == 302
    track = read(things).tracks[-1]
    assert (track.slug, track.name, track.page_limit, track.uncounted_parts) == (
        "tiny-papers",
        "Tiny papers",
        2,
        ("references", "appendix"),
    )


def test_track_that_stands_already_comes_back(page: Client, things: Workshop) -> None:
    response = post_form(page, reverse("settings-add", args=[things.slug, "tracks"]), name="Full", page_limit="eight", proceedings="none")
    assert (response.status_code, list_errors(response)) == (422, {"page_limit": ['Write a whole number of pages, not "eight".']})
    response = post_form(page, reverse("settings-add", args=[things.slug, "tracks"]), name="Full", proceedings="none")
    assert (response.status_code, list_errors(response)) == (422, {"__all__": ["The same slug stands at $.tracks[0] already."]})


def test_track_keeps_its_slug(page: Client, things: Workshop) -> None:
    post_form(page, reverse("settings-edit", args=[things.slug, "tracks", 1]), name="Long papers", slug="other", is_award_eligible=None)
    assert (read(things).tracks[0].slug, read(things).tracks[0].name) == ("full", "Long papers")


def test_track_that_papers_hold_is_not_taken_out(page: Client, things: Workshop) -> None:
    make_paper(things, track=things.tracks.get(slug="full"))
    address = reverse("settings-delete", args=[things.slug, "tracks", 1])
    assert "Take the track “Full papers” out?" in page.get(address).content.decode()
    response = page.post(address, page.get(address).context["hidden"], headers={"referer": f"http://testserver{address}"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "The settings of Things 2026 were not changed. "
        '$.mapping.track[0].values.Full: there is no track "full". '
        "$.tracks: the track “full” (Full papers) can't go: 1 paper is in it. Keep it, or move them first."
    ]
    assert things.tracks.count() == 2


def test_award_offers_the_presentations(page: Client, things: Workshop) -> None:
    address = reverse("settings-edit", args=[things.slug, "awards", 1])
    assert page.get(address).context["form"].fields["presentation"].choices == [("", "None"), ("oral", "Oral"), ("poster", "Poster")]
    post_form(page, address, presentation="poster")
    assert read(things).awards[0].presentation == "poster"


def test_presentation_that_decisions_name_is_not_taken_out(page: Client, things: Workshop) -> None:
    accept(make_paper(things, track=None), "poster")
    address = reverse("settings-delete", args=[things.slug, "presentations", 2])
    response = page.post(address, page.get(address).context["hidden"], headers={"hx-request": "true"})
    assert response.status_code == 409
    assert "the presentation “poster” (Poster) can&#x27;t go: 1 decision names it." in response.content.decode()


def test_date_that_moves_keeps_what_it_was(page: Client, things: Workshop) -> None:
    address = reverse("settings-edit", args=[things.slug, "dates", 1])
    assert page.get(address).context["form"].initial["day"] == "2026-03-08"
    post_form(page, address, day="2026-03-15", time="12:00")
    date = read(things).dates[0]
    assert [str(date.at), *(str(one.at) for one in date.earlier)] == ["2026-03-15T12:00", "2026-03-01T23:59", "2026-03-08T23:59"]
    assert date.earlier[1].changed_at is not None


def test_date_can_move_without_a_trace(page: Client, things: Workshop) -> None:
    post_form(page, reverse("settings-edit", args=[things.slug, "dates", 1]), day="2026-03-15", keeps_old=None, shows_history=None)
    date = read(things).dates[0]
    assert ([str(one.at) for one in date.earlier], date.shows_history) == (["2026-03-01T23:59"], False)


def test_day_that_does_not_exist_comes_back(page: Client, things: Workshop) -> None:
    address = reverse("settings-add", args=[things.slug, "dates"])
    response = post_form(page, address, name="Odd", day="2026-03-08", time="02:30", zone="America/Chicago")
    assert list_errors(response) == {
        "time": [
            "2026-03-08T02:30 does not exist in America/Chicago, where clocks go forward; write for example 01:30 or 03:30."
        ]
    }  # fmt: skip
    post_form(page, address, name="Odd", day="2026-11-01", time="1:30-06:00", zone="America/Chicago")
    assert str(read(things).dates[-1].at) == "2026-11-01T01:30-06:00"


def test_person_is_renamed_everywhere_and_takes_roles(page: Client, things: Workshop) -> None:
    post_form(page, reverse("settings-edit", args=[things.slug, "people", 1]), name="Ada B. Author", roles=["speaker", "moderator"])
    settings = read(things)
    assert [person.name for person in settings.people] == ["Ada B. Author", "Olga Organizer"]
    assert (settings.roles.speaker, settings.roles.moderator) == (("Ada B. Author", "Olga Organizer"), ("Ada B. Author",))
    assert settings.sessions[1].speakers == ("Ada B. Author",)


def test_person_in_a_session_is_not_taken_out(page: Client, things: Workshop) -> None:
    address = reverse("settings-delete", args=[things.slug, "people", 1])
    response = page.post(address, page.get(address).context["hidden"], headers={"hx-request": "true"})
    assert response.status_code == 409
    assert "Ada Author has a part in “On counting”; change the session first." in response.content.decode()


def test_person_goes_with_their_roles(page: Client, things: Workshop) -> None:
    address = reverse("settings-delete", args=[things.slug, "people", 2])
    assert page.post(address, page.get(address).context["hidden"]).status_code == 302
    settings = read(things)
    assert ([person.name for person in settings.people], settings.roles.speaker, settings.roles.organizer) == (
        ["Ada Author"],
        ("Ada Author",),
        (),
    )


def test_roles_are_ordered_by_lines(page: Client, things: Workshop) -> None:
    address = reverse("settings-roles", args=[things.slug])
    post_form(page, address, speaker="Olga Organizer\nAda Author")
    assert read(things).roles.speaker == ("Olga Organizer", "Ada Author")
    response = post_form(page, address, speaker="Olga Organiser")
    assert (response.status_code, list_errors(response)) == (
        422,
        {"speaker": ["“Olga Organiser” is not among the people. Did you mean “Olga Organizer”?"]},
    )


def test_topics_are_lines(page: Client, things: Workshop) -> None:
    post_form(page, reverse("settings-topics", args=[things.slug]), topics="Things\r\n\r\nCounting  things\r\n")
    assert read(things).topics == ("Things", "Counting things")


def test_session_is_added_in_the_workshops_zone(page: Client, things: Workshop) -> None:
    address = reverse("settings-add", args=[things.slug, "sessions"])
    assert page.get(address).context["form"].initial["day"] == "2026-06-17"
    post_form(
        page,
        address,
        kind="panel",
        time="9:00",
        minutes="25",
        panelists="Ada Author\nPat Panelist",
        adds_people="on",
        papers="9 | 10\nabcDEF12_-",
        note="One\nTwo",
    )
    settings = read(things)
    session = settings.sessions[2]
    assert (str(session.starts_at), session.minutes, session.panelists) == ("2026-06-17T09:00", 25, ("Ada Author", "Pat Panelist"))
    assert [(getattr(place, "paper", ""), place.minutes) for place in session.papers] == [("#9", 10), ("abcDEF12_-", None)]
    assert session.note == "One\nTwo"
    assert "Pat Panelist" in [person.name for person in settings.people]


def test_session_with_an_unknown_name_comes_back(page: Client, things: Workshop) -> None:
    response = post_form(page, reverse("settings-edit", args=[things.slug, "sessions", 2]), speakers="Ada Auther")
    assert (response.status_code, list_errors(response)) == (
        422,
        {"speakers": ["“Ada Auther” is not among the people. Did you mean “Ada Author”?"]},
    )


def test_session_that_is_not_changed_stays(page: Client, things: Workshop) -> None:
    before = read(things)
    for place in (1, 2, 3):
        post_form(page, reverse("settings-edit", args=[things.slug, "sessions", place]))
    assert (read(things), things.history.count()) == (before, 1)


def test_session_keeps_what_its_form_does_not_show(page: Client, things: Workshop) -> None:
    load_workshop_file(parse_workshop_file(json.dumps(make_whole())), by=None)
    before, count = read(things), things.history.count()
    for place in (1, 2, 3):
        post_form(page, reverse("settings-edit", args=[things.slug, "sessions", place]))
    assert (read(things), things.history.count()) == (before, count)
    post_form(page, reverse("settings-edit", args=[things.slug, "sessions", 3]), papers="8 | 20", is_streamed="on")
    changed = read(things).sessions[2]
    assert (changed.uid, changed.is_streamed) == ("session-3", True)
    assert write_places(changed.papers) == [{"paper": 8, "minutes": 20, "board": 145}, make_whole()["sessions"][2]["papers"][1]]


def test_block_is_changed(page: Client, things: Workshop) -> None:
    address = reverse("settings-edit", args=[things.slug, "blocks", 1])
    post_form(page, address, options="dialect = syntagen25", heading="Papers")
    block = read(things).site.blocks[0]  # type: ignore[union-attr]
    assert (dict(block.options), block.heading, block.format) == ({"dialect": "syntagen25"}, "Papers", "accepted-markdown")
    response = post_form(page, address, path="/etc/passwd")
    assert (response.status_code, [*list_errors(response)]) == (422, ["path"])


def test_address_of_the_site_is_changed(page: Client, things: Workshop) -> None:
    post_form(page, reverse("settings-site-address", args=[things.slug]), url="https://other.example.org")
    assert read(things).site.url == "https://other.example.org"  # type: ignore[union-attr]


def test_entry_moves_up_and_down(page: Client, things: Workshop) -> None:
    seen = page.get(reverse("settings-tracks", args=[things.slug])).context["sections"][0][2]
    page.post(reverse("settings-up", args=[things.slug, "tracks", 2]), {"seen": seen})
    assert [track.slug for track in read(things).tracks] == ["short", "full"]
    response = page.post(reverse("settings-down", args=[things.slug, "tracks", 1]), {"seen": seen}, headers={"hx-request": "true"})
    assert response.status_code == 409
    assert [track.slug for track in read(things).tracks] == ["short", "full"]


def test_page_that_is_out_of_date_changes_nothing(page: Client, things: Workshop) -> None:
    address = reverse("settings-edit", args=[things.slug, "tracks", 1])
    data = fill(page.get(address), name="Long papers")
    post_form(page, reverse("settings-add", args=[things.slug, "tracks"]), name="Tiny", proceedings="none")
    response = page.post(address, data)
    assert response.status_code == 422
    assert read(things).tracks[0].name == "Full papers"


@pytest.mark.parametrize("entry", [("settings-edit", "tracks", 3), ("settings-edit", "tracks", 0), ("settings-add", "slugs")])
def test_entry_that_is_not_there_is_not_found(page: Client, things: Workshop, entry: tuple[Any, ...]) -> None:
    assert page.get(reverse(entry[0], args=[things.slug, *entry[1:]])).status_code == 404
