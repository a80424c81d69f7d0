"""People put in and changed by organizers, tables of people read."""

import pytest

from papers.errors import Refusal, Refusals
from papers.models import User, Workshop
from program.models import Person
from program.people import add_part, change_person, confirm_for_person, lock_person, remove_person
from program.people_tables import apply_table, plan_table, read_table
from tests.factories import make_user, make_workshop
from tests.program.people import make_person, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop("things26")


def test_change_writes_what_differs(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    assert change_person(ingrid, values={"bio": "", "name": "Ingrid Invited"}, roles=["speaker"], by=olga) is False
    assert change_person(ingrid, values={"zone": "Asia/Tokyo"}, by=olga) is True
    assert change_person(ingrid, values={"bio": "New."}, roles=["panelist"], by=olga) is True
    lines = [(line.field, line.before, line.after) for line in workshop.history.filter(action="changed person").order_by("pk")]
    assert lines == [
        ("person Ingrid Invited", {"zone": ""}, {"zone": "Asia/Tokyo"}),
        ("people Ingrid Invited", {"bio": "", "roles": ["speaker"]}, {"bio": "New.", "roles": ["panelist"]}),
    ]


def test_names_stand_once(workshop: Workshop, olga: User) -> None:
    make_person(workshop, olga, "Ada Author")
    bob = make_person(workshop, olga, "Bob Builder")
    for act in (
        lambda: make_person(workshop, olga, "Ada Author"),
        lambda: change_person(bob, values={"name": "Ada Author"}, by=olga),
    ):
        with pytest.raises(Refusal, match="Ada Author is in Counted 2026 already; each name stands once"):
            act()


def test_refusals_name_what_is_in_the_way(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    talk = make_talk(workshop, ingrid, olga, title="On sheep")
    with pytest.raises(Refusal, match="Ingrid Invited is speaker of “On sheep” already"):
        add_part(ingrid, session=talk, kind="speaker", by=olga)
    with pytest.raises(Refusal, match="has a part in “On sheep”; take it away first"):
        remove_person(ingrid, by=olga)
    confirm_for_person(ingrid, by=olga)
    with pytest.raises(Refusal, match="has confirmed already"):
        confirm_for_person(ingrid, by=olga)
    Person.objects.all().delete()
    with pytest.raises(Refusal, match="taken out of the workshop in the meantime"):
        lock_person(ingrid)


@pytest.mark.parametrize(
    "text",
    [
        'name,mail,affiliation,role\nAda Author,ada@example.org,"Bonn, Germany",speaker\n',
        "Ada Author\tADA@example.org\tBonn, Germany\tSpeakers\n",
        "Role;Name;E-Mail;Affiliation;Phone\nkeynote;Ada Author;ada@example.org;Bonn, Germany;1\n",
        "Ada Author;ada@example.org;Bonn, Germany;\nada author;;;speaker\n",
    ],
)
def test_tables_of_many_shapes_say_the_same(text: str) -> None:
    (row,), mistakes = read_table(text)
    assert (row.name, row.email, row.affiliation, row.roles, mistakes) == (
        "Ada Author",
        "ada@example.org",
        "Bonn, Germany",
        ("speaker",),
        [],
    )


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("  \n", ["The table is empty."]),
        ("\n".join(f"P{n}" for n in range(2001)), ["2001 lines are too many; 2000 can be taken at once."]),
        (
            "name,mail,role\n,a@example.org,king\n" + "x" * 201 + ",b,\n",
            [
                "Line 2: the name is missing.",
                "Line 2: there is no role “king”; write one of organizer, speaker, panelist, moderator, volunteer, committee, advisor.",
                "Line 3: the name has 201 characters; there is room for 200.",
                "Line 3: “b” is no mail address.",
            ],
        ),
    ],
)
def test_mistakes_in_tables_are_named_by_line(text: str, mistakes: list[str]) -> None:
    assert read_table(text)[1] == mistakes


def test_table_is_applied_as_it_was_shown(workshop: Workshop, olga: User) -> None:
    ada = make_person(workshop, olga, "Ada Author", affiliation="Bonn")
    text = "A. Author,ada@example.org,,moderator\nBob Builder,,,\n"
    plan = plan_table(workshop, text)
    change_person(ada, values={"affiliation": "Oslo"}, by=olga)
    assert apply_table(workshop, text, digest=plan.digest, by=olga) == 2  # what it changes reads as it did
    held = {person.name: (person.affiliation, sorted(role.kind for role in person.roles.all())) for person in workshop.people.all()}
    assert held == {"A. Author": ("Oslo", ["moderator", "speaker"]), "Bob Builder": ("", [])}
    with pytest.raises(Refusal, match="look again"):
        apply_table(workshop, "Cleo Chair,,,", digest=plan.digest, by=olga)
    with pytest.raises(Refusals, match="The table was not taken"):
        apply_table(workshop, "", digest=plan.digest, by=olga)
