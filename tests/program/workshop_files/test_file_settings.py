"""What is asked of camera-ready files, how they are handed over, in a workshop file."""

import copy
import json
from typing import Any

import pytest
import time_machine

from papers.errors import Refusals
from papers.models import FileVersion, HistoryLine, RequiredFile, Workshop
from program.workshop_files import (
    LoadedWorkshop,
    WorkshopFileRefused,
    dump_workshop,
    load_workshop_file,
    normalize_workshop_file,
    parse_workshop_file,
    read_workshop,
)
from program.workshop_files.edits import change_zone
from tests.factories import make_user
from tests.papers.handed_in import BEFORE, ask, hand_in, make_owing_paper
from tests.program.workshop_files.examples import SMALL

PAPER: dict[str, Any] = {"kind": "paper", "track": "full", "due_at": "2026-04-14T23:59", "grace_minutes": 60}
SUPPLEMENT: dict[str, Any] = {"kind": "supplement", "is_optional": True, "style": "any", "max_megabytes": 20}
FORM: dict[str, Any] = {"kind": "form", "is_for_proceedings": True, "is_blocking": False, "note": "Sign it once."}
ASKED = [{**PAPER, "severities": {"type3_font": "block", "encrypted": "warn"}}, {"kind": "paper", "track": "short"}, SUPPLEMENT, FORM]
HANDED = {
    "acronym": "TH",
    "paper_names": "{surname}_{title10}_CVPRW_{year}_paper",
    "columns": [{"header": "Paper ID", "value": "{number:05}"}, {"header": "Given {k}", "value": "{author.given}"}, {"header": "Nothing"}],
    "author_columns": [{"header": "Mail", "value": "{author.email}"}],
}


def edit_small(**sections: Any) -> bytes:
    return json.dumps({**copy.deepcopy(SMALL), **sections}).encode()


def load(data: bytes) -> LoadedWorkshop:
    return load_workshop_file(parse_workshop_file(data), by=None)


def load_asked() -> Workshop:
    workshop = load(edit_small(required_files=ASKED, hand_over=HANDED)).workshop
    assert workshop is not None
    return workshop


def list_mistakes(**sections: Any) -> list[str]:
    with pytest.raises(WorkshopFileRefused) as refused:
        parse_workshop_file(edit_small(**sections))
    return [str(mistake) for mistake in refused.value.mistakes]


@pytest.mark.django_db
def test_dump_is_the_normal_form_whatever_the_order() -> None:
    data = edit_small(required_files=[FORM, SUPPLEMENT, *reversed(ASKED[:2])], hand_over=HANDED)
    workshop = load(data).workshop
    assert workshop is not None
    dumped = dump_workshop(workshop)
    assert dumped == normalize_workshop_file(data) == normalize_workshop_file(edit_small(required_files=ASKED, hand_over=HANDED))
    document = json.loads(dumped)
    assert [(one["kind"], one.get("track")) for one in document["required_files"]] == [
        ("paper", "full"),
        ("paper", "short"),
        ("supplement", None),
        ("form", None),
    ]
    assert document["required_files"][0]["severities"] == {"encrypted": "warn", "type3_font": "block"}
    assert load(dumped).changes == ()


@pytest.mark.django_db
def test_defaults_are_left_out() -> None:
    workshop = load(edit_small(hand_over={"paper_names": "{acronym}-{number}", "columns": []})).workshop
    assert workshop is not None
    assert "hand_over" not in json.loads(dump_workshop(workshop))
    assert dump_workshop(workshop) == normalize_workshop_file(edit_small())


@pytest.mark.django_db
def test_loading_again_changes_rows_and_keeps_what_was_handed_in() -> None:
    workshop = load_asked()
    paper = make_owing_paper(workshop, ada := make_user("ada@example.org"))
    with time_machine.travel(BEFORE, tick=False):
        version = hand_in(paper, ada)
    kept = RequiredFile.objects.get(kind="paper", track__slug="full")
    changes = load(edit_small(required_files=[{**PAPER, "grace_minutes": 5}], hand_over=HANDED)).changes
    assert [str(change) for change in changes] == [
        "tracks full: changed",  # its page limit, which the paper's making lowered
        "required_files paper: changed",
        "required_files paper (2): removed",
        "required_files supplement: removed",
        "required_files form: removed",
    ]
    assert (RequiredFile.objects.get().pk, RequiredFile.objects.get().grace_minutes) == (kept.pk, 5)
    assert FileVersion.objects.get().pk == version.pk
    assert HistoryLine.objects.filter(action="changed settings").count() == 5


