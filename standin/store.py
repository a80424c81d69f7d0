"""The state of the stand-in: everything OpenReview would keep in its database."""

import base64
import hashlib
import json
import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from standin.answers import Json

START = 1_767_225_600_000
STEP = 1_000
ALPHABET = string.digits + string.ascii_letters
DICTIONARIES = ("about", "accounts", "files", "groups", "invitations", "invitations_v1", "notes", "notes_v1", "profiles")
LISTS = ("edges", "edits", "message_requests", "messages", "references_v1", "tags")


class Store:
    """Notes, groups and the rest as the JSON that OpenReview answers with; times are counted, never read.

    `now` is the store's own clock in milliseconds; every recorded event moves it by one second.
    """

    def __init__(self, start: int = START) -> None:
        self.now = start
        self.revision = 0
        self.lock = RLock()
        self.about: dict[str, Json] = {}
        self.accounts: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.groups: dict[str, Json] = {}
        self.invitations: dict[str, Json] = {}
        self.invitations_v1: dict[str, Json] = {}
        self.notes: dict[str, Json] = {}
        self.notes_v1: dict[str, Json] = {}
        self.profiles: dict[str, Json] = {}
        self.edges: list[Json] = []
        self.edits: list[Json] = []
        self.message_requests: list[Json] = []
        self.messages: list[Json] = []
        self.references_v1: list[Json] = []
        self.tags: list[Json] = []

    @contextmanager
    def changing(self) -> Iterator[int]:
        """Hold the lock, move the clock, and give the instant of the change."""
        with self.lock:
            self.now += STEP
            self.revision += 1
            yield self.now

    def add_account(self, username: str, password: str, profile_id: str, *, mfa: Json | None = None, groups: tuple[str, ...] = ()) -> Json:
        """Add a login; `mfa` is {"methods", "preferred", "codes": {method: code}, "totp_secret"}, all but methods optional."""
        with self.changing():
            account: Json = {"username": username, "password": password, "profile": profile_id, "groups": list(groups)}
            if mfa:
                account["mfa"] = mfa
            self.accounts[username] = account
        return account

    def add_profile(
        self,
        profile_id: str,
        fullname: str,
        *,
        emails: tuple[str, ...] = (),
        other_usernames: tuple[str, ...] = (),
        state: str = "Active",
        history: tuple[Json, ...] = (),
    ) -> Json:
        """Add a person once; `other_usernames` are ids that were merged into this profile."""
        if profile_id in self.profiles:
            return self.profiles[profile_id]
        with self.changing() as now:
            names = [{"fullname": fullname, "username": profile_id, "preferred": True}]
            names += [{"fullname": fullname, "username": username} for username in other_usernames]
            content: Json = {"names": names, "emails": list(emails), "emailsConfirmed": list(emails)}
            if emails:
                content["preferredEmail"] = emails[0]
            content["history"] = list(history)
            self.profiles[profile_id] = {
                "id": profile_id,
                "invitation": "~/-/Profiles",
                "state": state,
                "active": state == "Active",
                "password": True,
                "content": content,
                "readers": ["everyone"],
                "writers": [profile_id],
                "signatures": [profile_id],
                "tcdate": now,
                "tmdate": now,
            }
        return self.profiles[profile_id]

    def add_group(self, group_id: str, *, members: list[str] | None = None, **fields: Any) -> Json:
        with self.changing() as now:
            group = {
                "id": group_id,
                "invitations": [],
                "cdate": now,
                "tcdate": now,
                "tmdate": now,
                "members": list(members or ()),
                "readers": ["everyone"],
                "nonreaders": [],
                "writers": [group_id],
                "signatures": [group_id],
                "signatories": [group_id],
                "domain": None,
                **fields,
            }
            self.groups[group_id] = group
        return group

    def add_invitation(self, invitation_id: str, **fields: Any) -> Json:
        with self.changing() as now:
            invitation = {
                "id": invitation_id,
                "type": "Note",
                "cdate": now,
                "tcdate": now,
                "tmdate": now,
                "readers": ["everyone"],
                "nonreaders": [],
                "writers": [],
                "signatures": [],
                "invitees": [],
                "noninvitees": [],
                **fields,
            }
            self.invitations[invitation_id] = invitation
        return invitation

    def change_note(self, note_id: str, changes: Json) -> Json:
        """Change a note upstream, on either host: content field by field, None removes; version and times move."""
        with self.changing() as now:
            note = self.notes[note_id] if note_id in self.notes else self.notes_v1[note_id]
            for name, value in changes.items():
                if name == "content" and isinstance(value, dict):
                    content = {**note["content"], **value}
                    note["content"] = {key: entry for key, entry in content.items() if entry is not None}
                elif value is None:
                    note.pop(name, None)
                else:
                    note[name] = value
            if "version" in note:
                note["version"] += 1
            note["mdate"] = note["tmdate"] = now
        return note

    def add_edge(self, invitation: str, head: str, tail: str, **fields: Any) -> Json:
        with self.changing() as now:
            edge = {
                "id": self.make_id("edge", invitation, len(self.edges)),
                "invitation": invitation,
                "head": head,
                "tail": tail,
                "readers": ["everyone"],
                "nonreaders": [],
                "writers": [],
                "signatures": [],
                "cdate": now,
                "tcdate": now,
                "tmdate": now,
                **fields,
            }
            self.edges.append(edge)
        return edge

    def add_file(self, content: bytes, *, kind: str = "attachment", extension: str = "pdf") -> str:
        """Keep bytes and return the path a note's content carries: /pdf/<40 hex>.pdf or /attachment/<40 hex>.<ext>."""
        path = f"/{kind}/{hashlib.sha1(content, usedforsecurity=False).hexdigest()}.{extension}"
        with self.changing():
            self.files[path] = {"base64": base64.b64encode(content).decode()}
        return path

    def add_printed_pdf(self, *lines: str) -> str:
        """Keep the recipe of a one-page PDF that shows `lines`, and return its path."""
        digest = hashlib.sha1("\n".join(lines).encode(), usedforsecurity=False).hexdigest()
        with self.changing():
            self.files[f"/pdf/{digest}.pdf"] = {"lines": list(lines)}
        return f"/pdf/{digest}.pdf"

    def make_id(self, *parts: object) -> str:
        """Return a ten-character id that follows from `parts`: no order, no chance."""
        number = int.from_bytes(hashlib.sha256("\n".join(map(str, parts)).encode()).digest()[:10])
        letters = ""
        for _ in range(10):
            number, rest = divmod(number, len(ALPHABET))
            letters += ALPHABET[rest]
        return letters

    def to_json(self) -> Json:
        return {"now": self.now, **{name: getattr(self, name) for name in (*DICTIONARIES, *LISTS)}}

    def merge_json(self, data: Json) -> None:
        """Add everything in `data`; of two items with one id the later stays."""
        with self.changing():
            for name in DICTIONARIES:
                getattr(self, name).update(data.get(name, {}))
            for name in LISTS:
                getattr(self, name).extend(data.get(name, []))
            self.now = max(self.now, int(data.get("now", 0)))

    def save(self, path: Path) -> None:
        """Write sorted, compact JSON: the same state gives the same bytes."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, *paths: Path) -> "Store":
        store = cls(start=0)
        for path in paths:
            store.merge_json(json.loads(path.read_text(encoding="utf-8")))
        return store


def make_tilde_id(name: str) -> str:
    """Derive a profile id from a printed name: letters, digits and hyphens stay, the rest becomes one underscore."""
    kept = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in name)
    return "~" + "_".join(kept.split()) + "1"
