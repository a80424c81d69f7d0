"""Build an API v1 venue: plain content, blind notes in front of originals, `Paper<N>` invitations."""

import re
from collections.abc import Iterable
from typing import Any

from standin.answers import Json
from standin.persons import Author, add_author_profile, invent_authors, read_author
from standin.store import Store, make_tilde_id

STAGES = ("Submission", "Blind_Submission", "Withdrawn_Submission", "Desk_Rejected_Submission")
RATINGS = {
    3: "3: Clear rejection",
    4: "4: Ok but not good enough",
    5: "5: Marginally below acceptance threshold",
    6: "6: Marginally above acceptance threshold",
    7: "7: Good paper, accept",
    8: "8: Top 50% of accepted papers, clear accept",
}


class VenueV1:
    """One v1 venue; its domain is null on the v2 host. Without `blind` the submission itself is the public note."""

    def __init__(self, store: Store, venue_id: str, *, blind: bool = True, short: str = "", accept: str = "Accept") -> None:
        self.store = store
        self.id = venue_id
        self.blind = blind
        self.accept = accept
        parts = venue_id.split("/")
        self.short = short or " ".join([parts[-1], *[part for part in parts if part.isdigit()]])
        self.papers: dict[int, Json] = {}
        self.decisions: dict[int, Json] = {}
        self.reviewers = 0
        for role in ("", "/Program_Chairs", "/Reviewers", "/Authors"):
            store.add_group(venue_id + role, readers=["everyone"], domain=None, web="// console")
        store.groups[venue_id]["members"].append(f"{venue_id}/Program_Chairs")
        for stage in STAGES:
            self.add_invitation(f"{venue_id}/-/{stage}")

    def add_chair(self, username: str, fullname: str, *, password: str = "loopback-only", **account: Any) -> str:
        """Add an account that is a program chair here and return its tilde id."""
        tilde = self.add_person(username, fullname, password=password, **account)
        self.store.groups[f"{self.id}/Program_Chairs"]["members"].append(tilde)
        return tilde

    def add_person(self, username: str, fullname: str, *, password: str = "loopback-only", **account: Any) -> str:
        """Add an account that has no role here and return its tilde id."""
        tilde = make_tilde_id(fullname)
        self.store.add_profile(tilde, fullname, emails=(username,))
        self.store.add_account(username, password, tilde, **account)
        return tilde

    def add_submission(
        self,
        title: str | None = None,
        authors: Iterable[Author] | None = None,
        *,
        number: int | None = None,
        content: Json | None = None,
        **fields: Any,
    ) -> Json:
        """Add a submission and return its public note: the blind one, or the submission where nothing is blind."""
        number = number or max(self.papers, default=0) + 1
        people = [read_author(author) for author in (invent_authors(number) if authors is None else authors)]
        group = self.name_group(number, "Authors")
        members = [person["username"] for person in people if person.get("username")]
        self.store.add_group(group, members=members, readers=[self.id, group], domain=None)
        for person in people:
            add_author_profile(self.store, person)
        values = {
            "title": title or f"Title {number}",
            "abstract": f"Abstract {number}.",
            "authors": [person["fullname"] for person in people],
            "authorids": members,
            "keywords": ["counted"],
            "TL;DR": f"Summary {number}.",
            "pdf": self.store.add_printed_pdf(title or f"Title {number}", f"{self.id} {number}"),
            **(content or {}),
        }
        private = [self.id, f"{self.id}/Program_Chairs", group]
        readers = private if self.blind else ["everyone"]
        original = self.add_note("Submission", values, number, readers, [group], **({} if self.blind else fields))
        public = original
        if self.blind:
            hidden = {**values, "authors": ["Anonymous"], "authorids": [group], "venue": "", "venueid": ""}
            readers = [self.id, f"{self.id}/Reviewers", group]
            public = self.add_note("Blind_Submission", hidden, number, readers, [self.id], original=original["id"], **fields)
        self.papers[number] = public
        return public

    def add_note(self, stage: str, content: Json, number: int, readers: list[str], signatures: list[str], **fields: Any) -> Json:
        """Add a root note of the venue."""
        with self.store.changing() as now:
            note_id = self.store.make_id(self.id, stage, number)
            note = {
                "id": note_id,
                "original": None,
                "forum": note_id,
                "number": number,
                "referent": None,
                "replyto": None,
                "invitation": f"{self.id}/-/{stage}",
                "readers": readers,
                "nonreaders": [],
                "signatures": signatures,
                "writers": [self.id],
                "cdate": now,
                "tcdate": now,
                "tmdate": now,
                "mdate": None,
                "ddate": None,
                "tddate": None,
                "content": content,
                **fields,
            }
            self.store.notes_v1[note_id] = note
        return note

    def add_review(self, number: int, *, rating: Any = None, confidence: Any = None, text: str | None = None) -> Json:
        """Add the next review; scores are sentences, as v1 venues had them."""
        self.reviewers += 1
        count = self.reviewers
        values = {
            "title": f"Review {count}",
            "review": text or f"Text of review {count}.",
            "rating": RATINGS[3 + count % 6] if rating is None else rating,
            "confidence": "3: The reviewer is fairly confident" if confidence is None else confidence,
        }
        reviewer = self.name_group(number, f"Reviewer_{self.store.make_id('reviewer', count)[:4]}")
        return self.add_reply(number, "Official_Review", values, reviewer)

    def add_decision(self, number: int, decision: str = "Accept (Poster)", comment: str = "") -> Json:
        """Add a decision reply; a paper may get several."""
        values = {"title": "Paper Decision", "decision": decision, "comment": comment}
        self.decisions[number] = self.add_reply(number, "Decision", values, f"{self.id}/Program_Chairs")
        return self.decisions[number]

    def add_reply(self, number: int, name: str, content: Json, signature: str, **fields: Any) -> Json:
        """Add any reply below a paper."""
        invitation = self.name_group(number, f"-/{name}")
        self.add_invitation(invitation)
        paper = self.papers[number]
        chairs = f"{self.id}/Program_Chairs"
        note = self.add_note("-", content, number, [chairs, signature], [signature], **fields)
        del self.store.notes_v1[note["id"]]
        note["id"] = self.store.make_id(invitation, note["tcdate"])
        note |= {"forum": paper["id"], "replyto": paper["id"], "invitation": invitation, "number": 1}
        note |= {"nonreaders": [self.name_group(number, "Authors")]}
        self.store.notes_v1[note["id"]] = note
        return note

    def add_invitation(self, invitation_id: str) -> None:
        """Add an invitation of the v1 host."""
        common = {"readers": ["everyone"], "writers": [self.id], "signatures": [self.id], "invitees": ["~"]}
        now = self.store.now
        self.store.invitations_v1[invitation_id] = {"id": invitation_id, **common, "cdate": now, "tcdate": now, "tmdate": now, "reply": {}}

    def release(self, *numbers: int) -> None:
        """Release decisions: `venue` tells accepted from rejected, `venueid` is the bare venue for both."""
        for number in numbers or tuple(self.papers):
            decision = self.decisions.get(number)
            if decision:
                text = decision["content"]["decision"]
                is_accepted = self.accept in text
                kind = re.sub(r"\W", "", text.replace("Accept", ""))
                venue = f"{self.short} {kind}".strip() if is_accepted else f"Submitted to {self.short}"
                decision |= {"readers": ["everyone"], "nonreaders": []}
                self.change(number, content={"venue": venue, "venueid": self.id}, readers=["everyone"])
                if is_accepted:
                    self.reveal_authors(number)
                    self.change(number, pdate=self.store.now)

    def reveal_authors(self, number: int) -> None:
        """Copy the real author list onto the blind note."""
        original = self.store.notes_v1.get(self.papers[number]["original"] or "")
        if original:
            real = {name: original["content"][name] for name in ("authors", "authorids")}
            self.change(number, content=real)

    def withdraw(self, number: int) -> Json:
        """Move the public note to the withdrawn invitation; its venue may stay empty."""
        self.add_reply(number, "Withdraw", {"withdrawal confirmation": "I have read and agree."}, self.name_group(number, "Authors"))
        return self.change(number, invitation=f"{self.id}/-/Withdrawn_Submission")

    def desk_reject(self, number: int) -> Json:
        """Move the public note to the desk-rejected invitation."""
        self.add_reply(number, "Desk_Reject", {"desk_reject_comments": "Out of scope."}, f"{self.id}/Program_Chairs")
        return self.change(number, invitation=f"{self.id}/-/Desk_Rejected_Submission")

    def delete(self, number: int) -> Json:
        """Delete the public note."""
        return self.change(number, ddate=self.store.now)

    def change(self, number: int, **fields: Any) -> Json:
        """Change the public note upstream and keep the revision as a reference."""
        note = self.papers[number]
        self.store.change_note(note["id"], fields)
        reference_id = self.store.make_id("reference", note["id"], self.store.now)
        self.store.references_v1.append({**note, "content": dict(note["content"]), "id": reference_id, "referent": note["id"]})
        return note

    def upload_camera_ready(self, number: int, name: str = "Camera_Ready_Revision", **content: Any) -> Json:
        """Overwrite a paper through its revision invitation, with a new PDF; the reference keeps by whom."""
        paper = self.papers[number]
        with self.store.changing() as now:
            paper["tmdate"] = now
        pdf = self.store.add_printed_pdf(paper["content"]["title"], f"camera-ready {now}")
        self.change(number, content={**paper["content"], "pdf": pdf, **content})
        invitation = f"{self.id}/Paper{number}/-/{name}"
        self.store.references_v1[-1] |= {"invitation": invitation, "signatures": [self.name_group(number, "Authors")], "tcdate": now}
        return paper

    def name_group(self, number: int, role: str) -> str:
        """Return `<venue>/Paper<number>/<role>`."""
        return f"{self.id}/Paper{number}/{role}"
