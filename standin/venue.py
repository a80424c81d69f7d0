"""Build an API v2 venue in a few words: submissions, reviews, decisions and what becomes of them."""

from collections.abc import Iterable
from typing import Any

from standin.answers import Json
from standin.persons import Author, add_author_profile, invent_authors, read_author, rewrap
from standin.setting import Setting, wrap
from standin.store import Store, make_tilde_id

REVIEWERS = 40


class Venue:
    """One venue in a store; papers are named by number, and every value that is not given is counted.

    `unified_authors` writes authors as one list of objects without `authorids`. A `lean` venue, for benchmarks, has no
    per-paper invitations, no edits and no groups of single reviewers.
    """

    def __init__(
        self,
        store: Store,
        venue_id: str,
        *,
        unified_authors: bool = False,
        lean: bool = False,
        profiles: bool = True,
        **setting: Any,
    ) -> None:
        self.store = store
        self.id = venue_id
        self.unified_authors = unified_authors
        self.lean = lean
        self.profiles = profiles
        self.papers: dict[int, Json] = {}
        self.replies: dict[int, list[Json]] = {}
        self.reviewers = 0
        self.setting = Setting(venue_id, **setting)
        self.setting.write(store)

    def add_chair(self, username: str, fullname: str, *, password: str = "loopback-only", **account: Any) -> str:
        """Add an account that is a program chair here; returns its tilde id."""
        return self.add_member("Program_Chairs", username, fullname, password=password, **account)

    def add_member(self, role: str, username: str, fullname: str, *, password: str = "loopback-only", **account: Any) -> str:
        """Add an account to `<venue>/<role>`, for example Publication_Chairs; returns its tilde id."""
        tilde = self.add_person(username, fullname, password=password, **account)
        group = self.store.groups[f"{self.id}/{role}"]
        if tilde not in group["members"]:
            group["members"].append(tilde)
        return tilde

    def add_person(self, username: str, fullname: str, *, password: str = "loopback-only", **account: Any) -> str:
        """Add an account that has no role here; returns its tilde id."""
        tilde = make_tilde_id(fullname)
        self.store.add_profile(tilde, fullname, emails=(username,))
        self.store.add_account(username, password, tilde, **account)
        return tilde

    def add_submission(
        self,
        title: str | None = None,
        authors: Iterable[Author] | None = None,
        *,
        id: str | None = None,
        number: int | None = None,
        track: str | None = None,
        pdf: bool | str = True,
        content: Json | None = None,
        hidden: tuple[str, ...] = ("authors", "authorids"),
        **fields: Any,
    ) -> Json:
        """Add a submission and return its note.

        `authors` are names, (name, tilde id or mail or None) pairs or {"fullname", "username", ...}; two counted ones when
        not given. `hidden` names content fields that only the venue and the authors read before release. `content` holds
        further plain values, where None leaves a field out, `fields` top-level ones of the note.
        """
        number = number or max(self.papers, default=0) + 1
        note_id = id or self.store.make_id(self.id, "paper", number)
        group = self.add_paper_groups(number)
        people = [read_author(author) for author in (invent_authors(number) if authors is None else authors)]
        title = title or f"Title {number}"
        path = self.store.add_printed_pdf(title, note_id) if pdf is True else pdf or None
        values: Json = {"title": title, "abstract": f"Abstract {number}.", "keywords": ["counted"], "track": track, "pdf": path}
        values |= {**self.encode_authors(people), **(content or {}), **self.describe_state("active")}
        readers = {name: [self.id, group] for name in hidden if name in values}
        wrapped = {name: wrap(value, readers.get(name)) for name, value in values.items() if value is not None}
        self.add_authors_group(group, people)
        with self.store.changing() as now:
            note = {
                **self.frame_note(note_id, number, now),
                "forum": note_id,
                "invitations": [self.setting.submission_id, f"{self.id}/-/Post_Submission"],
                "signatures": [group],
                "readers": [self.id, f"{self.id}/Reviewers", group],
                "writers": [self.id, group],
                "content": wrapped,
                **fields,
            }
            self.store.notes[note_id] = self.papers[number] = note
        self.add_edit(note, self.setting.submission_id, note["content"], signatures=[group])
        if not self.lean:
            self.setting.add_children(self.store, note)
        return note

    def add_review(self, number: int, *, rating: Any = None, confidence: Any = None, text: str | None = None, **content: Any) -> Json:
        """Add the next review of a paper; the rating counts 3, 4, ... 8 and the confidence 2, 3, 4 unless given."""
        self.reviewers += 1
        count = self.reviewers
        values = {
            "title": f"Review {count}",
            "review": text or f"Text of review {count}.",
            self.setting.rating_name: 3 + count % 6 if rating is None else rating,
            "confidence": 2 + count % 3 if confidence is None else confidence,
            **content,
        }
        values = {name: value for name, value in values.items() if value != ()}
        signature = self.add_reviewer(number, count)
        readers = [f"{self.id}/Program_Chairs", self.name_group(number, "Reviewers/Submitted"), signature]
        return self.add_reply(number, self.setting.review_name, values, signature, readers, is_conflicted=True)

    def add_decision(self, number: int, decision: str = "Accept (Poster)", comment: str = "", **content: Any) -> Json:
        """Add the decision reply; authors do not see it before `release`."""
        values = {"title": "Paper Decision", self.setting.decision_field: decision, "comment": comment, **content}
        chairs = f"{self.id}/Program_Chairs"
        return self.add_reply(number, self.setting.decision_name, values, chairs, [chairs], is_conflicted=True)

    def change_decision(self, number: int, decision: str) -> Json:
        """Edit the live decision; venue and venueid of the paper stay as they are, as at OpenReview."""
        note = self.find_decision(number)
        return self.change_reply(note, {self.setting.decision_field: decision})

    def delete_decision(self, number: int) -> Json:
        note = self.find_decision(number)
        return self.store.change_note(note["id"], {"ddate": self.store.now})

    def close_decisions(self, *, at: int | None = None) -> None:
        """Let the decision stage end, now or at an instant; `open_decisions` takes it back."""
        self.set_decision_end(self.store.now - 1 if at is None else at)

    def open_decisions(self) -> None:
        self.set_decision_end(None)

    def set_decision_end(self, instant: int | None) -> None:
        name = f"/-/{self.setting.decision_name}"
        with self.store.changing():
            for invitation in self.store.invitations.values():
                if invitation["id"].startswith(f"{self.id}/") and invitation["id"].endswith(name):
                    invitation["expdate"] = instant

    def find_decision(self, number: int) -> Json:
        return self.find_replies(number, self.setting.decision_name)[-1]

    def find_replies(self, number: int, name: str) -> list[Json]:
        """Return the live replies of one kind, oldest first."""
        invitation = f"{self.name_group(number)}/-/{name}"
        live = [note for note in self.replies.get(number, ()) if not note.get("ddate")]
        return [note for note in live if invitation in note["invitations"]]

    def add_meta_review(self, number: int, recommendation: str = "Accept", text: str = "Counted meta review.") -> Json:
        chairs = f"{self.id}/Program_Chairs"
        values = {"metareview": text, "recommendation": recommendation, "confidence": 4}
        return self.add_reply(number, "Meta_Review", values, chairs, [chairs], is_conflicted=True)

    def add_comment(self, number: int, text: str = "Counted comment.", *, replyto: str | None = None, **fields: Any) -> Json:
        chairs, authors = f"{self.id}/Program_Chairs", self.name_group(number, "Authors")
        values = {"title": "Comment", "comment": text}
        return self.add_reply(number, "Official_Comment", values, chairs, [chairs, authors], replyto=replyto, **fields)

    def add_reply(
        self,
        number: int,
        name: str,
        content: Json,
        signature: str,
        readers: list[str],
        *,
        replyto: str | None = None,
        is_conflicted: bool = False,
        **fields: Any,
    ) -> Json:
        """Add any reply; when `is_conflicted` the paper's authors are nonreaders, so a chair who wrote it is shut out."""
        paper = self.papers[number]
        invitation = f"{self.name_group(number)}/-/{name}"
        with self.store.changing() as now:
            reply_id = self.store.make_id(paper["id"], name, now)
            note = {
                **self.frame_note(reply_id, 1 + len(self.find_replies(number, name)), now),
                "forum": paper["id"],
                "replyto": replyto or paper["id"],
                "invitations": [invitation],
                "parentInvitations": f"{self.id}/-/{name}",
                "signatures": [signature],
                "readers": readers,
                "nonreaders": [self.name_group(number, "Authors")] if is_conflicted else [],
                "writers": [self.id, signature],
                "content": {key: wrap(value) for key, value in content.items()},
                **fields,
            }
            self.store.notes[reply_id] = note
            self.replies.setdefault(number, []).append(note)
        self.add_edit(note, invitation, note["content"], signatures=[signature])
        return note

    def release(self, *numbers: int, at: int | None = None, reveal_rejected: bool = False) -> None:
        """Release the decided papers (all when none is named): venue, venueid, readers, pdate, authors; not the reviews."""
        for number in numbers or tuple(self.papers):
            decisions = self.find_replies(number, self.setting.decision_name)
            if decisions and self.papers[number]["content"]["venueid"]["value"] == self.setting.venueids["active"]:
                self.release_paper(number, decisions[-1], at, reveal_rejected)

    def release_paper(self, number: int, decision: Json, at: int | None, reveal_rejected: bool) -> None:
        paper, text = self.papers[number], decision["content"][self.setting.decision_field]["value"]
        is_accepted = text in self.setting.accept_options
        state = "accepted" if is_accepted else "rejected"
        changes: Json = {"content": self.describe_state(state, text)}
        if is_accepted or reveal_rejected:
            shown = {name: {"value": entry["value"]} for name, entry in paper["content"].items() if "readers" in entry}
            instant = at or self.store.now
            changes["content"] |= shown
            changes |= {"readers": ["everyone"], "odate": instant}
        if is_accepted:
            changes["pdate"] = at or self.store.now
            self.store.groups[f"{self.id}/Authors/Accepted"]["members"].append(self.name_group(number, "Authors"))
        self.change(number, **changes)
        readers = [*decision["readers"], self.name_group(number, "Authors")]
        self.store.change_note(decision["id"], {"readers": readers, "nonreaders": []})

    def withdraw(self, number: int, comment: str = "") -> Json:
        """Let the authors withdraw, before or after acceptance."""
        authors = self.name_group(number, "Authors")
        values = {"withdrawal_confirmation": "I have read and agree.", "comment": comment}
        reply = self.add_reply(number, "Withdrawal", values, authors, [self.id, authors])
        self.change(number, f"{self.id}/-/Withdrawn_Submission", content=self.describe_state("withdrawn"))
        return reply

    def desk_reject(self, number: int, comment: str = "Out of scope.") -> Json:
        chairs, authors = f"{self.id}/Program_Chairs", self.name_group(number, "Authors")
        values = {"title": "Submission Desk Rejected by Program Chairs", "desk_reject_comments": comment}
        reply = self.add_reply(number, "Desk_Rejection", values, chairs, [self.id, authors])
        self.change(number, f"{self.id}/-/Desk_Rejected_Submission", content=self.describe_state("desk_rejected"))
        return reply

    def revert(self, number: int) -> Json:
        """Take a withdrawal or desk rejection back."""
        venueid = self.papers[number]["content"]["venueid"]["value"]
        kind = "Withdrawal" if venueid == self.setting.venueids["withdrawn"] else "Desk_Rejection"
        values = {f"revert_{kind.lower()}_confirmation": "We approve the reversion."}
        reply = self.add_reply(number, f"{kind}_Reversion", values, f"{self.id}/Program_Chairs", [self.id])
        self.change(number, content=self.describe_state("active"))
        return reply

    def delete(self, number: int) -> Json:
        return self.change(number, ddate=self.store.now)

    def restore(self, number: int) -> Json:
        return self.change(number, ddate=None)

    def change(self, number: int, invitation: str | None = None, *, content: Json | None = None, **fields: Any) -> Json:
        """Change a submission upstream; plain content values keep their readers, None removes a field."""
        paper = self.papers[number]
        invitation = invitation or f"{self.id}/-/Edit"
        changed = {name: rewrap(paper["content"].get(name), value) for name, value in (content or {}).items()}
        invitations = [*paper["invitations"], *([] if invitation in paper["invitations"] else [invitation])]
        self.store.change_note(paper["id"], {**fields, "content": changed, "invitations": invitations})
        self.add_edit(paper, invitation, changed, **{k: v for k, v in fields.items() if v is not None})
        return paper

    def change_reply(self, note: Json, content: Json) -> Json:
        changed = {name: rewrap(note["content"].get(name), value) for name, value in content.items()}
        invitations = [*note["invitations"], f"{self.id}/-/Edit"]
        self.add_edit(note, f"{self.id}/-/Edit", changed)
        return self.store.change_note(note["id"], {"content": changed, "invitations": invitations})

    def upload_camera_ready(self, number: int, name: str = "Camera_Ready_Revision", **content: Any) -> Json:
        """Overwrite the paper through its revision invitation, with a new PDF and the given fields."""
        paper = self.papers[number]
        pdf = self.store.add_printed_pdf(paper["content"]["title"]["value"], f"camera-ready {paper['version']}")
        authors = self.name_group(number, "Authors")
        return self.change(number, f"{self.name_group(number)}/-/{name}", content={"pdf": pdf, **content}, signatures=[authors])

    def frame_note(self, note_id: str, number: int, now: int) -> Json:
        """Return what every new note of the venue begins with."""
        times = dict.fromkeys(("cdate", "tcdate", "mdate", "tmdate"), now)
        return {"id": note_id, "number": number, "domain": self.id, "version": 1, "license": "CC BY 4.0", "nonreaders": [], **times}

    def describe_state(self, state: str, decision: str = "") -> Json:
        return {"venue": self.setting.name_venue(state, decision), "venueid": self.setting.venueids[state]}

    def name_group(self, number: int, role: str = "") -> str:
        prefix = f"{self.id}/{self.setting.submission_name}{number}"
        return f"{prefix}/{role}" if role else prefix

    def add_paper_groups(self, number: int) -> str:
        """Add the groups of one paper and return the authors' one."""
        common: Json = {"domain": self.id, "readers": [self.id], "writers": [self.id], "signatures": [self.id]}
        authors = self.name_group(number, "Authors")
        self.store.add_group(self.name_group(number), **common)
        self.store.add_group(authors, **{**common, "readers": [self.id, authors]}, signatories=[self.id, authors])
        self.store.add_group(self.name_group(number, "Reviewers"), **common, anonids=True)
        self.store.groups[f"{self.id}/Authors"]["members"].append(authors)
        return authors

    def add_authors_group(self, group: str, people: list[Json]) -> None:
        self.store.groups[group]["members"] = [person["username"] for person in people if person.get("username")]
        if self.profiles:
            for person in people:
                add_author_profile(self.store, person)

    def add_reviewer(self, number: int, count: int) -> str:
        """Assign a counted reviewer to a paper and return their anonymous group."""
        name = f"Invented Reviewer {1 + count % REVIEWERS}"
        tilde = str(self.store.add_profile(make_tilde_id(name), name)["id"])
        anonymous = self.name_group(number, f"Reviewer_{self.store.make_id('reviewer', count)[:4]}")
        if self.lean:
            return anonymous
        pool = self.store.groups[f"{self.id}/Reviewers"]["members"]
        if tilde not in pool:
            pool.append(tilde)
        common: Json = {"domain": self.id, "readers": [self.id, tilde], "writers": [self.id], "signatures": [self.id]}
        self.store.add_group(anonymous, members=[tilde], **common, signatories=[self.id, anonymous])
        self.store.groups[self.name_group(number, "Reviewers")]["members"].append(anonymous)
        return anonymous

    def encode_authors(self, people: list[Json]) -> Json:
        """Return the author fields in the venue's encoding; who has no id is missing from `authorids`."""
        if self.unified_authors:
            return {"authors": people}
        ids = [person["username"] for person in people if person.get("username")]
        return {"authors": [person["fullname"] for person in people], "authorids": ids}

    def add_edit(self, note: Json, invitation: str, content: Json, **fields: Any) -> None:
        if self.lean:
            return
        signatures = fields.pop("signatures", [f"{self.id}/Program_Chairs"])
        now = self.store.now
        edit = {
            "id": self.store.make_id("edit", note["id"], len(self.store.edits)),
            "domain": self.id,
            "invitation": invitation,
            "signatures": signatures,
            "readers": [self.id, *signatures],
            "nonreaders": note.get("nonreaders") or [],
            "writers": [self.id],
            "cdate": now,
            "tcdate": now,
            "tmdate": now,
            "note": {"id": note["id"], "forum": note["forum"], "content": content, **fields},
        }
        self.store.edits.append(edit)
