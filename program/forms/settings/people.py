"""A person with their roles, an organization, a link."""

from dataclasses import replace
from typing import Any

from django import forms

from program.forms.settings.entries import EntryForm, line, number
from program.models import PersonRole
from program.workshop_files import WorkshopSettings
from program.workshop_files.checks import ROLES
from program.workshop_files.edits import set_roles
from program.workshop_files.mistakes import Reader
from program.workshop_files.values import LinkSettings, OrganizationSettings, PersonSettings


class PersonForm(EntryForm):
    """A person of the edition with their roles."""

    entry_class = PersonSettings
    name = line("Name", help_text="As the lists of people print it.", is_needed=True)
    program_name = line("Name in the schedule", help_text="Only where it differs.")
    title = line("Title", placeholder="Associate Professor")
    affiliation = line("Affiliation")
    url = line("Home page", placeholder="https://")
    photo = line("Photo", help_text="Path inside the site, for example assets/img/ada.jpg.")
    email = line("Mail address")
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=PersonRole.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A new role comes last.",
    )

    def show(self, entry: PersonSettings, settings: WorkshopSettings) -> dict[str, Any]:
        """Add the roles."""
        return {**super().show(entry, settings), "roles": [role for role in ROLES if entry.name in getattr(settings.roles, role)]}

    def read_document(self) -> dict[str, Any]:
        """Leave the roles to `change`."""
        return {key: value for key, value in super().read_document().items() if key != "roles"}

    def read(self, reader: Reader, document: dict[str, Any]) -> PersonSettings:
        """Keep what the page of the people asks for."""
        found: PersonSettings = super().read(reader, document)
        kept = {name: getattr(self.old, name) for name in PersonSettings.__dataclass_fields__ if name not in self.fields}
        return replace(found, **kept) if self.old is not None else found

    def change(self, entry: PersonSettings) -> WorkshopSettings:
        """Put the person in, then into the roles."""
        return set_roles(super().change(entry), entry.name, self.cleaned_data["roles"])


class OrganizationForm(EntryForm):
    """A sponsor or an affiliation."""

    entry_class = OrganizationSettings
    name = line("Name")
    url = line("Address", placeholder="https://", help_text="Where the name leads.")
    logo = line("Logo", help_text="Path inside the site.")
    logo_url = line("Address of the logo", placeholder="https://", help_text="Where the logo leads, if elsewhere.")
    logo_height = number("Height of the logo", help_text="Pixels.")
    level = line("Level", placeholder="Gold")


class LinkForm(EntryForm):
    """An address that the workshop names."""

    entry_class = LinkSettings
    kind = line(
        "Kind",
        placeholder="virtual",
        help_text="site, virtual, zoom, recording, openreview, template, community, or your own word.",
        is_needed=True,
    )
    label = line("Label", help_text="What is printed; empty: what the kind prints.")
    url = line("Address", placeholder="https://", is_needed=True)
