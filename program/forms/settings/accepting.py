"""What papers are accepted as: tracks, presentations, awards."""

from typing import Any

from django.utils.text import slugify

from papers.models import Track
from program.forms.settings.entries import EntryForm, LinesField, check, line, number, select
from program.workshop_files.values import AwardSettings, PresentationSettings, TrackSettings

SLUG_HELP = "In files and addresses; made from the name when left empty. It stays as it is."


class NamedEntryForm(EntryForm):
    """An entry whose slug is made from its name and stays."""

    fixed_fields = ("slug",)

    def read_document(self) -> dict[str, Any]:
        """Fill an empty slug in."""
        document = super().read_document()
        if self.old is None and document.get("name"):
            document.setdefault("slug", slugify(document["name"])[:40] or "x")
        return document


class TrackForm(NamedEntryForm):
    """A track."""

    entry_class = TrackSettings
    name = line("Name", placeholder="Full papers", is_needed=True)
    slug = line("Slug", help_text=SLUG_HELP)
    page_limit = number("Page limit", help_text="Empty: no limit.")
    uncounted_parts = LinesField(label="Not counted", help_text="Parts outside the limit, one on each line, for example references.")
    proceedings = select("Proceedings", Track.Proceedings.choices)
    is_award_eligible = check("Can win awards")
    target_percent = number("To be accepted, in percent", help_text="Which share of its papers; shown while deciding. Empty: no target.")


class PresentationForm(NamedEntryForm):
    """A presentation."""

    entry_class = PresentationSettings
    name = line("Name", placeholder="Oral", help_text="As printed.", is_needed=True)
    slug = line("Slug", help_text=SLUG_HELP)
    capacity = number("At most", help_text="How many there can be; empty: no limit.")


class AwardForm(NamedEntryForm):
    """An award."""

    entry_class = AwardSettings
    name = line("Name", placeholder="Best Paper", is_needed=True)
    slug = line("Slug", help_text=SLUG_HELP)
    presentation = select("Brings the presentation", [], empty="None")

    def fill_choices(self) -> None:
        """Offer the workshop's presentations."""
        kinds = [(kind.slug, kind.name) for kind in self.settings.presentations]
        self.fields["presentation"].choices = [("", "None"), *kinds]  # type: ignore[attr-defined]
