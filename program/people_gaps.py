"""What is known of the people of a program, what is missing, how far each invitation came."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from papers.models import Letter
from program.models import Person, PersonInvitation, PersonRole, SessionPart

SPEAKER = PersonRole.Kind.SPEAKER.value
ON_STAGE = frozenset({SPEAKER, PersonRole.Kind.PANELIST.value, PersonRole.Kind.MODERATOR.value, SessionPart.Kind.CHAIR.value})
KINDS = {**dict(PersonRole.Kind.choices), SessionPart.Kind.CHAIR.value: "Session chair"}
TROUBLES = frozenset({Letter.State.FAILED.value, Letter.State.BOUNCED.value})


class State(StrEnum):
    """How far somebody's invitation came."""

    NONE = "none"
    INVITED = "invited"
    TROUBLE = "trouble"
    OPENED = "opened"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


STATE_WORDS = {
    State.NONE: ("Not invited", "plain"),
    State.INVITED: ("Invited", "info"),
    State.TROUBLE: ("Mail came back", "bad"),
    State.OPENED: ("Opened", "info"),
    State.ANSWERED: ("Answered", "amber"),
    State.CONFIRMED: ("Confirmed", "good"),
    State.DECLINED: ("Declined", "bad"),
}
GAP_WORDS = {
    "email": "mail address",
    "talk_title": "title",
    "abstract": "abstract",
    "bio": "bio",
    "photo": "photo",
    "times": "times",
    "slides": "slides",
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the list shows them; `kinds` are roles and parts, `gaps` keys of GAP_WORDS."""

    person: Person
    kinds: tuple[str, ...]
    gaps: tuple[str, ...]
    state: State
    invitation: PersonInvitation | None
    is_waiting: bool

    @property
    def kind_words(self) -> str:
        """Return the roles in words."""
        return ", ".join(KINDS[kind] for kind in self.kinds)

    @property
    def gap_words(self) -> str:
        """Return what is missing in words."""
        return ", ".join(GAP_WORDS[gap] for gap in self.gaps)

    @property
    def state_words(self) -> tuple[str, str]:
        """Return the state with its tone."""
        return STATE_WORDS[self.state]


def describe_person(person: Person) -> PersonRow:
    """Return a person with what is missing; no query where `for_people_page` brought them."""
    kinds = list_kinds(person)
    invitations = [one for one in person.invitations.all() if not one.revoked_at]
    return PersonRow(
        person=person,
        kinds=kinds,
        gaps=find_gaps(person, kinds),
        state=find_state(person, invitations),
        invitation=invitations[0] if invitations else None,
        is_waiting=hasattr(person, "proposal"),
    )


def list_kinds(person: Person) -> tuple[str, ...]:
    """Return the roles of a person and their parts in sessions, each once, in the order of KINDS."""
    held = {role.kind for role in person.roles.all()} | {part.kind for part in person.parts.all()}
    return tuple(kind for kind in KINDS if kind in held)


def find_gaps(person: Person, kinds: Iterable[str]) -> tuple[str, ...]:
    """Return what is missing of somebody on stage: of speakers their talk as well; of others, and of who declined, nothing.

    What waits to be taken over is not missing. Who confirmed without naming times can at any time.
    """
    held = set(kinds)
    if not held & ON_STAGE or person.declined_at:
        return ()
    proposal = getattr(person, "proposal", None)
    proposed = proposal.values if proposal else {}
    has = {
        "email": bool(person.email),
        "talk_title": bool(person.talk_title or proposed.get("talk_title")),
        "abstract": bool(person.abstract or proposed.get("abstract")),
        "bio": bool(person.bio or proposed.get("bio")),
        "photo": bool(person.photo_file_id or person.photo or (proposal and proposal.photo_file_id)),
        "times": bool(person.confirmed_at or person.availability.all()),
        "slides": bool(person.slides_file_id or person.slides_url),
    }
    asked = GAP_WORDS if SPEAKER in held else ("email", "bio", "photo", "times")
    return tuple(gap for gap in asked if not has[gap])


def find_state(person: Person, invitations: list[PersonInvitation]) -> State:
    """Return how far it came; what a person said counts, whichever mail they answered. The newest invitation comes first."""
    if person.declined_at:
        return State.DECLINED
    if person.confirmed_at:
        return State.CONFIRMED
    if not invitations:
        return State.NONE
    if any(one.answered_at for one in invitations):
        return State.ANSWERED
    if any(one.opened_at for one in invitations):
        return State.OPENED
    letter = invitations[0].letter
    return State.TROUBLE if letter and letter.state in TROUBLES else State.INVITED


def filter_rows(rows: Iterable[PersonRow], *, kind: str = "", state: str = "", gap: str = "") -> list[PersonRow]:
    """Keep the people of a role, in a state, with a gap; `any` as gap: whoever lacks something, `waiting`: whose words wait."""
    return [
        row
        for row in rows
        if (not kind or kind in row.kinds or (kind == "stage" and ON_STAGE & set(row.kinds)))
        and (not state or row.state == state)
        and (not gap or gap in row.gaps or (gap == "any" and row.gaps) or (gap == "waiting" and row.is_waiting))
    ]
