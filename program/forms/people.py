"""What organizers fill in about the people of a program."""

from typing import Any

from django import forms

from papers.models import Workshop
from papers.texts import clean_line, clean_text
from program.invitation_words import read_mail
from program.local_times import list_zones
from program.models import InvitationSettings, Person, PersonRole, Session, SessionPart
from program.people import LABELS
from program.people_gaps import GAP_WORDS, KINDS, STATE_WORDS

LONG = frozenset({"abstract", "bio"})
GAPS = (("any", "Something missing"), ("waiting", "To be taken over"), *((gap, f"No {words}") for gap, words in GAP_WORDS.items()))


class PersonTextsForm(forms.Form):
    """Texts about a person; each is brought to its normal form."""

    talk_title = forms.CharField(label=LABELS["talk_title"], max_length=500, required=False)
    abstract = forms.CharField(label=LABELS["abstract"], max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 7}))
    bio = forms.CharField(label=LABELS["bio"], max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    affiliation = forms.CharField(label=LABELS["affiliation"], max_length=300, required=False)
    url = forms.URLField(label=LABELS["url"], max_length=500, required=False, assume_scheme="https")
    zone = forms.CharField(
        label=LABELS["zone"],
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text="Of the place where they will be, e.g. Asia/Tokyo.",
    )
    attends = forms.ChoiceField(label=LABELS["attends"], choices=[("", "Not known yet"), *Person.Attendance.choices], required=False)
    slides_url = forms.URLField(label=LABELS["slides_url"], max_length=500, required=False, assume_scheme="https")

    def clean_zone(self) -> str:
        """Refuse a zone that nobody knows."""
        zone = clean_line(self.cleaned_data["zone"])
        if zone and zone not in list_zones():
            raise forms.ValidationError(f"There is no time zone “{zone}”; choose one of the list, for example Europe/Berlin.")
        return zone

    def read_values(self) -> dict[str, str]:
        """Return what a valid form says, texts without what pages and mails carry along."""
        return {
            name: clean_text(value) if name in LONG else clean_line(value)
            for name, value in self.cleaned_data.items()
            if isinstance(value, str)
        }


class PersonForm(PersonTextsForm):
    """All that organizers say of a person."""

    name = forms.CharField(label=LABELS["name"], max_length=200, help_text="As lists print it.")
    program_name = forms.CharField(label=LABELS["program_name"], max_length=200, required=False, help_text="Only where it differs.")
    title = forms.CharField(label=LABELS["title"], max_length=200, required=False, help_text="For example Associate Professor.")
    email = forms.EmailField(label=LABELS["email"], max_length=254, required=False, help_text="Stays with the organizers.")
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=PersonRole.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A new role comes last.",
    )

    field_order = ("name", "email", "roles", "title", "affiliation", "url", "program_name", "talk_title", "abstract", "bio")

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if person is not None:
            initial = {name: getattr(person, name) for name in LABELS if name != "photo"}
            initial["roles"] = [role.kind for role in person.roles.all()]
        super().__init__(*args, **{"initial": initial, **kwargs})


class PartForm(forms.Form):
    """A part in a session."""

    session = forms.ModelChoiceField(Session.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label="Part", choices=SessionPart.Kind.choices)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "part-%s", **kwargs})
        field = self.fields["session"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Session.objects.filter(workshop=workshop).in_program_order()


class PeopleFilterForm(forms.Form):
    """Which people a list shows."""

    kind = forms.ChoiceField(label="Role", choices=[("", "Every role"), ("stage", "On stage"), *KINDS.items()], required=False)
    state = forms.ChoiceField(
        label="State", choices=[("", "Every state"), *((str(state), words) for state, (words, _) in STATE_WORDS.items())], required=False
    )
    gap = forms.ChoiceField(label="Missing", choices=[("", "Missing or not"), *GAPS], required=False)


class MailSettingsForm(forms.Form):
    """The words of the mails, and whether what people write is printed at once."""

    invitation_subject = forms.CharField(label="Subject", max_length=300)
    invitation_body = forms.CharField(label="Mail", max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}))
    reminder_subject = forms.CharField(label="Subject", max_length=300)
    reminder_body = forms.CharField(label="Mail", max_length=20_000, widget=forms.Textarea(attrs={"rows": 14}))
    prints_at_once = forms.BooleanField(
        label="Print what people write at once",
        required=False,
        help_text="Otherwise titles, abstracts, bios, affiliations, links and photos wait until you take them over.",
    )

    def __init__(self, *args: Any, held: InvitationSettings, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {name: getattr(held, name) for name in self.base_fields}, **kwargs})

    def clean(self) -> dict[str, Any]:
        """Show each mistake at its mail."""
        cleaned = super().clean() or self.cleaned_data
        for kind in ("invitation", "reminder"):
            mistakes = read_mail(cleaned.get(f"{kind}_subject", "x"), cleaned.get(f"{kind}_body", "{{ link }}")).mistakes
            for part, sentences in mistakes.items():
                for sentence in sentences:
                    self.add_error(f"{kind}_{part}", sentence)
        return cleaned


class PeopleTableForm(forms.Form):
    """A pasted table of people."""

    text = forms.CharField(
        label="Table",
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="One person a line: name, mail, affiliation, role. Pasted from a spreadsheet, or with commas or semicolons between.",
    )


class SentForm(forms.Form):
    """A confirmed sending: whom it goes to, what was seen."""

    person = forms.TypedMultipleChoiceField(coerce=int, required=False)
    digest = forms.CharField(max_length=64)
    nonce = forms.CharField(max_length=100)
    is_reminder = forms.BooleanField(required=False)

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(key, key) for key in keys]
