"""Who is asking, and what of an item they may read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standin.answers import Json

SUPER_USER = "OpenReview.net/Support"


@dataclass(frozen=True)
class Viewer:
    """A caller with every group they belong to, however indirectly."""

    id: str
    username: str | None
    groups: frozenset[str]
    impersonated: str | None = None

    @property
    def is_super(self) -> bool:
        return SUPER_USER in self.groups

    @property
    def is_anonymous(self) -> bool:
        return self.username is None and self.impersonated is None

    def acts_as(self, group: str) -> bool:
        return self.is_super or group in self.groups


ANONYMOUS = Viewer("(anonymous)", None, frozenset({"everyone", "(anonymous)"}))


def index_memberships(groups: Iterable[Json]) -> dict[str, list[str]]:
    """Map every member to the groups that list it."""
    found: dict[str, list[str]] = {}
    for group in groups:
        for member in group.get("members") or []:
            found.setdefault(member, []).append(group["id"])
    return found


def gather_groups(seeds: Iterable[str], memberships: Mapping[str, list[str]]) -> frozenset[str]:
    """Return `seeds` and every group that holds one of them, transitively."""
    known: set[str] = set()
    waiting = list(seeds)
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting.extend(memberships.get(name, ()))
    return frozenset(known)


def can_read(item: Json, viewer: Viewer) -> bool:
    """Tell whether the readers of `item` admit the viewer and its nonreaders do not shut them out."""
    if viewer.is_super or (viewer.impersonated and viewer.impersonated == item.get("domain")):
        return True
    if not viewer.groups.isdisjoint(item.get("nonreaders") or ()):
        return False
    readers = item.get("readers") or ()
    return not viewer.groups.isdisjoint(readers)


def show_fields(item: Json, viewer: Viewer) -> Json:
    """Return `item` without the content fields whose own readers leave the viewer out."""
    content = item.get("content")
    if not isinstance(content, dict):
        return item
    hidden = [name for name, entry in content.items() if not can_read_field(entry, item, viewer)]
    if not hidden:
        return item
    return {**item, "content": {name: entry for name, entry in content.items() if name not in hidden}}


def can_read_field(entry: object, item: Json, viewer: Viewer) -> bool:
    """Tell whether a content entry with readers of its own, if any, admits the viewer."""
    if not isinstance(entry, dict) or not ("readers" in entry or "nonreaders" in entry):
        return True
    readers = entry.get("readers", item.get("readers"))
    return can_read({"readers": readers, "nonreaders": entry.get("nonreaders"), "domain": item.get("domain")}, viewer)
