"""What the pages on handling ask for: who looks after what, conflicts of interest, recommendations, remarks."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.datastructures import MultiValueDict

from papers.handling_plans import ADD, WAYS
from papers.models import Award, ConflictOfInterest, Decision, Membership, PresentationKind, Workshop

MOST_KEYS = 20_000


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg] # (no generic at run time)
    """One member, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class MembersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # (no generic at run time)
    """Several members, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class KeysField(forms.Field):
    """Keys of papers: several fields of one name, or one with commas."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        parts = [part.strip() for one in value or [] for part in str(one).split(",")]
        keys = {int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 16}
        if len(keys) > MOST_KEYS:
            raise forms.ValidationError(f"These are {len(keys)} papers; {MOST_KEYS} can be chosen at once. Use a search instead.")
        return sorted(keys)


def let_choose(form: forms.Form, name: str, rows: Any) -> None:
    """Let a field choose among these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def let_choose_members(form: forms.Form, name: str, members: Iterable[Membership]) -> None:
    """Let a field choose among members that were read already; showing it asks the database nothing."""
    known = list(members)
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Membership.objects.in_keys(member.pk for member in known)
    blank = [] if isinstance(field, MembersField) or field.empty_label is None else [("", field.empty_label)]
    field.choices = [*blank, *((member.pk, str(member.user)) for member in known)]


class ChosenPapersForm(forms.Form):
    """Which papers: those selected in the table, or all that a search finds."""

    CARRIED = ("q", "member", "way", "members", "per_paper", "keeps", "by_topics", "seed")

    q = forms.CharField(required=False, max_length=5000, label="Which papers", widget=forms.HiddenInput)
    paper = KeysField(required=False)
    everything = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def is_chosen(self) -> bool:
        """Tell whether any papers are meant: selected ones, everything found, or a search that was written."""
        return bool(self.read_keys()) or "everything" in self.data or ("q" in self.data and "paper" not in self.data)

    def read_keys(self) -> list[int]:
        """Return the selected papers; none where everything found is meant."""
        values = self.cleaned_data
        return [] if values.get("everything") else list(values.get("paper") or [])

    def list_carried(self) -> Iterator[tuple[str, str]]:
        """Yield what the next step has to carry, selected papers in one value."""
        keys, data = self.read_keys(), self.data
        assert isinstance(data, MultiValueDict)
        for name in self.CARRIED:
            if not (name == "q" and keys):
                yield from ((name, value) for value in data.getlist(name))
        if keys:
            yield "paper", ",".join(map(str, keys))

    def as_query(self) -> str:
        """Return the same question as the end of an address."""
        return urlencode(list(self.list_carried()))


class AssignManyForm(ChosenPapersForm):
    """To whom the papers go, besides or instead of others."""

    member = MemberField(Membership.objects.none(), label="Member", empty_label="Choose a member")
    way = forms.ChoiceField(choices=WAYS, initial=ADD, widget=forms.RadioSelect, label="What happens")

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose_members(self, "member", workshop.memberships.reading())


class BalanceForm(ChosenPapersForm):
    """How papers are shared among several members."""

    members = MembersField(
        Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Among whom",
        error_messages={"required": "Choose at least one member to share the papers among."},
    )
    per_paper = forms.IntegerField(min_value=1, max_value=10, initial=1, label="Members for each paper")
    keeps = forms.BooleanField(required=False, initial=True, label="Whoever looks after a paper now goes on")
    by_topics = forms.BooleanField(required=False, label="Prefer who knows the topic", help_text="As far as even loads leave a choice.")
    seed = forms.IntegerField(min_value=0, max_value=1_000_000, required=False, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = list(workshop.memberships.reading())
        let_choose_members(self, "members", members)
        self.initial.setdefault("members", members)


class AssignForm(forms.Form):
    """Who is to look after one paper."""

    member = MemberField(Membership.objects.none(), empty_label="Choose a member", label="Member")

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose_members(self, "member", members)


class DeclareForm(forms.Form):
    """Who must not judge a paper, and why."""

    member = MemberField(Membership.objects.none(), empty_label="Choose a member", label="Who")
    reason = forms.CharField(required=False, max_length=300, label="Why", widget=forms.TextInput(attrs={"placeholder": "My advisor"}))

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose_members(self, "member", members)


class DeclareManyForm(DeclareForm):
    """The same for all papers that a search finds, or of these numbers."""

    q = forms.CharField(max_length=5000, label="Papers", help_text="A search, or numbers: 3, 7, 20-25.")
    field_order = ("q", "member", "reason")


class DismissForm(forms.Form):
    """Why a conflict of interest does not count."""

    reason = forms.CharField(max_length=2000, label="Why it does not count", widget=forms.Textarea(attrs={"rows": 3}))


class InterestFilterForm(forms.Form):
    """Which conflicts of interest to list; a value it does not know asks nothing."""

    q = forms.CharField(required=False, max_length=5000, label="Papers")
    member = MemberField(Membership.objects.none(), required=False, empty_label="Any member")
    ground = forms.ChoiceField(required=False, choices=[("", "Any ground"), *ConflictOfInterest.Ground.choices])
    dismissed = forms.ChoiceField(required=False, label="Which", choices=[("", "That count"), ("yes", "Dismissed")])

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose_members(self, "member", workshop.memberships.reading())

    def read(self) -> dict[str, Any]:
        """Return what is asked, as the page's queryset word takes it."""
        self.is_valid()
        member = self.cleaned_data.get("member")
        return {
            "member": member.pk if member else None,
            "ground": self.cleaned_data.get("ground") or "",
            "is_dismissed": self.cleaned_data.get("dismissed") == "yes",
        }


class RecommendationForm(forms.Form):
    """What somebody proposes to decide."""

    outcome = forms.ChoiceField(choices=[("", "Choose"), *Decision.Outcome.choices], label="Recommend")
    presentation = forms.ModelChoiceField(PresentationKind.objects.none(), required=False, empty_label="No presentation")
    award = forms.ModelChoiceField(Award.objects.none(), required=False, empty_label="No award")
    reason = forms.CharField(required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, workshop: Workshop, initial: Any = None) -> None:
        super().__init__(data, auto_id="recommend_%s", initial=initial)
        let_choose(self, "presentation", workshop.presentation_kinds.all())
        let_choose(self, "award", workshop.awards.all())


class RemarkForm(forms.Form):
    """What somebody says, and to whom in particular."""

    text = forms.CharField(
        max_length=10_000,
        label="Remark",
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Members see it, authors never do. @name mentions somebody."}),
    )
    mentioned = MembersField(Membership.objects.none(), required=False, label="Mention", widget=forms.CheckboxSelectMultiple)
    seen = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, members: Iterable[Membership], initial: Any = None) -> None:
        super().__init__(data, auto_id="remark_%s", initial=initial)
        let_choose_members(self, "mentioned", members)


class SeenForm(forms.Form):
    """Up to which remark somebody has read."""

    seen = forms.IntegerField(min_value=1, max_value=2**53)