@pytest.mark.django_db
def test_what_the_page_asked_is_dumped() -> None:
    workshop = load(edit_small()).workshop
    assert workshop is not None
    ask(workshop, "form", track=workshop.tracks.get(slug="full"), note="Once.")
    document = json.loads(dump_workshop(workshop))
    assert document["required_files"] == [{"kind": "form", "track": "full", "due_at": "2026-04-14T23:59", "note": "Once."}]


@pytest.mark.django_db
def test_own_layout_is_loaded_and_dumped() -> None:
    layout = {
        "page_limit": 6,
        "paper_size": [595.3, 841.9],
        "print_area": [71, 71.5, 524, 771],
        "columns": 0,
        "page_numbers": False,
        "fonts": ["Palatino"],
        "body_size": 11,
    }
    workshop = load(data := edit_small(required_files=[{"kind": "paper", "style": "own", "layout": layout}])).workshop
    assert workshop is not None
    row = RequiredFile.objects.get()
    assert (row.style, row.layout) == ("own", layout)
    assert dump_workshop(workshop) == normalize_workshop_file(data)
    assert json.loads(dump_workshop(workshop))["required_files"] == [{"kind": "paper", "style": "own", "layout": layout}]
    assert load(data).changes == ()
    load(edit_small(required_files=[{"kind": "paper", "severities": {"macros": "warn"}}]))
    row.refresh_from_db()
    assert (row.style, row.layout, row.severities) == ("cvpr", {}, {"macros": "warn"})


@pytest.mark.django_db
def test_layout_from_the_page_is_dumped_as_it_is_loaded() -> None:
    workshop = load(edit_small()).workshop
    assert workshop is not None
    ask(workshop, due_at=None, layout={"body_size": 11.0, "paper_size": [612.0, 792.0]})
    dumped = dump_workshop(workshop)
    assert json.loads(dumped)["required_files"] == [{"kind": "paper", "layout": {"body_size": 11, "paper_size": [612, 792]}}]
    assert load(dumped).changes == ()


@pytest.mark.django_db
def test_another_zone_leaves_deadlines_where_they_are() -> None:
    workshop = load_asked()
    before = RequiredFile.objects.get(kind="paper", track__slug="full").due_at
    changed = change_zone(read_workshop(workshop), "Europe/Berlin")
    load_workshop_file(changed, by=None)
    workshop.refresh_from_db()
    assert RequiredFile.objects.get(kind="paper", track__slug="full").due_at == before
    assert json.loads(dump_workshop(workshop))["required_files"][0]["due_at"] == "2026-04-15T08:59"


@pytest.mark.django_db
def test_track_with_requirements_can_go_when_nobody_names_it() -> None:
    load_asked()
    tracks = SMALL["tracks"][:1]
    mapping = {**SMALL["mapping"], "track": []}
    with pytest.raises(WorkshopFileRefused):
        load(edit_small(required_files=ASKED, tracks=tracks, mapping=mapping))
    load(edit_small(required_files=ASKED[:1], tracks=tracks, mapping=mapping))
    assert [row.kind for row in RequiredFile.objects.all()] == ["paper"]


