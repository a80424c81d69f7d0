"""The private discussion of a paper: what members say, whom they mention, what each has read."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from papers.access import READERS
from papers.errors import Refusal
from papers.history import record_change
from papers.interests import index_member_bonds, refuse_conflicted
from papers.models import Membership, Paper, ReadMark, Remark, User, Workshop
from papers.naming import begin_with_paper, name_paper
from papers.sight import find_sight
from papers.texts import clean_text, fold_text

FIELD = "remark"
CHANGED_FOR = dt.timedelta(minutes=30)
REPEATED_WITHIN = dt.timedelta(minutes=2)
LONGEST = 10_000


def add_remark(paper: Paper, *, text: str, mentioned: Iterable[Membership] = (), by: User, seen: int | None = None) -> Remark:
    """Say something to the members who may see the paper; `@name` mentions a member as the list of `mentioned` does.

    `seen` is the key of the last remark that the person had before them: up to there they have read. Refuses with a conflict
    of interest, nothing to say, the same words twice, and the mention of somebody who can't see the discussion.
    """
    refuse_conflicted(paper, by)
    text = _clean(paper, text)
    members = _find_mentioned(paper, text, mentioned, by)
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=paper.workshop_id)  # a double click waits here
        now = timezone.now()
        if Remark.objects.filter(paper=paper, by=by, text=text, at__gte=now - REPEATED_WITHIN).exists():
            raise Refusal("You said exactly this a moment ago; it is there.", subject=paper)
        remark = Remark.objects.create(paper=paper, by=by, text=text)
        remark.mentioned.set([member.user for member in members])
        if seen is not None:
            mark_read(paper, by=by, until=seen)
        names = ", ".join(str(member.user) for member in members)
        record_change(paper.workshop, "remarked", by=by, paper=paper, field=FIELD, note=f"mentions {names}" if names else "")
    return remark


def change_remark(remark: Remark, *, text: str, mentioned: Iterable[Membership] = (), by: User) -> None:
    """Put one's own remark in other words, within 30 minutes; refuses later, and what `add_remark` refuses."""
    paper = remark.paper
    refuse_conflicted(paper, by)
    text = _clean(paper, text)
    members = _find_mentioned(paper, text, mentioned, by)
    with transaction.atomic():
        held = _lock(remark, by)
        if timezone.now() - held.at > CHANGED_FOR:
            raise Refusal(
                "A remark can be changed for 30 minutes, since others may have answered it; say it in a new one, or withdraw it.",
                subject=held,
            )
        if held.text != text:
            held.text, held.changed_at = text, timezone.now()
            held.save(update_fields=["text", "changed_at"])
            record_change(paper.workshop, "changed", by=by, paper=paper, field=FIELD)
        held.mentioned.set([member.user for member in members])


def withdraw_remark(remark: Remark, *, by: User) -> None:
    """Take one's own remark back: its place stays, its text and mentions go for good."""
    refuse_conflicted(remark.paper, by)
    with transaction.atomic():
        held = _lock(remark, by)
        held.text, held.withdrawn_at = "", timezone.now()
        held.save(update_fields=["text", "withdrawn_at"])
        held.mentioned.clear()
        record_change(remark.paper.workshop, "withdrew", by=by, paper=remark.paper, field=FIELD)


def mark_read(paper: Paper, *, by: User, until: int) -> None:
    """Remember that a person has read the discussion up to the remark with this key, and never less than before.

    What was said since they got the page stays unread. Refuses a remark of another paper, and a discussion that they don't see.
    """
    if not find_sight(paper.workshop, by).sees_judgments(paper):
        raise Refusal(f"You have a conflict of interest with {name_paper(paper)} and don't see its discussion.", subject=paper)
    last = Remark.objects.filter(paper=paper, pk=until).first()
    if last is None:
        raise Refusal(f"There is no such remark on {name_paper(paper)}.", subject=paper)
    mark, _ = ReadMark.objects.get_or_create(paper=paper, user=by, defaults={"at": last.at})
    if mark.at < last.at:
        ReadMark.objects.filter(pk=mark.pk, at__lt=last.at).update(at=last.at)


def find_read_until(paper: Paper, user: User) -> dt.datetime | None:
    """Return up to when a person has read the discussion; nothing when never."""
    mark = ReadMark.objects.filter(paper=paper, user=user).first()
    return mark.at if mark else None


def is_changeable(remark: Remark) -> bool:
    """Tell whether a remark may still be put in other words."""
    return remark.withdrawn_at is None and timezone.now() - remark.at <= CHANGED_FOR


def _clean(paper: Paper, text: str) -> str:
    text = clean_text(text)
    if not text:
        raise Refusal(f"Write what you want to say about {name_paper(paper)}.", subject=paper)
    if len(text) > LONGEST:
        raise Refusal(f"A remark may have {LONGEST:,} characters; this one has {len(text):,}.", subject=paper)
    return text


def _find_mentioned(paper: Paper, text: str, mentioned: Iterable[Membership], by: User) -> list[Membership]:
    """Return whom the list and the text name, without oneself; refuses who can't see the discussion."""
    listed = {member.pk for member in mentioned}
    members = list(paper.workshop.memberships.for_people_page())
    firsts = [_first_name(member) for member in members]
    folded = f"{fold_text(text)} "
    found = []
    for member in members:
        names = [fold_text(str(member.user)), member.user.email.lower()]
        names += [_first_name(member)] if firsts.count(_first_name(member)) == 1 else []
        if member.pk in listed or any(_is_named(folded, name) for name in names if name):
            found.append(member)
    found = [member for member in found if member.user_id != by.pk]
    bonds = index_member_bonds(found, paper)
    for member in found:
        if (paper.pk, member.pk) in bonds or member.role not in READERS:
            why = "has a conflict of interest" if member.role in READERS else f"is {member.get_role_display().lower()}"
            raise Refusal(
                f"{member.user} {why} and does not see the discussion of {name_paper(paper)}; do not mention them.", subject=member
            )
    return found


def _first_name(member: Membership) -> str:
    return fold_text(member.user.name).partition(" ")[0]


def _is_named(folded: str, name: str) -> bool:
    start = folded.find(f"@{name}")
    while start >= 0:
        before, after = folded[start - 1 : start], folded[start + len(name) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        start = folded.find(f"@{name}", start + 1)
    return False


def _lock(remark: Remark, by: User) -> Remark:
    held = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if held.by_id != by.pk:
        raise Refusal(f"Only who said something about {name_paper(remark.paper)} can change it.", subject=held)
    if held.withdrawn_at:
        raise Refusal(f"{begin_with_paper(remark.paper)}: this remark was withdrawn already.", subject=held)
    return held
