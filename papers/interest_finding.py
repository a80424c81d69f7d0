"""Finds conflicts of interest between the members of a workshop and its papers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import F

from papers.claims import OPENREVIEW
from papers.history import record_change
from papers.interest_matching import (
    Acquaintances,
    People,
    Person,
    Workplaces,
    Writer,
    find_domain,
    fold_institution,
    is_news,
    join_evidence,
)
from papers.models import Author, AuthorClaim, ConflictOfInterest, Decision, Membership, Paper, ProfileAlias, User, Workshop
from papers.texts import fold_text

Ground = ConflictOfInterest.Ground
Key = tuple[int, int, str]
GROUP = 2_000


@dataclass(frozen=True, slots=True)
class InterestReport:
    """What a search for conflicts of interest changed; `reopened` were dismissed for less than is known now."""

    found: int
    changed: int
    reopened: int
    gone: int
    standing: int
    member_count: int
    paper_count: int

    @property
    def sentence(self) -> str:
        """Return the report as one sentence."""
        news = [
            f"{count} {word}"
            for count, word in (
                (self.found, "new"),
                (self.reopened, "opened again with new evidence"),
                (self.gone, "gone"),
                (self.changed, "with other evidence"),
            )
            if count
        ]
        told = ", ".join(news) if news else "nothing new"
        members, papers = _count(self.member_count, "member"), _count(self.paper_count, "paper")
        return f"Compared {members} with {papers}: {told}; {self.standing} stand{'s' if self.standing == 1 else ''}."


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def find_conflicts_of_interest(
    workshop: Workshop, *, by: User | None, members: Iterable[Membership] | None = None, actor: str = ""
) -> InterestReport:
    """Compare members, all unless some are named, with every paper and write down the conflicts; return what changed.

    Repeatable: what is known stays, dismissed ones stay dismissed unless there is new evidence, found ones whose evidence
    is gone go, declared ones stay. As many queries for 10 papers as for 10,000.
    """
    wanted = list(members) if members is not None else list(workshop.memberships.order_by("pk"))
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)  # two searches at once would find the same twice
        evidence = _collect_evidence(workshop, wanted)
        report = _write(workshop, wanted, {key: join_evidence(items) for key, items in evidence.items()})
        if report.found or report.changed or report.reopened or report.gone:
            told = {"new": report.found, "changed": report.changed, "reopened": report.reopened, "gone": report.gone}
            record_change(workshop, "compared", by=by, actor=actor or "comparison", field="conflicts of interest", after=told)
    return report


def _collect_evidence(workshop: Workshop, members: list[Membership]) -> dict[Key, set[str]]:
    aliases = dict(ProfileAlias.objects.exclude(profile_id=F("alias")).order_by("pk").values_list("alias", "profile_id"))
    persons = _describe_members(members, aliases)
    people, workplaces = People(persons, aliases), Workplaces(persons)
    here = list(
        Author.objects.filter(paper__workshop=workshop)
        .order_by("paper_id", "position")
        .values_list("paper_id", "name", "profile_id", "email", "institutions")
    )
    writers = [Writer(*row[:4]) for row in here]
    elsewhere = Author.objects.exclude(paper__workshop=workshop).filter(paper__is_test=False).order_by("paper_id", "position")
    others = [Writer(*row) for row in elsewhere.values_list("paper_id", "name", "profile_id", "email")]
    own, evidence = _find_own_papers(workshop, members, people, [*writers, *others])
    acquaintances = _collect_acquaintances(workshop, persons, people, own, [*writers, *others])
    for writer, row in zip(writers, here, strict=True):
        places: list[dict[str, Any]] = [place for place in row[4] if isinstance(place, dict)] if isinstance(row[4], list) else []
        for ground, found in (
            (Ground.COAUTHOR, acquaintances.find(writer)),
            (Ground.INSTITUTION, workplaces.find_colleagues(writer, places)),
            (Ground.DOMAIN, workplaces.find_neighbors(writer, places)),
        ):
            for member, said in found:
                if writer.paper not in own[member]:
                    evidence[writer.paper, member, ground.value].add(said)
    return evidence


def _describe_members(members: list[Membership], aliases: dict[str, str]) -> list[Person]:
    """Return who the members are: what they said of themselves in any workshop, their accounts and verified addresses."""
    users = [member.user_id for member in members]
    mails: dict[int, set[str]] = defaultdict(set)
    for user_id, mail in EmailAddress.objects.filter(user__in=users, verified=True).values_list("user_id", "email"):
        mails[user_id].add(mail.lower())
    names: dict[int, str] = {}
    for user_id, mail, name in User.objects.filter(pk__in=users).values_list("pk", "email", "name"):
        mails[user_id].add(mail.lower())
        names[user_id] = fold_text(name)
    profiles: dict[int, set[str]] = defaultdict(set)
    for user_id, uid in SocialAccount.objects.filter(provider=OPENREVIEW, user__in=users).values_list("user_id", "uid"):
        profiles[user_id].add(uid)
    for user_id, said in Membership.objects.filter(user__in=users).values_list("user_id", "profile_ids"):
        profiles[user_id].update(said)
    return [
        Person(
            key=member.pk,
            names=frozenset({names[member.user_id]} - {""}),
            profiles=frozenset(aliases.get(profile, profile) for profile in profiles[member.user_id]),
            mails=frozenset(mails[member.user_id]),
            institutions=frozenset(fold_institution(str(place.get("name") or "")) for place in member.institutions) - {""},
            domains=frozenset(find_domain(str(place.get("domain") or "")) for place in member.institutions) - {""},
            collaborators=tuple(member.collaborators),
        )
        for member in members
    ]


def _find_own_papers(
    workshop: Workshop, members: list[Membership], people: People, writers: list[Writer]
) -> tuple[dict[int, set[int]], dict[Key, set[str]]]:
    """Return the papers that each member wrote, here or elsewhere, with the evidence for those here."""
    by_user = {member.user_id: member.pk for member in members}
    own: dict[int, set[int]] = defaultdict(set)
    evidence: dict[Key, set[str]] = defaultdict(set)
    here = set(workshop.papers.order_by().values_list("pk", flat=True))
    claims = AuthorClaim.objects.filter(user__in=by_user).select_related("author")
    found = [(claim.paper_id, by_user[claim.user_id], f"signs in as {claim.author or 'an author'}") for claim in claims]
    found += [(writer.paper, member, f"same {said}") for writer in writers for member, said in people.identify(writer)]
    for paper, member, said in found:
        own[member].add(paper)
        if paper in here:
            evidence[paper, member, Ground.AUTHOR.value].add(said)
    return own, evidence


def _collect_acquaintances(
    workshop: Workshop, persons: list[Person], people: People, own: dict[int, set[int]], writers: list[Writer]
) -> Acquaintances:
    acquaintances = Acquaintances(people.aliases)
    for person in persons:
        for text in person.collaborators:
            acquaintances.add_collaborator(person.key, text)
    authors_of: dict[int, set[int]] = defaultdict(set)
    for member, papers in own.items():
        for paper in papers:
            authors_of[paper].add(member)
    where = _describe_places(workshop, authors_of)
    for writer in writers:
        selves = {member for member, _ in people.identify(writer)} if writer.paper in authors_of else set()
        for member in authors_of.get(writer.paper, set()) - selves:
            acquaintances.add_coauthor(member, writer, where[writer.paper])
    return acquaintances


def _describe_places(workshop: Workshop, papers: Iterable[int]) -> dict[int, str]:
    """Say of papers where they were written together; of another workshop only what the world may know."""
    told = Paper.objects.filter(pk__in=list(papers)).select_related("workshop", "decision").order_by("pk")
    return {paper.pk: _describe_place(workshop, paper) for paper in told}


def _describe_place(workshop: Workshop, paper: Paper) -> str:
    if paper.workshop_id == workshop.pk:
        return f"on paper {paper.number}" if paper.number is not None else f"on “{paper.title[:60]}”"
    decision: Decision | None = getattr(paper, "decision", None)
    is_accepted = decision is not None and decision.outcome == Decision.Outcome.ACCEPT and decision.released_at is not None
    is_public = is_accepted and paper.standing == Paper.Standing.ACTIVE
    return f"on “{paper.title[:60]}” ({paper.workshop})" if is_public else "on an earlier paper"


def _write(workshop: Workshop, members: list[Membership], evidence: dict[Key, str]) -> InterestReport:
    """Make the found conflicts of these members what the evidence says; declared ones are not looked at."""
    held = {
        (conflict.paper_id, conflict.member_id, conflict.ground): conflict
        for conflict in ConflictOfInterest.objects.filter(member__in=members).exclude(ground=Ground.DECLARED)
    }
    fresh = [key for key in evidence if key not in held]
    gone = [conflict.pk for key, conflict in held.items() if key not in evidence]
    changed = [conflict for key, conflict in held.items() if key in evidence and conflict.evidence != evidence[key]]
    reopened = 0
    for conflict in changed:
        now = evidence[conflict.paper_id, conflict.member_id, conflict.ground]
        if conflict.dismissed_at and is_news(now, conflict.evidence):
            reopened += 1
            conflict.dismissed_at, conflict.dismissed_by, conflict.dismissal = None, None, ""
        conflict.evidence = now
    rows = [ConflictOfInterest(paper_id=key[0], member_id=key[1], ground=key[2], evidence=evidence[key]) for key in sorted(fresh)]
    ConflictOfInterest.objects.bulk_create(rows, batch_size=GROUP)
    ConflictOfInterest.objects.bulk_update(changed, ["evidence", "dismissed_at", "dismissed_by", "dismissal"], batch_size=500)
    for keys in _cut(gone):
        ConflictOfInterest.objects.filter(pk__in=keys).delete()
    standing = ConflictOfInterest.objects.filter(member__workshop=workshop).standing().count()
    return InterestReport(len(fresh), len(changed) - reopened, reopened, len(gone), standing, len(members), workshop.papers.count())


def _cut(keys: list[int]) -> Iterator[list[int]]:
    yield from (keys[start : start + GROUP] for start in range(0, len(keys), GROUP))
