"""Who is which author: by OpenReview profile, by verified mail address, by an organizer's act; never by name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from papers.errors import Refusal
from papers.history import record_change
from papers.models import Author, AuthorClaim, Paper, ProfileAlias, User, Workshop

OPENREVIEW = "openreview"
Ground = AuthorClaim.Ground


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """Why a user is an author; a profile orders before a mail address, a first author before a second."""

    paper_id: int
    user_id: int
    is_by_mail: bool
    position: int
    author_id: int
    evidence: str

    @property
    def ground(self) -> Ground:
        """Return what the proof rests on."""
        return Ground.MAIL if self.is_by_mail else Ground.TILDE


def link_claims(user: User) -> list[AuthorClaim]:
    """Make `user` an author of every paper for which there is proof, end claims whose proof is gone; return the new ones.

    Proof is a connected OpenReview account whose id is the author's tilde id or an alias of it, or a verified
    mail address equal to the author's, case aside. A claim lasts as long as its proof: it ends when the
    user gives up the account or address, and when upstream names another profile or address for that author
    or drops the author. An author whose address upstream hides or blots out proves nothing new and ends nothing.
    Claims by an organizer's act are left alone.
    """
    return _link(Author.objects.all(), AuthorClaim.objects.filter(user=user), Q(user=user), by=user)


def link_claims_of_workshop(workshop: Workshop) -> list[AuthorClaim]:
    """Do what `link_claims` does for everybody in one workshop, with as many queries for 3 papers as for 3,000."""
    authors = Author.objects.filter(paper__workshop=workshop)
    return _link(authors, AuthorClaim.objects.filter(paper__workshop=workshop), Q(), by=None)


def claim_for_user(paper: Paper, author: Author, user: User, *, by: User) -> AuthorClaim:
    """Make `user` that author because an organizer says so; refuses on a stranger to the paper and on a second claim."""
    if author.paper_id != paper.pk:
        raise Refusal(f"{author.name} is not an author of “{paper.title}”.", subject=paper)
    with transaction.atomic():
        claim, is_new = AuthorClaim.objects.get_or_create(
            user=user, paper=paper, defaults={"author": author, "ground": Ground.ORGANIZER, "evidence": by.email, "by": by}
        )
        if not is_new:
            name = claim.author.name if claim.author else "an author"
            raise Refusal(f"{user.email} is {name} on this paper already: {claim.get_ground_display().lower()}.", subject=claim)
        _record(claim, "claimed", by=by)
    return claim


def withdraw_claim(claim: AuthorClaim, *, by: User) -> None:
    """Take an organizer's act back.

    Refuses on a claim by proof: it would return with the next sign-in. Whoever is on a paper by mistake is
    taken off where the proof is, at the author's address or profile in OpenReview.
    """
    if claim.ground != Ground.ORGANIZER:
        sentence = f"{claim.user} is an author by proof ({claim.evidence}); correct the author in OpenReview and import again."
        raise Refusal(sentence, subject=claim)
    with transaction.atomic():
        _end(claim, by=by)


def _link(authors: QuerySet[Author], claims: QuerySet[AuthorClaim], whose: Q, *, by: User | None) -> list[AuthorClaim]:
    accounts = SocialAccount.objects.filter(whose, provider=OPENREVIEW, uid__startswith="~")
    addresses = EmailAddress.objects.filter(whose, verified=True)
    proofs: dict[tuple[int, int], list[Proof]] = defaultdict(list)
    for proof in sorted([*_prove_by_profile(authors, accounts), *_prove_by_mail(authors, addresses)]):
        proofs[proof.user_id, proof.paper_id].append(proof)
    held = {(claim.user_id, claim.paper_id): claim for claim in claims.select_related("author", "paper__workshop", "user")}
    with transaction.atomic():
        for key in held.keys() & proofs.keys():
            _renew(held[key], proofs[key])
        unproven = [held[key] for key in held.keys() - proofs.keys() if held[key].ground != Ground.ORGANIZER]
        for ended in _find_ended(unproven, accounts, addresses):
            _end(ended, by=by)
        made = [_claim(proofs[key][0], by=by) for key in sorted(proofs.keys() - held.keys())]
    return [claim for claim in made if claim]


def _prove_by_profile(authors: QuerySet[Author], accounts: "QuerySet[SocialAccount]") -> Iterator[Proof]:
    users: dict[str, set[int]] = defaultdict(set)
    for user_id, uid in accounts.values_list("user_id", "uid"):
        users[uid].add(user_id)
    if not users:
        return
    persons = _find_aliases(accounts)
    wanted = {profile_id for _, profile_id in persons}
    known = authors.filter(Q(profile_id__in=accounts.values("uid")) | Q(profile_id__in=wanted))
    for pk, paper_id, workshop_id, position, profile_id in known.values_list("pk", "paper_id", "paper__workshop", "position", "profile_id"):
        for uid in {profile_id} | persons.get((workshop_id, profile_id), set()):
            for user_id in users.get(uid, ()):
                yield Proof(paper_id, user_id, False, position, pk, uid)


def _find_aliases(accounts: "QuerySet[SocialAccount]") -> dict[tuple[int, str], set[str]]:
    """Return, by workshop and tilde id, all ids of the same person, as far as they touch `accounts`."""
    uids = accounts.values("uid")
    touched = ProfileAlias.objects.filter(alias__in=uids).values("profile_id")
    rows = ProfileAlias.objects.filter(Q(profile_id__in=uids) | Q(profile_id__in=touched), alias__startswith="~")
    groups: dict[tuple[int, str], set[str]] = defaultdict(set)
    for workshop_id, profile_id, alias in rows.values_list("workshop_id", "profile_id", "alias"):
        groups[workshop_id, profile_id] |= {profile_id, alias}
    persons: dict[tuple[int, str], set[str]] = defaultdict(set)
    for (workshop_id, _), ids in groups.items():
        for one in ids:
            persons[workshop_id, one] |= ids
    return persons


def _prove_by_mail(authors: QuerySet[Author], addresses: "QuerySet[EmailAddress]") -> Iterator[Proof]:
    users: dict[str, set[int]] = defaultdict(set)
    for user_id, email in addresses.values_list("user_id", "email"):
        users[email.casefold()].add(user_id)
    folded = addresses.annotate(folded=Lower("email")).values("folded")
    known = authors.annotate(folded=Lower("email")).filter(folded__in=folded).exclude(email="").exclude(email__contains="*")
    for pk, paper_id, position, email in known.values_list("pk", "paper_id", "position", "email"):
        for user_id in users.get(email.casefold(), ()):
            yield Proof(paper_id, user_id, True, position, pk, email.casefold())


def _renew(claim: AuthorClaim, proofs: list[Proof]) -> None:
    """Point a claim by proof at a proof that stands, where its own does not any more."""
    own = (claim.author_id, claim.ground, claim.evidence)
    if claim.ground == Ground.ORGANIZER or own in {(proof.author_id, proof.ground, proof.evidence) for proof in proofs}:
        return
    claim.author_id, claim.ground, claim.evidence = proofs[0].author_id, proofs[0].ground, proofs[0].evidence
    claim.save(update_fields=["author", "ground", "evidence"])


def _find_ended(
    claims: list[AuthorClaim], accounts: "QuerySet[SocialAccount]", addresses: "QuerySet[EmailAddress]"
) -> Iterator[AuthorClaim]:
    """Yield the claims without proof, except where upstream merely stopped showing what it rests on."""
    if not claims:
        return
    kept = set(accounts.values_list("user_id", "uid"))
    kept |= {(user_id, email.casefold()) for user_id, email in addresses.values_list("user_id", "email")}
    for claim in claims:
        if claim.author is None or (claim.user_id, claim.evidence) not in kept or _is_shown(claim.author, claim.ground):
            yield claim


def _is_shown(author: Author, ground: str) -> bool:
    if ground == Ground.TILDE:
        return author.profile_id.startswith("~")
    return "@" in author.email and "*" not in author.email


def _claim(proof: Proof, *, by: User | None) -> AuthorClaim | None:
    claim, is_new = AuthorClaim.objects.get_or_create(
        user_id=proof.user_id,
        paper_id=proof.paper_id,
        defaults={"author_id": proof.author_id, "ground": proof.ground, "evidence": proof.evidence},
    )
    if not is_new:
        return None  # the same person signed in twice at once
    _record(claim, "claimed", by=by)
    return claim


def _end(claim: AuthorClaim, *, by: User | None) -> None:
    _record(claim, "ended claim", by=by)
    claim.delete()


def _record(claim: AuthorClaim, action: str, *, by: User | None) -> None:
    said = {
        "user": claim.user.email,
        "author": claim.author.name if claim.author else None,
        "ground": claim.ground,
        "evidence": claim.evidence,
    }
    before, after = (None, said) if action == "claimed" else (said, None)
    record_change(
        claim.paper.workshop,
        action,
        by=by,
        actor="" if by else "proof",
        paper=claim.paper,
        field="author",
        before=before,
        after=after,
    )
