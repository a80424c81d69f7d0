"""Under which other ids OpenReview knows a workshop's authors."""

from collections.abc import Iterable, Iterator
from typing import Any

from papers.models import Author, ProfileAlias, Workshop


def find_unknown_profiles(workshop: Workshop) -> list[str]:
    """Return the tilde ids of authors that were never looked up."""
    known = workshop.profile_aliases.values("profile_id")
    unknown = Author.objects.filter(paper__workshop=workshop, profile_id__startswith="~").exclude(profile_id__in=known)
    return list(unknown.order_by("profile_id").values_list("profile_id", flat=True).distinct())


def keep_aliases(workshop: Workshop, asked: Iterable[str], profiles: Iterable[dict[str, Any]]) -> None:
    """Write down the ids under which each profile goes; those asked for count as looked up, found or not."""
    pairs = {(profile_id, profile_id) for profile_id in asked}
    pairs.update(pair for profile in profiles for pair in _read_aliases(profile))
    rows = [ProfileAlias(workshop=workshop, profile_id=own, alias=alias) for own, alias in sorted(pairs)]
    ProfileAlias.objects.bulk_create(rows, ignore_conflicts=True)


def list_readers(workshop: Workshop, account: str) -> frozenset[str]:
    """Return every id under which the account's profile is known."""
    own = set(workshop.profile_aliases.filter(alias=account).values_list("profile_id", flat=True)) | {account}
    return frozenset(own | set(workshop.profile_aliases.filter(profile_id__in=own).values_list("alias", flat=True))) - {""}


def _read_aliases(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    own, content = profile.get("id"), profile.get("content")
    names = content.get("names") if isinstance(content, dict) else None
    if not isinstance(own, str) or not 0 < len(own) <= 200:
        return
    yield own, own
    for name in names if isinstance(names, list) else []:
        username = name.get("username") if isinstance(name, dict) else None
        if isinstance(username, str) and 0 < len(username) <= 200:
            yield own, username