@pytest.mark.parametrize(
    ("asked", "mistake"),
    [
        ({"kind": "papers"}, '$.required_files[1].kind: write one of paper, supplement, form, poster, slides, video, not "papers".'),
        ({}, "$.required_files[1]: “kind” is missing."),
        ({"kind": "form", "track": "ful"}, "$.required_files[1].track: there is no track “ful”. Did you mean “full”?"),
        ({"kind": "paper", "track": "full"}, "$.required_files[1]: the same kind and track stand at $.required_files[0] already."),
        ({"kind": "form", "due_at": "2036-04-14T23:59"}, "$.required_files[1].due_at: 2036-04-14T23:59 is years away from 2026."),
        ({"kind": "form", "due_at": "2026-04-14"}, "$.required_files[1].due_at: "),
        ({"kind": "form", "grace_minutes": -1}, "$.required_files[1].grace_minutes: write a whole number of minutes from 0 to 100000"),
        ({"kind": "form", "max_megabytes": 0}, "$.required_files[1].max_megabytes: write a whole number of megabytes from 1 to 2000"),
        ({"kind": "form", "severities": {"type3": "warn"}}, "$.required_files[1].severities: there is no code “type3”. Did you mean"),
        ({"kind": "form", "severities": {"type3_font": "no"}}, "$.required_files[1].severities.type3_font: write one of block, warn, off"),
        ({"kind": "form", "severities": []}, "$.required_files[1].severities: write an object of codes, not an empty list."),
        ({"kind": "form", "deadline": ""}, "$.required_files[1].deadline: there is no such setting here."),
        (
            {"kind": "paper", "layout": {"paper_size": [612]}},
            "$.required_files[1].layout.paper_size: write a list of 2 numbers, in points.",
        ),
        (
            {"kind": "paper", "layout": {"body_size": 40}},
            "$.required_files[1].layout.body_size: write a number of points from 4 to 20, not 40.",
        ),
        (
            {"kind": "paper", "layout": {"columns": 4}},
            "$.required_files[1].layout.columns: write a whole number of columns from 0 to 2, not 4.",
        ),
        ({"kind": "paper", "layout": {"margin": 4}}, "$.required_files[1].layout.margin: there is no such setting here."),
        (
            {"kind": "paper", "layout": {"print_area": [60, 60, 700, 700]}},
            "$.required_files[1].layout.print_area: it must lie on the paper of 612 x 792 points",
        ),
        (
            {"kind": "paper", "style": "any", "layout": {"columns": 1}},
            "$.required_files[1].layout.columns: with this style nobody looks at the layout: choose another style.",
        ),
    ],
)
def test_mistakes_of_required_files_name_their_place(asked: dict[str, Any], mistake: str) -> None:
    found = list_mistakes(required_files=[PAPER, asked])
    assert (len(found), found[0][: len(mistake)]) == (1, mistake)


@pytest.mark.parametrize(
    ("handed", "mistake"),
    [
        ({"paper_names": "{acronym}-{nummer}"}, "$.hand_over.paper_names: there is no field {nummer}; there are {acronym}, {year}, "),
        ({"paper_names": "{acronym}-{title}"}, "$.hand_over.paper_names: there is no field {title}; "),
        ({"paper_names": "{number:5}"}, "$.hand_over.paper_names: a field is written as {number}, or {number:05} for leading zeros"),
        ({"supplement_names": "a/{number}"}, "$.hand_over.supplement_names: / can't stand in the name of a file."),
        ({"form_names": "form.pdf"}, "$.hand_over.form_names: without a field all files would have one name"),
        ({"acronym": "T H"}, "$.hand_over.acronym: write letters, digits, hyphens and underscores only"),
        ({"columns": [{"value": "x"}]}, "$.hand_over.columns[0]: “header” is missing."),
        (
            {"columns": [{"header": "A"}, {"header": "A"}]},
            "$.hand_over.columns[1]: the same header stands at $.hand_over.columns[0] already.",
        ),
        (
            {"columns": [{"header": "A", "value": "{titel}"}]},
            "$.hand_over.columns[0].value: there is no field {titel}. Did you mean {title}?",
        ),
        ({"columns": [{"header": "A", "value": "{author.name}"}]}, "$.hand_over.columns[0].header: a column of each author needs {k} "),
        ({"author_columns": [{"header": "a=b"}]}, "$.hand_over.author_columns[0].header: an equals sign can't stand in a header."),
    ],
)
def test_mistakes_of_the_hand_over_name_their_place(handed: dict[str, Any], mistake: str) -> None:
    found = list_mistakes(hand_over=handed)
    assert (len(found), found[0][: len(mistake)]) == (1, mistake)


@pytest.mark.django_db
def test_files_refused_load_nothing() -> None:
    with pytest.raises(Refusals):
        load(edit_small(required_files=[{"kind": "papers"}]))
    assert not RequiredFile.objects.exists()
