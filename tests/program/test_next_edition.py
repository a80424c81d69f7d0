"""Starting the next edition."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from papers.errors import Refusal, Refusals
from papers.models import Membership, Role, Workshop
from program.next_edition import list_leftovers, start_next_edition
from program.workshop_files import load_workshop_file, parse_workshop_file, read_workshop
from tests.factories import join_workshop, make_paper, make_user
from tests.program.workshop_files.examples import SMALL

pytestmark = pytest.mark.django_db
LASTING = ("series", "name", "short_name", "tracks", "presentations", "awards", "topics", "people", "sponsors", "affiliations")


@pytest.fixture
def things26() -> Workshop:
    document = {**SMALL, "room": "Hall 7", "place": "Oslo, Norway"}
    document["links"] = [
        *SMALL["links"],
        {"kind": "template", "url": "https://kit.example.org"},
        {"kind": "news", "url": "https://example.org/things26"},
    ]
    document["people"] = [*SMALL["people"], {"name": "Pat Presenter"}]
    document["mapping"] = {**SMALL["mapping"], "decision": [*SMALL["mapping"]["decision"]]}
    document["mapping"]["decision"].append({"source": "venue", "values": {"CVPR 2026 Things Poster": {"outcome": "accept"}}})
    document["mapping"]["track"] = [{"source": "content", "key": "track", "values": {"Full": "full", "Short 2026": "short"}}]
    workshop = load_workshop_file(parse_workshop_file(json.dumps(document)), by=None).workshop
    assert workshop is not None
    make_paper(workshop)
    return workshop


def test_what_lasts_comes_along_and_the_rest_does_not(things26: Workshop) -> None:
    olga = make_user("olga@example.org")
    created, _ = start_next_edition(things26, slug="things27", year=2027, by=olga)
    before, after = read_workshop(things26), read_workshop(created)
    assert {name: getattr(after, name) for name in LASTING if name != "people"} == {
        name: getattr(before, name) for name in LASTING if name != "people"
    }
    assert [person.name for person in after.people] == ["Ada Author", "Olga Organizer"]
    assert (after.roles.organizer, after.roles.speaker) == (("Olga Organizer",), ())
    assert (after.edition, after.year, after.conference, after.venue_id, after.room, after.place) == (4, 2027, "", "", "", "")
    assert (after.dates, after.sessions, after.site, after.starts_on) == ((), (), None, None)
    assert [link.url for link in after.links] == ["https://kit.example.org"]
    assert created.papers.count() == 0
    assert (read_workshop(things26), things26.papers.count()) == (before, 1)


def test_mapping_keeps_its_structure_without_texts_that_name_the_edition(things26: Workshop) -> None:
    created, _ = start_next_edition(things26, slug="things27", year=2027, by=None)
    mapping = read_workshop(created).mapping
    assert [(rule.source, rule.key, dict(rule.values)) for rule in mapping.track] == [("content", "track", {"Full": "full"})]
    assert [(rule.source, [text for text, _ in rule.values]) for rule in mapping.decision] == [
        ("decision", ["Accept (Oral)", "Reject"]),
        ("venue", []),
    ]


def test_leftovers_are_listed_with_their_places(things26: Workshop) -> None:
    _, leftovers = start_next_edition(things26, slug="things27", year=2027, by=None)
    assert [str(one) for one in leftovers] == [
        "$.contact_email: “things26@example.org” names the previous edition.",
        "$.zone: “America/Los_Angeles” is the zone of the previous edition's place.",
        "$.conference is not set yet.",
        "$.place is not set yet.",
        "$.venue_id is not set yet.",
        "$.starts_on is not set yet.",
        "$.people[0]: “Ada Author” was speaker of the previous edition and has no role in this one; give one, or take the person out.",
    ]


def test_leftovers_can_be_listed_again(things26: Workshop) -> None:
    created, leftovers = start_next_edition(things26, slug="things27", year=2027, by=None)
    assert list_leftovers(created) == leftovers
    created.contact_email = "things@example.org"
    created.save()
    assert list_leftovers(created) == leftovers[1:]


def test_owners_and_organizers_keep_their_roles(things26: Workshop) -> None:
    users = {role: make_user(f"{role}@example.org") for role in Role}
    for role, user in users.items():
        join_workshop(user, things26, role)
    created, _ = start_next_edition(things26, slug="things27", year=2027, by=users[Role.ORGANIZER])
    assert dict(Membership.objects.filter(workshop=created).values_list("user__email", "role")) == {
        "owner@example.org": "owner",
        "organizer@example.org": "owner",
    }


def test_start_is_recorded(things26: Workshop) -> None:
    olga = make_user("olga@example.org")
    created, _ = start_next_edition(things26, slug="things27", year=2027, by=olga)
    assert [(line.action, line.by, line.before, line.after) for line in created.history.all()] == [
        ("started edition", olga, "things26", "things27"),
        ("created workshop", olga, None, "things27"),
    ]


def test_taken_slug_is_refused(things26: Workshop) -> None:
    with pytest.raises(Refusal, match="There is a workshop “things26” already; choose another slug"):
        start_next_edition(things26, slug="things26", year=2027, by=None)


def test_odd_slug_and_year_are_refused(things26: Workshop) -> None:
    with pytest.raises(Refusals) as refused:
        start_next_edition(things26, slug="things 27", year=27, by=None)
    assert refused.value.reasons == [
        'slug: write letters, digits, hyphens and underscores only, not "things 27".',
        "year: write a whole number from 1990 to 2100, not 27.",
    ]
    assert Workshop.objects.count() == 1


def test_command_tells_leftovers(things26: Workshop) -> None:
    out = StringIO()
    call_command("start_edition", "things26", "--slug", "things27", "--year", "2027", stdout=out)
    assert out.getvalue().splitlines()[-1] == "Things 2027 (things27) was started. 7 texts and settings to look at."
    out = StringIO()
    call_command("start_edition", "things26", "--slug", "things28", "--year", "2028", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["workshop"], told["leftovers"][0]["place"], len(told["leftovers"])) == ("things28", "$.contact_email", 7)


def test_command_refuses_a_taken_slug(things26: Workshop) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("start_edition", "things26", "--slug", "things26", "--year", "2027")
    assert refused.value.returncode == 1
