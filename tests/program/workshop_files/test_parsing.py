"""What a workshop file may say, and every mistake by its path."""

import json
import unicodedata
from typing import Any

import pytest

from program.workshop_files import WorkshopFileRefused, normalize_workshop_file, parse_workshop_file
from tests.program.workshop_files.examples import SMALL, change_small


def list_mistakes(data: bytes | str) -> list[str]:
    with pytest.raises(WorkshopFileRefused) as refused:
        parse_workshop_file(data)
    return [str(mistake) for mistake in refused.value.mistakes]


@pytest.mark.parametrize(
    ("path", "value", "mistake"),
    [
        ("tracks.1.page_limit", "eight", '$.tracks[1].page_limit: write a whole number of pages, not "eight".'),
        ("tracks.1.page_limit", 8.0, "$.tracks[1].page_limit: write a whole number of pages, not 8.0."),
        ("tracks.1.page_limit", True, "$.tracks[1].page_limit: write a whole number of pages, not true."),
        ("tracks.1.page_limit", 0, "$.tracks[1].page_limit: write a whole number of pages from 1 to 999, not 0."),
        ("tracks.1.slug", "full", "$.tracks[1]: the same slug stands at $.tracks[0] already."),
        ("tracks.1.slug", ..., "$.tracks[1]: “slug” is missing."),
        ("tracks.0.slug", "full paper", '$.tracks[0].slug: write letters, digits, hyphens and underscores only, not "full paper".'),
        ("tracks.0.pages", 8, "$.tracks[0].pages: there is no such setting here. Did you mean “page_limit”?"),
        ("tracks.0.name", " \u200b ", "$.tracks[0].name: this can't be empty."),
        ("tracks.0", "full", "$.tracks[0]: write an object with slug, name, page_limit, uncounted_parts, proceedings, is_award_eligible, "),
        ("tracks", {}, "$.tracks: write a list, not an empty object."),
        ("trakcs", [], "$.trakcs: there is no such setting here. Did you mean “tracks”?"),
        ("name", "x" * 301, "$.name: 301 characters are too many; there is room for 300."),
        ("name", 7, "$.name: write text in quotes, not 7."),
        ("mode", "in person", '$.mode: write one of in-person, virtual, hybrid, not "in person". Did you mean “in-person”?'),
        ("year", 20260, "$.year: write a whole number from 1990 to 2100, not 20260."),
        ("format", 2, "$.format: this is format 1; 2 can't be read here."),
        ("awards.0.presentation", "orals", "$.awards[0].presentation: there is no presentation “orals”. Did you mean “oral”?"),
        ("zone", "Pacific Time", "$.zone: “Pacific Time” is neither an IANA time zone, for example Europe/Berlin, nor AoE."),
        (
            "zone",
            "PST",
            "$.zone: “PST” is neither an IANA time zone, for example Europe/Berlin, nor AoE. Did you mean “America/Los_Angeles”?",
        ),
        ("zone", "Los Angeles", "Did you mean “America/Los_Angeles”?"),
        ("zone", "america/los_angeles", "Did you mean “America/Los_Angeles”?"),
        ("zone", 7, "$.zone: write a time zone in quotes, for example Europe/Berlin, not 7."),
        ("starts_on", "2026-02-30", "$.starts_on: there is no day 2026-02-30."),
        ("starts_on", "17.6.2026", "$.starts_on: write a day as 2025-06-12, not “17.6.2026”."),
        ("starts_on", "0026-06-17", "$.starts_on: the year 26 is not between 1990 and 2100."),
        ("starts_on", 20260617, "$.starts_on: write a day as 2025-06-12 in quotes, not 20260617."),
        ("ends_on", "2026-06-16", "$.ends_on: the last day, 2026-06-16, lies before the first, 2026-06-17."),
        ("sessions.0.starts_at", "2026-06-17", "$.sessions[0].starts_at: write day and time as 2025-06-12T08:30, not “2026-06-17”."),
        ("sessions.0.starts_at", "2026-06-17T24:30", "$.sessions[0].starts_at: there is no time “2026-06-17T24:30”."),
        ("sessions.0.starts_at", "2026-06-17T08:30+25:00", "$.sessions[0].starts_at: there is no time “2026-06-17T08:30+25:00”."),
        (
            "sessions.0.starts_at",
            "2026-03-08T02:30",
            "$.sessions[0].starts_at: 2026-03-08T02:30 does not exist in America/Los_Angeles, where clocks go forward; "
            "write for example 01:30 or 03:30.",
        ),
        (
            "sessions.0.starts_at",
            "2026-11-01T01:30",
            "$.sessions[0].starts_at: 2026-11-01T01:30 happens twice in America/Los_Angeles, where clocks go back; "
            "write 2026-11-01T01:30-07:00 or 2026-11-01T01:30-08:00.",
        ),
        ("sessions.0.minutes", -5, "$.sessions[0].minutes: write a whole number of minutes from 1 to 10080, not -5."),
        ("sessions.0.kind", "invited_talk", 'not "invited_talk". Did you mean “invited-talk”?'),
        (
            "sessions.1.speakers.0",
            "Ada Auther",
            "$.sessions[1].speakers[0]: “Ada Auther” is not among the people. Did you mean “Ada Author”?",
        ),
        (
            "sessions.1.speakers",
            ["Ada Author", "Ada Author"],
            "$.sessions[1].speakers[1]: the same name stands at $.sessions[1].speakers[0] already.",
        ),
        ("sessions.2.papers.1", "abcDEF12_-", "$.sessions[2].papers[1]: the same paper stands at $.sessions[2].papers[0] already."),
        (
            "sessions.2.papers.1",
            7.5,
            "$.sessions[2].papers[1]: write an OpenReview forum id, a paper's number, or “title:” with its exact title, not 7.5.",
        ),
        ("sessions.2.papers.2.minuts", 3, "$.sessions[2].papers[2].minuts: there is no such setting here. Did you mean “minutes”?"),
        ("roles.keynote", ["Ada Author"], "$.roles.keynote: there is no such setting here."),
        ("roles.organizer", ["Nobody"], "$.roles.organizer[0]: “Nobody” is not among the people."),
        ("people.1.name", "Ada Author", "$.people[1]: the same name stands at $.people[0] already."),
        ("people.1.email", "olga@", '$.people[1].email: write a mail address, not "olga@".'),
        (
            "people.0.url",
            "https:/ada.example.org",
            'write a whole address that starts with https:// or http://, not "https:/ada.example.org".',
        ),
        ("people.0.url", "https://[ada", "write a whole address that starts with https:// or http://"),
        ("links.0.url", "", "$.links[0].url: this can't be empty."),
        ("sponsors.0", {"level": "gold"}, "$.sponsors[0]: write a name or an address."),
        ("topics.1", "Counting", "$.topics[1]: the same text stands at $.topics[0] already."),
        (
            "dates.0.zone",
            "EST",
            "$.dates[0].zone: “EST” is neither an IANA time zone, for example Europe/Berlin, nor AoE. Did you mean “America/New_York”?",
        ),
        ("dates.1.until", "2026-06-17", "$.dates[1].until: the last candidate day, 2026-06-17, does not come after the first, 2026-06-17."),
        ("dates.0.until", "2026-03-09", "$.dates[0].at: a date with several candidate days has no time of day; write the day alone."),
        ("mapping.track.0.values.Full", "fulll", '$.mapping.track[0].values.Full: there is no track "fulll". Did you mean “full”?'),
        ("mapping.track.0.values.Full", 1, "$.mapping.track[0].values.Full: there is no track 1."),
        (
            "mapping.proceedings.0.values.Yes",
            "yes",
            '$.mapping.proceedings[0].values.Yes: write true or false, or {"ignore": true}, not "yes".',
        ),
        (
            "mapping.decision.0.values.Reject",
            "reject",
            '$.mapping.decision[0].values.Reject: write {"outcome": "accept", "presentation": "poster"}, {"outcome": "reject"} or ',
        ),
        (
            "mapping.decision.0.values.Reject",
            {"outcome": "reject", "presentation": "oral"},
            "$.mapping.decision[0].values.Reject: a rejected paper has no presentation.",
        ),
        ("mapping.track.0.key", ..., "$.mapping.track[0]: name the field of the submission as “key”."),
        ("mapping.decision.0.key", "x", "$.mapping.decision[0]: the source decision has no key; leave “key” out."),
        (
            "mapping.decision.0.source",
            "reply",
            "$.mapping.decision[0]: name the reply and its field as “key”, for example Camera_Ready.track.",
        ),
        (
            "site.blocks.0.path",
            "../index.md",
            '$.site.blocks[0].path: write a path inside the site, for example _pages/home.md, not "../index.md".',
        ),
        ("site.blocks.0.path", "C:\\index.md", "$.site.blocks[0].path: write a path inside the site"),
        ("site.blocks.0.format", "accepted", "$.site.blocks[0].format: there is no format “accepted”. Did you mean “accepted-markdown”?"),
        (
            "site.blocks.0.options",
            {"dialekt": "list"},
            "$.site.blocks[0].options: the format accepted-markdown has no option 'dialekt'. Its options: dialect, order.",
        ),
        (
            "site.blocks.0.options",
            {"dialect": ["list"]},
            "$.site.blocks[0].options.dialect: write text, a whole number, true or false, not a list.",
        ),
        ("site.blocks.0.options", {"whole_file": "yes"}, "$.site.blocks[0].options.whole_file: write true or false."),
    ],
)
def test_mistake_is_named_by_its_path(path: str, value: Any, mistake: str) -> None:
    found = list_mistakes(change_small(path, value))
    assert [one for one in found if mistake in one] == found[:1]


