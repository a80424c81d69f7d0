"""A session with its people and papers."""

import re
from dataclasses import replace
from typing import Any

from program.forms.settings.dates import join_moment, split_moment
from program.forms.settings.entries import EntryForm, LinesField, check, day_field, line, number, select, time_field
from program.models import Session
from program.workshop_files import WorkshopSettings
from program.workshop_files.checks import PARTS
from program.workshop_files.edits import add_people, put_entry
from program.workshop_files.keeping import keep_details
from program.workshop_files.places import PaperPlace
from program.workshop_files.values import SessionSettings

PLACE = re.compile(r"(?P<paper>.*?)(?:\s*\|\s*(?P<minutes>\d+))?", re.ASCII)
NUMBER = re.compile(r"#?\d{1,9}", re.ASCII)
NAMES_HELP = "One name on each line, in order."


class SessionForm(EntryForm):
    """A session; times are in the workshop's zone."""

    entry_class = SessionSettings
    kind = select("Kind", Session.Kind.choices)
    title = line("Title")
    label = line("Label", help_text="Printed instead of what the kind prints, for example Keynote 1. Invited talks number themselves.")
    day = day_field("Day")
    time = time_field("Start")
    minutes = number("Minutes", help_text="Empty: until the next session.")
    room = line("Room", help_text="Where it is not the workshop's.")
    link = line("Link", placeholder="https://")
    is_parallel = check("May run beside another session")
    is_streamed = check("Remote people can follow it")
    speakers = LinesField(label="Speakers", help_text=NAMES_HELP)
    panelists = LinesField(label="Panelists", help_text=NAMES_HELP)
    moderators = LinesField(label="Moderators", help_text=NAMES_HELP)
    chairs = LinesField(label="Chairs", help_text=NAMES_HELP)
    adds_people = check("Add names that are not among the people yet")
    papers = LinesField(label="Papers", rows=5, help_text="A forum id or a number on each line, in order; minutes after a bar: 12 | 15.")
    note = LinesField(label="Note", help_text="For organizers.")

    def suggest(self, settings: WorkshopSettings) -> dict[str, Any]:
        """Start after the last session of the plan."""
        placed = [session for session in settings.sessions if session.starts_at]
        if placed:
            return {"kind": "invited-talk", **split_moment(placed[-1].starts_at), "time": ""}
        return {"kind": "opening", "day": str(settings.starts_on or "")}

    def show(self, entry: SessionSettings, settings: WorkshopSettings) -> dict[str, Any]:
        """Split the start into day and time, write a paper on each line."""
        papers = [place for place in entry.papers if isinstance(place, PaperPlace)]
        lines = [f"{place.paper} | {place.minutes}" if place.minutes else place.paper for place in papers]
        return {**super().show(entry, settings), **split_moment(entry.starts_at), "kind": entry.kind, "papers": lines, "note": [entry.note]}

    def read_document(self) -> dict[str, Any]:
        """Join day and time, read the lines of papers."""
        document = super().read_document()
        document.pop("adds_people", None)
        if "papers" in document:
            document["papers"] = [read_paper_line(told) for told in document["papers"]]
        if "note" in document:
            document["note"] = "\n".join(document["note"])
        return join_moment(document, "starts_at")

    def change(self, entry: SessionSettings) -> WorkshopSettings:
        """Put the session in under its key, with what the form does not show; unknown names into the people where that was asked for."""
        names = [name for part in PARTS for name in getattr(entry, part)] if self.cleaned_data["adds_people"] else []
        settings = add_people(self.settings, names)
        if self.old is not None:
            people = {person.name for person in settings.people}
            entry = replace(keep_details(entry, self.old, people), uid=self.old.uid, is_streamed=entry.is_streamed)
        return put_entry(settings, self.section, self.index, entry)

    def locate(self, key: str) -> str | None:
        """Show mistakes in the start at the time, or at the day where there is none."""
        if key == "starts_at":
            return "time" if self.cleaned_data.get("day") else "day"
        return super().locate(key)

    def find_path(self, changed: WorkshopSettings) -> str:
        """Return the path of the session at its time."""
        entry = next((one for one in changed.sessions if one not in self.settings.sessions), None)
        return f"$.sessions[{changed.sessions.index(entry)}]" if entry else "$.sessions"


def read_paper_line(told: str) -> Any:
    """Return a line as the workshop file names a paper: 12, abcDEF, {"paper": 12, "minutes": 15}."""
    found = PLACE.fullmatch(told)
    paper: Any = (found["paper"] if found else told).strip()
    if NUMBER.fullmatch(paper) and (paper.startswith("#") or len(paper) < 6):
        paper = int(paper.removeprefix("#"))
    return {"paper": paper, "minutes": int(found["minutes"])} if found and found["minutes"] else paper
