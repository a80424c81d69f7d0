"""Terms on the members of a workshop."""

from django.db.models import Q

from papers.models import AuthorClaim, ConflictOfInterest
from papers.search.asked import Asked, Known, Suggested
from papers.search.holding import among
from papers.search.judging import handled_by
from papers.texts import fold_text


def list_members(known: Known) -> tuple[Suggested, ...]:
    """Return the members by mail address; their names lead to them, too."""
    return tuple(
        Suggested(member.user.email, str(member.user), (member.user.name,) if member.user.name else ()) for member in known.members
    )


def find_handled_by(asked: Asked) -> Q:
    """Find papers by who looks after them."""
    if asked.word in {"any", "none"}:
        return handled_by(asked.known) if asked.word == "any" else ~handled_by(asked.known)
    return handled_by(asked.known, pick_members(asked))


def find_conflicted(asked: Asked) -> Q:
    """Find papers by who has a conflict of interest with them that nobody dismissed, or is their author."""
    standing = ConflictOfInterest.objects.filter(member__workshop=asked.known.workshop).standing().order_by()
    claims = AuthorClaim.objects.filter(paper__workshop=asked.known.workshop, user__memberships__workshop=asked.known.workshop).order_by()
    if asked.word in {"any", "none"}:
        found = among(standing) | among(claims)
        return found if asked.word == "any" else ~found
    picked = pick_members(asked)
    users = [member.user_id for member in asked.known.members if member.pk in picked]
    return among(standing.filter(member__in=picked)) | among(claims.filter(user__in=users))


def pick_members(asked: Asked) -> list[int]:
    """Return the memberships that the value means: me, a mail address, a name or the start of one; raises SearchMistake for nobody."""
    members = asked.known.members
    if asked.word == "me":
        return [member.pk for member in members if member.user == asked.known.user]
    exact = [member.pk for member in members if asked.word in {fold_text(member.user.email), fold_text(member.user.name)}]
    if exact:
        return exact
    near = [member.pk for member in members if asked.word in fold_text(f"{member.user.name} {member.user.email}").split()]
    if near:
        return near
    asked.pick("member", list_members(asked.known), besides=("me", "any", "none"))
    raise AssertionError(asked.word)
