"""Settings that are filled in as lines of text: topics, the order of roles."""

from dataclasses import replace
from typing import Any

from program.forms.settings.entries import LinesField, SettingsForm
from program.workshop_files import WorkshopSettings
from program.workshop_files.checks import ROLES
from program.workshop_files.entries import read_entry
from program.workshop_files.mistakes import Reader
from program.workshop_files.values import RolesSettings


class RolesForm(SettingsForm):
    """The printed order of each role."""

    organizer = LinesField(label="Organizers", rows=5)
    speaker = LinesField(label="Speakers", rows=5)
    panelist = LinesField(label="Panelists")
    moderator = LinesField(label="Moderators")
    volunteer = LinesField(label="Volunteers")
    committee = LinesField(label="Program committee")
    advisor = LinesField(label="Advisors")

    def __init__(self, data: Any = None, *, settings: WorkshopSettings) -> None:
        super().__init__(data, settings=settings, initial={role: getattr(settings.roles, role) for role in ROLES})

    def clean(self) -> dict[str, Any]:
        """Read the names; each must be one of the people."""
        cleaned = super().clean() or {}
        reader = Reader()
        roles = read_entry(RolesSettings, reader, self.read_document(), "$")
        self.take_mistakes(reader.mistakes)
        if not self.errors:
            self.keep(replace(self.settings, roles=roles))
        return cleaned

    def find_path(self, changed: WorkshopSettings) -> str:
        """Return the path of the roles."""
        return "$.roles"


class TopicsForm(SettingsForm):
    """The topics of the call, one on each line."""

    topics = LinesField(label="Topics", rows=14, help_text="One on each line, in printed order.")

    def __init__(self, data: Any = None, *, settings: WorkshopSettings) -> None:
        super().__init__(data, settings=settings, initial={"topics": settings.topics})

    def clean(self) -> dict[str, Any]:
        """Take the lines as they stand."""
        cleaned = super().clean() or {}
        reader = Reader()
        topics = WorkshopSettings.__dataclass_fields__["topics"].metadata["read"](reader, cleaned.get("topics", []), "$.topics")
        self.take_mistakes(reader.mistakes)
        if not self.errors:
            self.keep(replace(self.settings, topics=topics))
        return cleaned
