"""What the real sites got wrong is found before anything is written."""

import dataclasses
import datetime as dt

import pytest

from program.findings import Finding, find_file_problems, find_problems, find_text_problems
from tests.program.listed import list_date, list_paper, list_person, list_session, list_workshop, make_listing
from tests.program.published_editions import REFERENCE

WORKSHOP = list_workshop(year=2025, starts_on=dt.date(2025, 6, 12), conference="CVPR 2025", short_name="SyntaGen")


def list_codes(text: str) -> list[str]:
    return [finding.code for finding in find_text_problems(text, "here", WORKSHOP)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Submission deadline: **March 22nd, 11:59 PM PST**", ["zone-label"]),
        ("March 8th, 11:59 PM PST", []),
        ("March 22nd, 11:59 PM PDT or Pacific Time", []),
        ("~~April 3rd, 11:59 PM PST~~ **March 30th, 11:59 PM PST**", ["zone-label", "zone-label"]),
        ("Dec 1st, 11:59 PM PST, decision Jun 11th", []),
        ("2025-06-12 09:00 CET", ["zone-label"]),
        ("January 5, 2026, 23:59 EST", []),
        ("All times are PST", ["zone-label"]),
        ("PDT/GMT-08:00", ["zone-offset"]),
        ("CST/GMT-06:00, December 15", []),
        ("PDT (UTC-7)", []),
        ("CEST UTC+2", []),
        ("EDT, UTC−05:00", ["zone-offset"]),
        ("the BST-like EST models of Feb 30", ["zone-label"]),
        ("a pst b, POST, CETIN", []),
    ],
)
def test_zone_label_must_be_true_on_its_day(text: str, codes: list[str]) -> None:
    assert list_codes(text) == codes


def test_standard_time_is_right_where_there_is_no_summer_time() -> None:
    phoenix = dataclasses.replace(WORKSHOP, zone="America/Phoenix")
    assert find_text_problems("June 12th, 9:00 MST", "here", phoenix) == ()
    shanghai = dataclasses.replace(WORKSHOP, zone="Asia/Shanghai")
    assert find_text_problems("June 12th, 9:00 CST", "here", shanghai) == ()


def test_wrong_label_is_explained() -> None:
    assert find_text_problems("March 22nd, 11:59 PM PST", "date “Submission”", WORKSHOP) == (
        Finding(
            "zone-label",
            "warn",
            "date “Submission”",
            "“PST” is said for March 22, when clocks show PDT: read by the letter it is an hour later.",
            "Write PDT, or Pacific Time and the like.",
        ),
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Krishnakant Singh,\u00a0Thanush", ["no-break-space"]),
        ("segmen\x02tation", ["control-character"]),
        ("zero\u200bwidth", ["control-character"]),
        ("Poor Manâ€™s Guide", ["mojibake"]),
        ("Florian TramÃ¨r", ["mojibake"]),
        ("broken \ufffd", ["mojibake"]),
        ("Poor Man’s Guide by Florian Tramèr, Đặng Văn, 王芳 – 😀 “x”", []),
        ("tab\tand space", []),
    ],
)
def test_odd_characters_are_found(text: str, codes: list[str]) -> None:
    assert list_codes(text) == codes


def test_paper_with_fewer_authors_than_imported_blocks() -> None:
    paper = list_paper("Is Synthetic Data all We Need?", "Krishnakant Singh", "Thanush Navaratnam")
    (found,) = find_problems(make_listing(paper), imported_counts={"note1": 3})
    assert (found.code, found.severity, found.where) == ("authors-fewer", "block", "Paper 1")
    assert found.sentence == "Paper 1 lists 2 of the 3 authors that were imported."
    assert find_problems(make_listing(paper), imported_counts={"note1": 2}) == ()


def test_paper_without_authors_warns() -> None:
    paper = dataclasses.replace(list_paper("On Counting", number=None), authors=())
    (found,) = find_problems(make_listing(paper))
    assert (found.code, found.severity, found.sentence) == (
        "authors-missing",
        "warn",
        "Paper “On Counting” “On Counting” has no authors to print.",
    )


