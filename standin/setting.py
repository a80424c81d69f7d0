"""What a venue is made of before the first submission: its group, its roles, its stages."""

import re
from dataclasses import dataclass, field
from typing import Any

from standin.answers import Json
from standin.store import Store

ROLES = ("Program_Chairs", "Publication_Chairs", "Reviewers", "Authors", "Authors/Accepted")


@dataclass
class Setting:
    """The names that a real venue may choose, with OpenReview's defaults."""

    id: str
    title: str = ""
    short: str = ""
    submission_name: str = "Submission"
    review_name: str = "Official_Review"
    rating_name: str = "rating"
    decision_name: str = "Decision"
    decision_field: str = "decision"
    decision_options: tuple[str, ...] = ("Accept (Oral)", "Accept (Poster)", "Reject")
    accept_options: tuple[str, ...] = ("Accept (Oral)", "Accept (Poster)")
    stages: tuple[str, ...] = ("Camera_Ready_Revision",)
    fields: Json = field(default_factory=dict)
    content: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = self.id.split("/")
        years = [part for part in parts if part.isdigit()]
        self.title = self.title or f"Workshop {parts[-1]}"
        self.short = self.short or " ".join([parts[-1], *years])
        self.submission_id = f"{self.id}/-/{self.submission_name}"

    @property
    def venueids(self) -> dict[str, str]:
        name = self.submission_name
        return {
            "active": f"{self.id}/{name}",
            "accepted": self.id,
            "rejected": f"{self.id}/Rejected_{name}",
            "withdrawn": f"{self.id}/Withdrawn_{name}",
            "desk_rejected": f"{self.id}/Desk_Rejected_{name}",
        }

    def name_venue(self, state: str, decision: str = "") -> str:
        """Return the `venue` string; an accepted one is the decision without "Accept" and every non-word character."""
        kind = re.sub(r"\W", "", decision.replace("Accept", ""))
        return {
            "active": f"{self.short} {self.submission_name}",
            "accepted": f"{self.short} {kind}".strip(),
            "rejected": f"Submitted to {self.short}",
            "withdrawn": f"{self.short} Withdrawn {self.submission_name}",
            "desk_rejected": f"{self.short} Desk Rejected {self.submission_name}",
        }[state]

    def write(self, store: Store) -> None:
        self.write_groups(store)
        self.write_invitations(store)

    def write_groups(self, store: Store) -> None:
        chairs = f"{self.id}/Program_Chairs"
        common: Json = {"domain": self.id, "readers": [self.id, chairs], "writers": [self.id], "signatures": [self.id]}
        for role in ROLES:
            store.add_group(f"{self.id}/{role}", **common, signatories=[self.id, f"{self.id}/{role}"])
        content = {name: wrap(value) for name, value in self.describe().items()}
        for name in ("message_sender", "request_form_id", "automatic_reviewer_assignment"):
            if name in content:
                content[name]["readers"] = [self.id]
        store.add_group(
            self.id,
            members=[chairs],
            domain=self.id,
            writers=[self.id],
            impersonators=[chairs],
            host=self.id.split("/")[0],
            content=content,
        )

    def describe(self) -> Json:
        """Return the plain values of the domain group's content."""
        venueids, name = self.venueids, self.submission_name
        return {
            "title": self.title,
            "subtitle": self.short,
            "website": f"https://workshop.example/{self.id.rpartition('/')[2]}",
            "contact": "chair@workshop.example",
            "message_sender": {"fromName": self.short, "fromEmail": "noreply@workshop.example"},
            "request_form_id": make_form_id(self.id),
            "submission_id": self.submission_id,
            "submission_name": name,
            "submission_venue_id": venueids["active"],
            "rejected_venue_id": venueids["rejected"],
            "withdrawn_venue_id": venueids["withdrawn"],
            "desk_rejected_venue_id": venueids["desk_rejected"],
            "withdrawn_submission_id": f"{self.id}/-/Withdrawn_{name}",
            "desk_rejected_submission_id": f"{self.id}/-/Desk_Rejected_{name}",
            "withdrawal_name": "Withdrawal",
            "desk_rejection_name": "Desk_Rejection",
            "pc_submission_revision_id": f"{self.id}/-/PC_Revision",
            "meta_invitation_id": f"{self.id}/-/Edit",
            "program_chairs_id": f"{self.id}/Program_Chairs",
            "publication_chairs_id": f"{self.id}/Publication_Chairs",
            "reviewers_id": f"{self.id}/Reviewers",
            "reviewers_name": "Reviewers",
            "reviewers_anon_name": "Reviewer_",
            "reviewer_roles": ["Reviewers"],
            "authors_id": f"{self.id}/Authors",
            "authors_name": "Authors",
            "authors_accepted_id": f"{self.id}/Authors/Accepted",
            "review_name": self.review_name,
            "review_rating": self.rating_name,
            "review_confidence": "confidence",
            "meta_review_name": "Meta_Review",
            "meta_review_recommendation": "recommendation",
            "decision_name": self.decision_name,
            "decision_field_name": self.decision_field,
            "accept_decision_options": list(self.accept_options),
            "comment_name": "Official_Comment",
            "preferred_emails_id": f"{self.id}/-/Preferred_Emails",
            **self.content,
        }

    def write_invitations(self, store: Store) -> None:
        chairs, name = f"{self.id}/Program_Chairs", self.submission_name
        form = {"title": {"value": {"param": {"type": "string"}}}, **self.fields}
        self.add_stage(store, name, ["~"], {"content": form})
        self.add_stage(store, self.review_name, [f"{self.id}/Reviewers"], {})
        self.add_stage(store, self.decision_name, [chairs], self.decision_template())
        for stage in ("Withdrawal", *self.stages):
            self.add_stage(store, stage, [f"{self.id}/Authors"], {})
        for stage in ("Meta_Review", "Desk_Rejection", "Official_Comment"):
            self.add_stage(store, stage, [chairs], {})
        for stage in ("Post_Submission", "PC_Revision", f"Withdrawn_{name}", f"Desk_Rejected_{name}"):
            self.add_stage(store, stage, [chairs], {})
        self.add_stage(store, "Edit", [self.id], {})
        store.add_invitation(f"{self.id}/-/Preferred_Emails", type="Edge", domain=self.id, readers=[self.id])

    def decision_template(self) -> Json:
        options = {"param": {"type": "string", "enum": list(self.decision_options), "input": "radio"}}
        return {
            "content": {
                "title": {"value": "Paper Decision"},
                self.decision_field: {"value": options},
                "comment": {"value": {"param": {"type": "string", "optional": True}}},
            }
        }

    def add_stage(self, store: Store, name: str, invitees: list[str], note: Json, **fields: Any) -> Json:
        common = {"domain": self.id, "invitees": invitees, "writers": [self.id], "signatures": [self.id]}
        edit = {"note": note} if note else True
        return store.add_invitation(f"{self.id}/-/{name}", **common, edit=edit, invitations=[f"{self.id}/-/Edit"], **fields)

    def add_children(self, store: Store, paper: Json) -> None:
        """Add the paper's own review, decision, withdrawal and revision invitations."""
        prefix = f"{self.id}/{self.submission_name}{paper['number']}"
        authors, reviewers, chairs = f"{prefix}/Authors", f"{prefix}/Reviewers", f"{self.id}/Program_Chairs"
        target = {"forum": paper["id"], "replyto": paper["id"]}
        for name, invitees, most in (
            (self.review_name, [reviewers], None),
            (self.decision_name, [chairs], 1),
            ("Withdrawal", [authors], 1),
            ("Desk_Rejection", [chairs], 1),
        ):
            note = {**target, **(self.decision_template() if name == self.decision_name else {})}
            if name == self.decision_name:
                note |= {"readers": [chairs], "nonreaders": [authors]}
            self.add_child(store, prefix, name, invitees, note, most=most)
        for stage in self.stages:
            self.add_child(store, prefix, stage, [authors], {"id": paper["id"]})

    def add_child(self, store: Store, prefix: str, name: str, invitees: list[str], note: Json, most: int | None = None) -> None:
        parent = store.invitations[f"{self.id}/-/{name}"]
        fields: Json = {key: parent[key] for key in ("duedate", "expdate") if key in parent}
        if most is not None:
            fields["maxReplies"] = most
        store.add_invitation(
            f"{prefix}/-/{name}",
            domain=self.id,
            invitees=[self.id, *invitees],
            writers=[self.id],
            signatures=[self.id],
            readers=["everyone"],
            invitations=[parent["id"]],
            edit={"note": note},
            **fields,
        )


def wrap(value: Any, readers: list[str] | None = None) -> Json:
    """Return a v2 content entry; with readers it is visible to those only."""
    return {"value": value, "readers": readers} if readers else {"value": value}


def make_form_id(venue_id: str) -> str:
    """Return an id for the request form that the venue would have."""
    return Store().make_id("request form", venue_id)
