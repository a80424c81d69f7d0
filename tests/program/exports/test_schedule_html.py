"""The table of the SyntaGen sites, for days they never had."""

import re
from dataclasses import replace

from program.exports.registry import export_listing
from program.listings import ListedSlot
from tests.program.listed import list_paper, list_person, list_session, make_listing


def read_cells(data: bytes) -> list[str]:
    return re.findall(r"<td[^>]*>(.*?)</td>", data.decode())


def test_speakers_are_bold_and_unknown_ones_are_to_be_determined() -> None:
    sessions = (
        list_session("invited-talk", "09:00", 25, "A", number=1, people=(list_person("Ada <b>"), list_person("Bob"))),
        list_session("invited-talk", "13:25", None, "B", number=2),
        list_session("panel", "13:30", 20, people=(list_person("Ada", "panelist"), list_person("Mo", "moderator"))),
    )
    assert read_cells(export_listing("schedule-html", make_listing(sessions=sessions))) == [
        *("9:00", "Invited talk 1: A", "25 mins", "<b>Ada &lt;b&gt;</b>, <b>Bob</b>"),
        *("13:25", "Invited talk 2: B", "5 mins", "TBD"),
        *("13:30", "Panel discussion: Ada", "20 mins", "<b>Mo</b>"),
    ]


def test_several_days_have_headings() -> None:
    sessions = (list_session("opening", "09:00", 5), list_session("oral", "2026-06-18T09:00", 5))
    text = export_listing("schedule-html", make_listing(sessions=sessions)).decode()
    assert re.findall(r"<h4>.*</h4>|</?table>", text) == [
        *("<h4>June 17th</h4>", "<table>", "</table>"),
        *("<h4>June 18th</h4>", "<table>", "</table>"),
    ]


def test_papers_stand_under_their_session_when_asked_for() -> None:
    session = list_session("oral", "09:00", 25, "Orals", papers=(list_paper("A & B"), list_paper("{{ C }}")))
    listing = make_listing(sessions=(session,))
    assert read_cells(export_listing("schedule-html", listing, {"papers": "yes"}))[1] == "Orals<br>A & B<br>&#123;{ C }}"
    assert read_cells(export_listing("schedule-html", listing))[1] == "Orals"


def test_talks_without_papers_stand_among_them_with_who_gives_them() -> None:
    paper = list_paper("A")
    held = (
        ListedSlot("t", "winner-talk", "How it was <won>", person=list_person("Ada")),
        ListedSlot("p", "paper", paper=paper),
        ListedSlot("n", "invited-talk", "Nobody's"),
    )
    session = replace(list_session("mixed", "09:00", 25, "Competition", papers=(paper,)), held=held)
    listing = make_listing(sessions=(session,))
    html, markdown = (export_listing(name, listing, {"papers": "yes"}) for name in ("schedule-html", "schedule-markdown"))
    assert read_cells(html)[1] == "Competition<br>How it was &lt;won&gt;<br>A<br>Nobody's"
    names = ", ".join(author.name for author in paper.authors)
    event = f"Competition<br>How it was &lt;won>. Ada<br>A. {names}<br>Nobody's"
    assert markdown.decode().splitlines()[-1] == f"| 9:00 | {event} | 25 mins |  |"
    assert read_cells(export_listing("schedule-html", listing))[1] == "Competition"


def test_unreleased_schedule_is_to_be_determined() -> None:
    assert export_listing("schedule-html", make_listing()) == b"<p>TBD</p>\n"
    assert export_listing("schedule-markdown", make_listing()) == b"TBD\n"


def test_rooms_have_a_column_where_sessions_name_their_own() -> None:
    sessions = (list_session("tutorial", "09:00", 45, "A", room="Hall <1> | B"), list_session("tutorial", "09:00", 45, "B"))
    listing = make_listing(sessions=sessions)
    html, markdown = (export_listing(name, listing).decode() for name in ("schedule-html", "schedule-markdown"))
    assert re.findall(r"<th[^>]*>(.*?)</th>", html) == ["Time", "Event", "Duration", "Speaker", "Room"]
    assert read_cells(html.encode())[4::5] == ["Hall &lt;1&gt; | B", ""]
    assert markdown.splitlines()[2:] == [
        "| Time | Event | Duration | Speaker | Room |",
        "|------|-------|----------|---------|------|",
        "| 9:00 | A | 45 mins |  | Hall &lt;1> \\| B |",
        "| 9:00 | B | 45 mins |  |  |",
    ]
