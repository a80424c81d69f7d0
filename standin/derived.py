"""What follows from the store: indexes, visible rows, serialised notes; kept until the store changes."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from standin.access import Viewer, can_read, index_memberships, show_fields
from standin.answers import Json, dump_json
from standin.store import Store

Replies = tuple[list[Json], list[Json]]


class Derived:
    """One revision of the store, looked at; everything here is computed at most once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.revision = store.revision
        self.viewers: dict[str, Viewer] = {}
        self.listings: dict[Any, list[Json]] = {}
        self.fragments: dict[Any, bytes] = {}

    @cached_property
    def memberships(self) -> dict[str, list[str]]:
        return index_memberships(self.store.groups.values())

    @cached_property
    def replies(self) -> dict[str, list[Json]]:
        """Map each forum to its live replies, newest first."""
        return index_replies(self.store.notes)

    @cached_property
    def replies_v1(self) -> dict[str, list[Json]]:
        return index_replies(self.store.notes_v1)

    @cached_property
    def profiles_by_name(self) -> dict[str, Json]:
        """Map every username, merged ones too, to its profile."""
        found = {}
        for profile in self.store.profiles.values():
            for name in profile["content"].get("names", []):
                if name.get("username"):
                    found[name["username"]] = profile
            found[profile["id"]] = profile
        return found

    @cached_property
    def profiles_by_email(self) -> dict[str, Json]:
        profiles = self.store.profiles.values()
        return {email.lower(): profile for profile in profiles for email in profile["content"].get("emails", [])}

    def remember_rows(self, key: Any, compute: Callable[[], list[Json]]) -> list[Json]:
        if key not in self.listings:
            self.listings[key] = compute()
        return self.listings[key]

    def write_note(self, note: Json, viewer: Viewer, details: frozenset[str]) -> bytes:
        """Serialise a note as this viewer may see it, with the replies they may see."""
        key = (viewer.id, note["id"], details)
        found = self.fragments.get(key)
        if found is None:
            found = self.fragments[key] = self.compose_note(note, viewer, details)
        return found

    def compose_note(self, note: Json, viewer: Viewer, details: frozenset[str]) -> bytes:
        body = dump_json(show_fields(note, viewer))
        extra = self.compose_details(note, viewer, details)
        if not details:
            return body
        return body[:-1] + b',"details":{' + b",".join(extra) + b"}}"

    def compose_details(self, note: Json, viewer: Viewer, details: frozenset[str]) -> list[bytes]:
        if not details:
            return []
        visible = [reply for reply in self.replies.get(note["forum"], ()) if can_read(reply, viewer)]
        visible = [reply for reply in visible if reply["id"] != note["id"]]
        direct = [reply for reply in visible if reply.get("replyto") == note["id"]]
        parts = []
        for name, replies in (("replies", visible), ("directReplies", direct)):
            if name in details:
                rows = b",".join(self.write_note(reply, viewer, frozenset()) for reply in replies)
                parts.append(b'"%s":[%s]' % (name.encode(), rows))
        for name, count in (("replyCount", len(visible)), ("directReplyCount", len(direct))):
            if name in details:
                parts.append(b'"%s":%d' % (name.encode(), count))
        return parts


def index_replies(notes: dict[str, Json]) -> dict[str, list[Json]]:
    """Map each forum to its live replies, newest first."""
    found: dict[str, list[Json]] = {}
    for note in notes.values():
        if note.get("forum") != note["id"] and not note.get("ddate"):
            found.setdefault(note["forum"], []).append(note)
    for replies in found.values():
        replies.sort(key=lambda note: (-note["tcdate"], note["id"]))
    return found