def test_speaker_of_last_year_is_a_stranger() -> None:
    tali, varun = list_person("Tali Dekel"), list_person("Varun", full_name="Varun Jampani")
    sessions = (
        list_session("invited-talk", "10:50", 25, "Diffusion", number=5, people=(tali,)),
        list_session("invited-talk", "11:15", 25, "More", number=6, people=(varun,)),
    )
    (found,) = find_problems(make_listing(sessions=sessions, people=(list_person("V. Jampani", full_name="Varun Jampani"),)))
    assert (found.code, found.sentence) == (
        "person-unlisted",
        "Tali Dekel is in the schedule (“Invited talk 5: Diffusion”) but has no role in this edition.",
    )


def test_conflicts_of_the_schedule_warn_and_gaps_do_not() -> None:
    sessions = (
        list_session("opening", "08:30", 10, "Hello"),
        list_session("oral", "08:35", 25, "Orals"),
        list_session("break", "09:30", 5),
    )
    (found,) = find_problems(make_listing(sessions=sessions))
    assert (found.code, found.severity, found.where) == ("overlap", "warn", "schedule")


def test_every_text_of_a_listing_is_looked_at() -> None:
    odd = "a\x02b"
    listing = make_listing(
        list_paper(odd, odd, number=7),
        sessions=(list_session("oral", "09:00", 10, odd, room="R", people=(list_person(odd),)),),
        dates=(list_date(odd, None, note="n", earlier=(list_date("d", None, note=odd),)),),
        people=(list_person(odd, affiliation="x"),),
    )
    assert {finding.where for finding in find_problems(listing)} == {
        "Paper 7, title",
        "Paper 7, authors",
        f"session “{odd}”",
        f"date “{odd}”",
        f"date “{odd}”, earlier value",
        f"person {odd}",
    }


def test_file_is_read_line_by_line_and_each_problem_named_once() -> None:
    text = (
        "Deadline March 22nd PST\r\n"
        "[OpenReview]() and [ok](https://e.org)\n"
        "CVPR 2025, SyntaGen 2025, cvpr25 and in 2023\n"
        "https://cvpr2023.thecvf.com/virtual\n"
        "thecvf.com/CVPR/2024/Workshop/SyntaGen\n"
        "NeurIPS'23, NeurIPS'23\n"
        '<a class="x" href="">Zoom</a>\n'
        "Deadline March 22nd PST\n"
    )
    assert [(finding.code, finding.where, finding.sentence) for finding in find_file_problems(text, "p.md", WORKSHOP)] == [
        ("zone-label", "p.md, line 1", "“PST” is said for March 22, when clocks show PDT: read by the letter it is an hour later."),
        ("empty-link", "p.md, line 2", "The link “OpenReview” leads nowhere."),
        ("other-year", "p.md, line 4", "“cvpr2023” is another edition's name; this one is 2025."),
        ("other-year", "p.md, line 5", "“CVPR/2024” is another edition's name; this one is 2025."),
        ("other-year", "p.md, line 6", "“NeurIPS'23” is another edition's name; this one is 2025."),
        ("empty-link", "p.md, line 7", 'The link “<a class="x" href="">” leads nowhere.'),
    ]


def test_link_to_another_edition_is_found() -> None:
    links = (("virtual", "", "https://cvpr2023.thecvf.com/virtual/2025/workshop/1"), ("site", "", "https://cvpr.thecvf.com/2025"))
    (found,) = find_problems(make_listing(workshop=dataclasses.replace(WORKSHOP, links=links)))
    assert (found.where, found.sentence) == ("link “virtual”", "“cvpr2023” is another edition's name; this one is 2025.")


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="The reference files are not here.")
def test_real_page_of_2025_has_the_findings_that_are_known() -> None:
    text = (REFERENCE / "syntagen25_home.md").read_text(encoding="utf-8")
    findings = find_file_problems(text, "home.md", WORKSHOP)
    codes = sorted({finding.code for finding in findings})
    assert codes == ["no-break-space", "zone-label"]
    assert len([finding for finding in findings if finding.code == "zone-label"]) == 6
