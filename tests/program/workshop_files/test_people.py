"""What people say of themselves, in a workshop file."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from papers.errors import Refusals
from papers.stored_files import keep_content, measure_content
from program.models import Person
from program.next_edition import start_next_edition
from program.workshop_files import dump_workshop, load_workshop_file, normalize_workshop_file, parse_workshop_file, read_workshop
from tests.program.workshop_files.examples import SMALL

pytestmark = pytest.mark.django_db
MORNING = {"starts_at": "2026-06-17T06:00:00Z", "ends_at": "2026-06-17T10:00:00Z"}
EVENING = {"starts_at": "2026-06-17T16:00:00Z", "ends_at": "2026-06-17T18:00:00Z"}
INGRID: dict[str, Any] = {
    "name": "Ingrid Invited",
    "email": "ingrid@example.org",
    "zone": "Asia/Tokyo",
    "attends": "remote",
    "talk_title": "Counting sheep",
    "abstract": "One.\n\nTwo.",
    "bio": "Ingrid counts.",
    "slides_url": "https://ingrid.example.org/slides.pdf",
    "availability": [MORNING, EVENING],
    "confirmed_at": "2026-05-01T09:00:00Z",
}


def write(person: dict[str, Any]) -> bytes:
    return json.dumps({**SMALL, "people": [*SMALL["people"], person]}).encode()


def load(person: dict[str, Any]) -> Person:
    workshop = load_workshop_file(parse_workshop_file(write(person)), by=None).workshop
    assert workshop is not None
    return Person.objects.get(workshop=workshop, name="Ingrid Invited")


def test_what_people_say_comes_back_from_the_file() -> None:
    ingrid = load(INGRID)
    assert dump_workshop(ingrid.workshop) == normalize_workshop_file(write(INGRID))
    assert [(time.starts_at.hour, time.ends_at.hour) for time in ingrid.availability.all()] == [(6, 10), (16, 18)]


def test_times_are_sorted_and_changed_in_place() -> None:
    ingrid = load({**INGRID, "availability": [EVENING, MORNING]})
    keys = list(ingrid.availability.values_list("pk", flat=True))
    assert [time.starts_at.hour for time in ingrid.availability.all()] == [6, 16]
    load({**INGRID, "availability": [{**MORNING, "ends_at": "2026-06-17T09:00:00Z"}]})
    assert [(time.pk, time.ends_at.hour) for time in ingrid.availability.all()] == [(keys[0], 9)]


def test_impossible_times_are_named() -> None:
    backward = {"starts_at": "2026-06-17T10:00:00Z", "ends_at": "2026-06-17T10:00:00Z"}
    with pytest.raises(Refusals) as refusal:
        load({**INGRID, "zone": "Mars", "availability": [backward]})
    (first, second) = refusal.value.reasons
    assert first.startswith("$.people[2].zone: ")
    assert second == "$.people[2].availability[0]: the end does not come after the start."
    with pytest.raises(Refusals) as refusal:
        load({**INGRID, "availability": [MORNING, {**EVENING, "starts_at": "2026-06-17T09:59:00Z"}]})
    assert refusal.value.reasons == ["$.people[2].availability[1]: this time begins before the one above has ended."]
    with pytest.raises(Refusals):
        load({**INGRID, "availability": [{"starts_at": "soon"}]})
    with pytest.raises(Refusals):
        load({**INGRID, "availability": "mornings"})


def test_link_takes_the_place_of_slides_and_a_yes_that_of_a_no() -> None:
    ingrid = load({"name": "Ingrid Invited"})
    content = ContentFile(b"%PDF-1.7")
    ingrid.slides_file = keep_content(content, measure_content(content), media_type="application/pdf")
    ingrid.slides_name, ingrid.declined_at, ingrid.decline_reason = "a.pdf", timezone.now(), "Ill"
    ingrid.save()
    ingrid = load(INGRID)
    assert (ingrid.slides_file, ingrid.slides_name, ingrid.declined_at, ingrid.decline_reason) == (None, "", None, "")
    assert ingrid.confirmed_at == dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)


def test_next_edition_knows_the_person_and_not_the_talk() -> None:
    workshop = load({**INGRID, "name": "Ingrid Invited"}).workshop
    document = {**SMALL, "people": [*SMALL["people"], INGRID], "roles": {"speaker": ["Ingrid Invited"]}}
    load_workshop_file(parse_workshop_file(json.dumps(document)), by=None)
    created, _ = start_next_edition(workshop, slug="things27", year=2027, by=None)
    (ingrid,) = read_workshop(created).people
    told = (ingrid.bio, ingrid.email, ingrid.zone, ingrid.talk_title, ingrid.abstract, ingrid.attends, ingrid.availability)
    assert told == ("Ingrid counts.", "ingrid@example.org", "Asia/Tokyo", "", "", "", ())
    assert (ingrid.slides_url, ingrid.confirmed_at) == ("", None)
