"""The workshop itself: names, days, place, OpenReview."""

from dataclasses import fields, replace
from typing import Any

from django import forms

from papers.models import Workshop
from program.forms.settings.entries import LinesField, SettingsForm, check, day_field, line, number, select
from program.local_times import NoSuchTime
from program.workshop_files import WorkshopSettings
from program.workshop_files.edits import change_zone
from program.workshop_files.entries import read_entry
from program.workshop_files.mistakes import Reader

GROUPS = (
    ("Names", ("name", "short_name", "edition", "year", "conference", "series_name", "series_slug")),
    ("Days and place", ("starts_on", "ends_on", "part_of_day", "mode", "place", "room", "zone")),
    ("OpenReview", ("venue_id", "submission_invitations", "has_public_reviews", "pushes_decisions")),
    ("Deciding", ("required_review_count", "blocks_underreviewed", "hides_conflicted", "letters_per_minute")),
    ("Texts", ("contact_email", "booktitle", "about")),
)
PLAIN_NAMES = (*(name for _, names in GROUPS for name in names if not name.startswith("series_")), "series")


class IdentityForm(SettingsForm):
    """What is said once about the workshop; lists have pages of their own."""

    name = line("Name", is_needed=True)
    short_name = line("Short name", help_text="Without the year.", is_needed=True)
    edition = number("Edition", help_text="2 for the second.")
    year = number("Year", is_needed=True)
    conference = line("Conference", placeholder="CVPR 2026")
    series_name = line("Series", help_text="What the editions have in common; all of them see it.")
    series_slug = line("Slug of the series")
    starts_on = day_field("First day")
    ends_on = day_field("Last day", help_text="Only for several days.")
    part_of_day = select("Part of the day", Workshop.PartOfDay.choices, empty="Not said")
    mode = select("Mode", Workshop.Mode.choices)
    place = line("Place", placeholder="Denver, United States")
    room = line("Room")
    zone = line(
        "Time zone",
        help_text="Of the place: an IANA name such as America/Chicago, or AoE. Sessions keep the times that clocks show.",
        is_needed=True,
    )
    venue_id = line("OpenReview venue", placeholder="thecvf.com/CVPR/2026/Workshop/Things")
    submission_invitations = LinesField(label="Submission invitations", help_text="Only where the venue has several; one on each line.")
    required_review_count = number("Reviews that a paper needs")
    blocks_underreviewed = check("A paper with fewer reviews can't be decided")
    hides_conflicted = check("Members with a conflict of interest see neither reviews nor discussion of the paper")
    pushes_decisions = check("Decisions may be written to OpenReview from here")
    letters_per_minute = number("Letters a minute", help_text="How fast they leave; mail servers refuse floods.")
    has_public_reviews = check("Reviews of accepted papers are public")
    contact_email = line("Contact address", help_text="As printed.")
    booktitle = line("Book title", help_text="As BibTeX prints it.")
    about = forms.CharField(label="About", required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, data: Any = None, *, settings: WorkshopSettings) -> None:
        series = settings.series
        shown = {one.name: getattr(settings, one.name) for one in fields(WorkshopSettings) if one.name in self.base_fields}
        shown |= {name: str(shown[name] or "") for name in ("starts_on", "ends_on")}
        shown |= {"series_name": series.name if series else "", "series_slug": series.slug if series else ""}
        super().__init__(data, settings=settings, initial=shown)

    def read_document(self) -> dict[str, Any]:
        """Join the series."""
        document = super().read_document()
        series = {key: document.pop(f"series_{key}", "") for key in ("slug", "name")}
        return {**document, "series": series} if any(series.values()) else document

    def clean(self) -> dict[str, Any]:
        """Read the plain settings; the lists stay as they are."""
        cleaned = super().clean() or {}
        reader = Reader()
        document = {**self.read_document(), "slug": self.settings.slug}
        document.setdefault("required_review_count", 0)
        found = read_entry(WorkshopSettings, reader, document, "$")
        self.take_mistakes(reader.mistakes)
        if not self.errors:
            self._keep_plain({name: getattr(found, name) for name in PLAIN_NAMES})
        return cleaned

    def locate(self, key: str) -> str | None:
        """Show mistakes in the series at its name."""
        return "series_slug" if key == "series" else super().locate(key)

    def _keep_plain(self, plain: dict[str, Any]) -> None:
        try:
            moved = change_zone(self.settings, plain["zone"])
        except NoSuchTime as problem:
            self.add_error("zone", f"A session can't keep its time: {problem}")
        else:
            self.keep(replace(moved, **plain))

    def group_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]
