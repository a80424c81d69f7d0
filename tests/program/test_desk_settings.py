"""What is set for the evening of decisions: in the file, on the page, in the next edition."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.errors import Refusals
from papers.models import User, Workshop
from program.next_edition import start_next_edition
from program.workshop_files import dump_workshop, load_workshop_file, parse_workshop_file
from tests.factories import join_workshop
from tests.program.workshop_files.examples import SMALL

pytestmark = pytest.mark.django_db
DESK = {"blocks_underreviewed": True, "hides_conflicted": False, "pushes_decisions": True, "letters_per_minute": 20}
NAMES = (*DESK, "required_review_count")


def load(**settings: Any) -> Workshop:
    workshop = load_workshop_file(parse_workshop_file(json.dumps({**SMALL, **settings})), by=None).workshop
    assert workshop is not None
    workshop.refresh_from_db()
    return workshop


def read(workshop: Workshop) -> dict[str, Any]:
    workshop.refresh_from_db()
    return {name: getattr(workshop, name) for name in NAMES}


def dump(workshop: Workshop) -> dict[str, Any]:
    return dict(json.loads(dump_workshop(Workshop.objects.get(pk=workshop.pk))))


def test_file_says_what_differs_from_the_defaults_only() -> None:
    plain = dump(load())
    assert [name for name in DESK if name in plain] == []
    tracks = [{**track, "target_percent": 40} if place == 0 else track for place, track in enumerate(SMALL["tracks"])]
    workshop = load(**DESK, tracks=tracks)
    assert read(workshop) == {**DESK, "required_review_count": 3}
    assert {name: value for name, value in dump(workshop).items() if name in DESK} == DESK
    assert [track.get("target_percent") for track in dump(workshop)["tracks"]] == [40, *[None] * (len(tracks) - 1)]
    load()
    assert read(workshop) == {
        "blocks_underreviewed": False,
        "hides_conflicted": True,
        "pushes_decisions": False,
        "letters_per_minute": 60,
        "required_review_count": 3,
    }
    assert dump(workshop) == plain


def test_file_keeps_the_words_of_openreview() -> None:
    words = [
        {"outcome": "reject", "word": "Reject"},
        {"outcome": "accept", "presentation": "poster", "word": "Accept (Poster)"},
        {"outcome": "accept", "word": "Accept"},
    ]
    workshop = load(decision_words=words)
    kept = {"accept": "Accept", "accept:poster": "Accept (Poster)", "reject": "Reject"}
    assert workshop.decision_words == kept
    assert dump(workshop)["decision_words"] == [words[2], words[1], words[0]]
    created, _ = start_next_edition(workshop, slug="things27", year=2027, by=None)
    assert created.decision_words == kept
    assert "decision_words" not in dump(load())
    workshop.refresh_from_db()
    assert workshop.decision_words == {}


@pytest.mark.parametrize(
    ("words", "mistake"),
    [
        (
            [{"outcome": "accept", "presentation": "postr", "word": "A"}],
            "$.decision_words[0].presentation: there is no presentation “postr”. Did you mean “poster”?",
        ),
        (
            [{"outcome": "reject", "presentation": "oral", "word": "R"}],
            "$.decision_words[0].presentation: a reject has no presentation; leave it out.",
        ),
        (
            [{"outcome": "accept", "word": "Same"}, {"outcome": "reject", "word": "Same"}],
            "$.decision_words[0].word: “Same” can't mean accept and reject at once.",
        ),
        (
            [{"outcome": "reject", "word": "No"}, {"outcome": "reject", "word": "Never"}],
            "$.decision_words[1]: the same decision stands at $.decision_words[0] already.",
        ),
    ],
)
def test_words_that_contradict_are_told(words: list[dict[str, str]], mistake: str) -> None:
    with pytest.raises(Refusals) as refused:
        load(decision_words=words)
    assert refused.value.reasons == [mistake]


@pytest.mark.parametrize(
    ("settings", "mistake"),
    [
        ({"letters_per_minute": 0}, "$.letters_per_minute: write a whole number of letters from 1 to 1000, not 0."),
        ({"hides_conflicted": "no"}, '$.hides_conflicted: write true or false, not "no".'),
        ({"tracks": [{**SMALL["tracks"][0], "target_percent": 101}]}, "$.tracks[0].target_percent: write a whole number of percent"),
    ],
)
def test_mistakes_name_their_place(settings: dict[str, Any], mistake: str) -> None:
    with pytest.raises(Refusals) as refused:
        load(**settings)
    assert [reason for reason in refused.value.reasons if reason.startswith(mistake)] != []


def test_page_sets_each_of_them(client: Client, olga: User) -> None:
    workshop = load()
    join_workshop(olga, workshop)
    client.force_login(olga)
    address = reverse("settings", args=[workshop.slug])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert {name: shown[name] for name in NAMES} == {
        "blocks_underreviewed": False,
        "hides_conflicted": True,
        "pushes_decisions": False,
        "letters_per_minute": 60,
        "required_review_count": 3,
    }
    filled = {name: value for name, value in shown.items() if value not in (None, "", False, [])}
    filled |= {"blocks_underreviewed": "on", "pushes_decisions": "on", "letters_per_minute": "20", "required_review_count": "2"}
    del filled["hides_conflicted"]  # a box that is not ticked
    assert client.post(address, filled).status_code == 302
    assert read(workshop) == {**DESK, "required_review_count": 2}


def test_next_edition_writes_to_openreview_only_when_told_again() -> None:
    created, _ = start_next_edition(load(**DESK), slug="next27", year=2027, by=None)
    assert read(created) == {**DESK, "pushes_decisions": False, "required_review_count": 3}