def test_every_mistake_is_named_at_once() -> None:
    document = {"slug": "a b", "year": "x", "zone": "Mars", "tracks": [{"slug": "full", "nmae": "F"}], "topics": 7}
    assert list_mistakes(json.dumps(document)) == [
        '$.slug: write letters, digits, hyphens and underscores only, not "a b".',
        "$: “name” is missing.",
        "$: “short_name” is missing.",
        '$.year: write a whole number, not "x".',
        "$.zone: “Mars” is neither an IANA time zone, for example Europe/Berlin, nor AoE.",
        "$.tracks[0].nmae: there is no such setting here. Did you mean “name”?",
        "$.tracks[0]: “name” is missing.",
        "$.topics: write a list, not 7.",
    ]


def test_small_file_has_no_mistake() -> None:
    assert parse_workshop_file(json.dumps(SMALL)).slug == "things26"


def test_normal_form_is_idempotent_and_leaves_defaults_out() -> None:
    spelled = {**SMALL, "mode": "in-person", "room": "", "about": None, "required_review_count": 3}
    normal = normalize_workshop_file(json.dumps(SMALL))
    assert normalize_workshop_file(json.dumps(spelled)) == normal
    assert normalize_workshop_file(normal) == normal
    assert normal.endswith(b"}\n")


