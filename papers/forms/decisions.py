"""What the pages ask for that decide papers."""

import secrets
from typing import Any

from django import forms
from django.http import QueryDict

from papers.bulk_decisions import Source
from papers.decision_sources import KEEP, NONE, Choice, DecisionsTable, FoundPapers, Recommended, SelectedPapers
from papers.decisions import DecisionChanged, OverCapacity, digest_decision
from papers.errors import Refusal
from papers.kept_tables import find_kept_table
from papers.models import Award, Decision, PresentationKind, Recommendation, User, Workshop
from papers.paper_table.selections import read_selection
from papers.thresholds import MEASURES, SCOPES, UNDECIDED, OverThreshold, Threshold

LONGEST_COMMENT = 10_000
ORIGINS = ("selection", "search", "table", "recommended", "threshold")
CHOOSING = ("selection", "search")  # where the person says what is decided


class DecisionForm(forms.Form):
    """Accept or reject one paper; `seen` is the digest of the decision that the person had before their eyes."""

    outcome = forms.ChoiceField(choices=[("", "Choose"), *Decision.Outcome.choices])
    presentation = forms.ModelChoiceField(PresentationKind.objects.none(), required=False, empty_label="No presentation yet")
    award = forms.ModelChoiceField(Award.objects.none(), required=False, empty_label="No award")
    comment = forms.CharField(
        required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 3}), label="Comment to the authors"
    )
    over_capacity = forms.BooleanField(required=False, label="Go over capacity")
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    refusal: Refusal | None = None

    def __init__(self, data: Any = None, *, workshop: Workshop, decision: Decision | None = None) -> None:
        names = ("outcome", "presentation", "award", "comment")
        known = {name: getattr(decision, name) for name in names} if decision else {}
        super().__init__(data, initial={**known, "seen": digest_decision(decision)})
        for name, rows in (("presentation", workshop.presentation_kinds.all()), ("award", workshop.awards.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def remember(self, refusal: Refusal) -> None:
        """Keep why it was refused, for being shown; what is sent next is compared with what is there now."""
        self.refusal = refusal
        if isinstance(refusal, DecisionChanged):
            self.data = {**self.data.dict(), "seen": digest_decision(refusal.decision)}  # type: ignore[attr-defined]

    @property
    def is_changed(self) -> bool:
        """Tell whether somebody else was faster."""
        return isinstance(self.refusal, DecisionChanged)

    @property
    def is_over(self) -> bool:
        """Tell whether a presentation would be too full."""
        return isinstance(self.refusal, OverCapacity)

    @property
    def wanted(self) -> str:
        """Return in words what was asked for."""
        values = self.cleaned_data
        parts = (values["outcome"], values["presentation"] and values["presentation"].slug, values["award"] and values["award"].slug)
        return ", ".join(part for part in parts if part)

    def clean_seen(self) -> str | None:
        """Return nothing where a script sends no digest: it saw nothing to compare with."""
        return self.cleaned_data["seen"] or None


class ChoiceForm(forms.Form):
    """One decision for many papers."""

    outcome = forms.ChoiceField(
        choices=[("accept", "Accept"), ("reject", "Reject"), ("revoke", "Take the decision back")], widget=forms.RadioSelect
    )
    presentation = forms.ChoiceField(required=False)
    award = forms.ChoiceField(required=False)
    comment = forms.CharField(
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Comment to the authors",
        help_text="The same for all; empty keeps the comments that there are.",
    )

    def __init__(self, data: Any = None, *, workshop: Workshop) -> None:
        super().__init__(data)
        for name, parts in (("presentation", workshop.presentation_kinds.all()), ("award", workshop.awards.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(KEEP, "Keep what each has"), *((part.slug, part.name) for part in parts), (NONE, "None")]

    def clean(self) -> dict[str, Any]:
        """Refuse a place for papers that are not accepted."""
        values = super().clean() or self.cleaned_data
        has_place = {values.get("presentation"), values.get("award")} - {KEEP, NONE, None}
        if values.get("outcome") in {"reject", "revoke"} and has_place:
            raise forms.ValidationError("Only accepted papers have a presentation or an award; leave both as they are.")
        if values.get("outcome") == "revoke" and values.get("comment"):
            raise forms.ValidationError("A decision that is taken back has no comment; leave it empty.")
        return values

    def read_choice(self) -> Choice:
        """Return the choice of a valid form."""
        return Choice(**{name: self.cleaned_data[name] for name in ("outcome", "presentation", "award", "comment")})


class ThresholdForm(forms.Form):
    """A measure, the level from which papers are accepted, for all or track by track."""

    measure = forms.ChoiceField(choices=list(MEASURES.items()), required=False)
    level = forms.FloatField(required=False, min_value=-1000, max_value=1000)
    by_track = forms.BooleanField(required=False, label="A level of its own for each track")
    scope = forms.ChoiceField(choices=list(SCOPES.items()), required=False, label="Which papers")
    presentation = forms.ChoiceField(required=False, label="Accepted as")

    def __init__(self, data: Any = None, *, workshop: Workshop) -> None:
        super().__init__(data)
        self.tracks = list(workshop.tracks.all())
        field = self.fields["presentation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "No presentation yet"), *((kind.slug, kind.name) for kind in workshop.presentation_kinds.all())]
        for track in self.tracks:
            self.fields[f"level-{track.slug}"] = forms.FloatField(required=False, min_value=-1000, max_value=1000, label=track.name)

    def read_threshold(self, usual: float = 5.5) -> Threshold:
        """Return what is asked; what is malformed or left out asks for the usual."""
        values = self.cleaned_data if self.is_valid() or self.is_bound else {}
        level = values.get("level")
        own = {track.slug: values.get(f"level-{track.slug}") for track in self.tracks} if values.get("by_track") else {}
        return Threshold(
            measure=values.get("measure") or "mean",
            level=usual if level is None else level,
            levels={slug: value for slug, value in own.items() if value is not None},
            scope=values.get("scope") or UNDECIDED,
            presentation=values.get("presentation") or "",
        )


class PasteForm(forms.Form):
    """A table of decisions, pasted or as a file."""

    text = forms.CharField(
        required=False,
        max_length=2_000_000,
        strip=False,
        label="Paste rows",
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono", "placeholder": "number,outcome,presentation\n12,accept,oral\n13,reject,"}),
    )
    file = forms.FileField(required=False, max_length=200, label="Or choose a file", help_text="CSV, XLSX or JSON, up to 10 MB.")

    def clean(self) -> dict[str, Any]:
        """Refuse a form that brings nothing, or both."""
        values = super().clean() or self.cleaned_data
        has_text, file = bool((values.get("text") or "").strip()), values.get("file")
        if not self.errors and has_text == bool(file):
            raise forms.ValidationError("Paste rows or choose a file, one of the two." if file else "Paste rows or choose a file.")
        if file and file.size > 10 * 1024 * 1024:
            raise forms.ValidationError("The file is larger than 10 MB. Split it, or use the command decide.")
        return values

    def read_table(self) -> tuple[bytes, str]:
        """Return the bytes of the table with a name for it."""
        file = self.cleaned_data.get("file")
        return (file.read(), file.name[:200]) if file else (self.cleaned_data["text"].encode(), "pasted table")


class OriginForm(ChoiceForm):
    """Where the decisions of a preview come from, with what an earlier preview was bound to.

    `by` names the origin: a selection (`keys`, or the ticked boxes `paper`), a search (`q`), a kept table, recommendations (on what
    `q` finds, of `handler` or where all agree) or a threshold. `seen` and `nonce` are those of the preview.
    """

    by = forms.ChoiceField(choices=[(name, name) for name in ORIGINS])
    q = forms.CharField(required=False, max_length=5000, strip=False)
    handler = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="All who recommend, where they agree")
    drop = forms.BooleanField(required=False)
    table = forms.CharField(required=False, max_length=64)
    seen = forms.CharField(required=False)
    over_capacity = forms.CharField(required=False, max_length=20)
    nonce = forms.CharField(required=False, max_length=40)

    def __init__(self, data: QueryDict | None = None, *, workshop: Workshop) -> None:
        super().__init__(data, workshop=workshop)
        self.workshop, self.asked = workshop, data if data is not None else QueryDict()
        self.threshold = ThresholdForm(data, workshop=workshop)
        handler = self.fields["handler"]
        assert isinstance(handler, forms.ModelChoiceField)
        handler.queryset = User.objects.filter(pk__in=Recommendation.objects.for_deciding(workshop).order_by().values("by")).order_by("pk")
        self.fields["outcome"].required = self.asked.get("by") in CHOOSING

    def clean_table(self) -> str:
        """Refuse a table that is not kept any more."""
        digest: str = self.cleaned_data["table"]
        if self.asked.get("by") == "table" and find_kept_table(self.workshop, digest) is None:
            raise forms.ValidationError("This table is no longer kept. Paste it or choose the file again.")
        return digest

    def clean(self) -> dict[str, Any]:
        """Refuse a selection of nothing."""
        values = super().clean()
        if values.get("by") == "selection" and not self.keys:
            raise forms.ValidationError("No paper is selected. Tick some in the paper table.")
        return values

    @property
    def keys(self) -> tuple[int, ...]:
        """Return the keys of the selected papers: ticked boxes, or what a preview carries as one word."""
        carried = [word for word in self.asked.get("keys", "").split(",") if word.isascii() and word.isdigit() and len(word) <= 18]
        return tuple(sorted({*map(int, carried), *read_selection(self.asked).keys}))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return what the next form must say again: all but what belongs to one preview alone."""
        names = {*self.fields, *self.threshold.fields} - {"seen", "nonce", "over_capacity", "drop"}
        told = [(name, self.asked.get(name, "")) for name in sorted(names) if self.asked.get(name)]
        return [*told, ("keys", ",".join(map(str, self.keys)))] if self.asked.get("by") == "selection" else told

    def read_source(self) -> Source:
        """Return what decides, of a valid form."""
        values = self.cleaned_data
        if values["by"] == "selection":
            return SelectedPapers(self.keys, self.read_choice())
        if values["by"] == "search":
            return FoundPapers(values["q"], self.read_choice())
        if values["by"] == "recommended":
            return Recommended(values["q"], values["handler"])
        if values["by"] == "threshold":
            return OverThreshold(self.threshold.read_threshold())
        table = find_kept_table(self.workshop, values["table"])
        assert table is not None
        return DecisionsTable(table.content, table.name)


def make_nonce() -> str:
    """Return what makes one preview different from every other."""
    return secrets.token_hex(16)
