"""What members say of themselves, so that conflicts of interest are found."""

import re
from typing import Any

from django import forms

from papers.interest_matching import FREE_MAIL, find_domain
from papers.models import Membership
from papers.texts import clean_line

MOST_LINES = 200
PROFILE = re.compile(r"~[^\s/]+[0-9]")
DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*)/?", re.IGNORECASE)


class LinesField(forms.CharField):
    """Several values, one a line; a mistake names its line."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> Any:
        lines = [(number, clean_line(line)) for number, line in enumerate(str(value or "").splitlines(), start=1)]
        filled = [(number, line) for number, line in lines if line]
        if len(filled) > MOST_LINES:
            raise forms.ValidationError(f"These are {len(filled)} lines; {MOST_LINES} are the most.")
        mistakes, values = list[str](), list[Any]()
        for number, line in filled:
            mistake, read = self.read_line(line)
            if mistake:
                mistakes.append(f"Line {number}: {mistake}")
            elif read not in values:
                values.append(read)
        if mistakes:
            raise forms.ValidationError(mistakes)
        return values

    def read_line(self, line: str) -> tuple[str, Any]:
        """Return what is wrong with a line, or nothing and its value."""
        return (f"“{line[:30]}…” is longer than 300 characters.", None) if len(line) > 300 else ("", line)

    def validate(self, value: Any) -> None:
        """Have nothing more to say: each line was read."""

    def run_validators(self, value: Any) -> None:
        """Have nothing more to say: each line was read."""


class ProfilesField(LinesField):
    """OpenReview tilde ids."""

    def read_line(self, line: str) -> tuple[str, Any]:
        line = line.rpartition("id=")[2]
        if PROFILE.fullmatch(line) and len(line) <= 200:
            return "", line
        return f"“{line[:60]}” is no OpenReview profile; it looks like ~Ada_Author1.", None


class InstitutionsField(LinesField):
    """Names with domains: University of Things, things.example."""

    def read_line(self, line: str) -> tuple[str, Any]:
        name, comma, last = line.rpartition(",")
        found = DOMAIN.fullmatch(last.strip())
        domain = found[1].lower() if found else ""
        if not domain:
            name, comma = line, ""
        if domain and not find_domain(domain):
            return f"“{domain}” stands for many institutions; write the domain of your own.", None
        if domain and find_domain(domain) in FREE_MAIL:
            return f"“{domain}” gives addresses to everybody; write the domain of your institution.", None
        if len(name) > 300:
            return f"“{name[:30]}…” is longer than 300 characters.", None
        return "", {"name": name.strip() if comma or not domain else "", "domain": domain}


class InterestForm(forms.Form):
    """Where a member works, with whom, under which profiles; what they know, how many papers they take."""

    profile_ids = ProfilesField(label="OpenReview profiles", rows=2, help_text="One a line: ~Ada_Author1. Two profiles are two people.")
    institutions = InstitutionsField(
        help_text="One a line, now and in the last three years: <i>University of Things, things.example</i>. Subdomains count."
    )
    collaborators = LinesField(
        rows=5,
        label="Whose papers are not to be judged",
        help_text="One a line: a name, an OpenReview profile or a mail address. Co-authors of papers known here are found by themselves.",
    )
    topics = LinesField(label="Topics known best", help_text="One a line, as in keywords of papers: <i>video diffusion</i>.")
    capacity = forms.IntegerField(
        required=False, min_value=0, max_value=10_000, label="Papers at most", help_text="How many to look after; empty for no limit."
    )

    @staticmethod
    def write(member: Membership) -> dict[str, Any]:
        """Return what is known of a member as the form shows it."""
        places = [", ".join(part for part in (place.get("name"), place.get("domain")) if part) for place in member.institutions]
        lists = {"profile_ids": member.profile_ids, "collaborators": member.collaborators, "topics": member.topics, "institutions": places}
        return {**{name: "\n".join(map(str, lines)) for name, lines in lists.items()}, "capacity": member.capacity}