def test_normal_form_does_not_depend_on_order_or_spelling() -> None:
    shuffled = dict(reversed([*SMALL.items()]))
    shuffled["people"] = [*reversed(SMALL["people"])]
    shuffled["sessions"] = [*reversed(SMALL["sessions"])]
    shuffled["name"] = "Workshop\u00a0on  Counted Things\u200b"
    shuffled["sessions"][-1] = {**shuffled["sessions"][-1], "starts_at": "2026-06-17T15:30Z"}
    assert normalize_workshop_file("\ufeff" + json.dumps(shuffled)) == normalize_workshop_file(json.dumps(SMALL))


def test_text_becomes_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Trần Đại Nghĩa Ångström")
    data = change_small("people.0.name", decomposed).replace(b'"Ada Author"', json.dumps(decomposed).encode())
    name = parse_workshop_file(data).people[-1].name
    assert name == unicodedata.normalize("NFC", decomposed)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("2026-11-01T01:30-07:00", "2026-11-01T01:30-07:00"),
        ("2026-11-01T09:30Z", "2026-11-01T01:30-08:00"),
        ("2026-06-17 08:30", "2026-06-17T08:30"),
        ("2026-06-17T08:30:15", "2026-06-17T08:30:15"),
        ("2026-06-17T17:30+02:00", "2026-06-17T08:30"),
    ],
)
def test_session_times_are_local_to_the_workshop(text: str, normal: str) -> None:
    document = json.loads(normalize_workshop_file(change_small("sessions.0.starts_at", text)))
    assert normal in [session.get("starts_at") for session in document["sessions"]]


def test_day_is_its_last_second_even_where_midnight_is_skipped() -> None:
    data = json.loads(change_small("zone", "America/Nuuk"))
    data["dates"] = [{"name": "Day", "at": "2024-03-30"}]
    date = parse_workshop_file(json.dumps(data)).dates[0]
    assert date.at is not None
    assert (str(date.at), date.at.at.isoformat()) == ("2024-03-30", "2024-03-31T00:59:59+00:00")


def test_day_that_a_zone_skipped_is_a_mistake() -> None:
    data = json.loads(change_small("zone", "Pacific/Apia"))
    data["dates"] = [{"name": "Day", "at": "2011-12-30"}]
    assert list_mistakes(json.dumps(data)) == ["$.dates[0].at: the day 2011-12-30 does not exist in Pacific/Apia."]


def test_date_zone_is_left_out_where_it_is_the_workshops() -> None:
    document = json.loads(normalize_workshop_file(json.dumps(SMALL)))
    assert [date.get("zone") for date in document["dates"]] == ["AoE", None]
    assert document["dates"][0]["earlier"] == [{"at": "2026-03-01T23:59"}]


def test_unexplained_values_are_left_out() -> None:
    document = json.loads(normalize_workshop_file(change_small("mapping.track.0.values.Short", None)))
    assert document["mapping"]["track"][0]["values"] == {"Full": "full"}


def test_texts_that_differ_in_spaces_only_are_the_same_text() -> None:
    found = list_mistakes(change_small("mapping.track.0.values", {"Full": "full", " Full\u00a0": "full"}))
    assert found == ['$.mapping.track[0].values[" Full\u00a0"]: the same text stands here twice, but for spaces or invisible characters.']


def test_paper_may_be_named_by_the_address_of_its_forum() -> None:
    addresses = ["https://openreview.net/forum?id=wPW3k20lkW&noteId=x", "https://openreview.net/pdf?id=_Zm-rllIB5"]
    sessions = parse_workshop_file(change_small("sessions.2.papers", addresses)).sessions
    assert [place.name for session in sessions for place in session.papers] == ["wPW3k20lkW", "_Zm-rllIB5"]
    assert list_mistakes(change_small("sessions.2.papers", ["https://arxiv.org/abs/2109.09417"])) == [
        "$.sessions[2].papers[0]: write an OpenReview forum id, a paper's number, or “title:” with its exact title, "
        'not "https://arxiv.org/abs/2109.09417".'
    ]
