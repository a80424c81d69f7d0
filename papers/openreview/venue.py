"""What a venue calls its things: pure reading of its group."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

NORMALIZER_VERSION = 2


@dataclass(frozen=True, slots=True)
class Venue:
    """The names and ids of one OpenReview venue, read from its domain group; `generation` is 1 or 2."""

    venue_id: str
    generation: int
    submission_invitations: tuple[str, ...]
    withdrawn_ids: tuple[str, ...]
    desk_rejected_ids: tuple[str, ...]
    rejected_ids: tuple[str, ...]
    review_names: tuple[str, ...] = ("Official_Review",)
    meta_review_names: tuple[str, ...] = ("Meta_Review",)
    decision_name: str = "Decision"
    decision_field: str = "decision"
    rating_fields: tuple[str, ...] = ("rating",)
    confidence_field: str = "confidence"
    recommendation_field: str = "recommendation"


def clean_venue_id(text: str) -> str:
    """Return the venue id from what people paste: an id, a console address, with blanks or a slash at its end."""
    text = text.strip()
    if "?" in text or "://" in text or text.startswith(("openreview.net/", "www.openreview.net/")):
        query = parse_qs(urlsplit(text if "://" in text else f"https://{text}").query)
        text = (query.get("id") or query.get("venueid") or query.get("venue") or [""])[0].strip()
    return re.sub(r"\s+", "", text).split("#")[0].strip("/")


def find_generation(group: dict[str, Any]) -> int:
    """Return 2 when the group belongs to a domain, else 1 (a v1 venue has `domain` null or none)."""
    return 2 if group.get("domain") else 1


def describe_reading(venue: Venue) -> str:
    """Return what besides the notes decides how they are read; papers read otherwise are merged anew."""
    return f"{NORMALIZER_VERSION} {venue!r}"


def read_venue(group: dict[str, Any], *, invitations: tuple[str, ...] = (), generation: int | None = None) -> Venue:
    """Return the venue described by its group; `invitations` replace the submission invitation it names."""
    venue_id = str(group.get("id") or "")
    generation = generation or find_generation(group)
    values = {key: _unwrap(value) for key, value in _as_dict(group.get("content")).items()}

    def text(key: str, default: str) -> str:
        value = values.get(key)
        return value if isinstance(value, str) and value else default

    def texts(key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = values.get(key)
        if isinstance(value, str) and value:
            return (value,)
        if isinstance(value, list):
            return tuple(part for part in value if isinstance(part, str) and part) or default
        return default

    name = text("submission_name", "Submission")
    return Venue(
        venue_id=venue_id,
        generation=generation,
        submission_invitations=invitations or _default_invitations(venue_id, generation, text("submission_id", f"{venue_id}/-/{name}")),
        withdrawn_ids=_both(venue_id, texts("withdrawn_venue_id", ()), f"Withdrawn_{name}"),
        desk_rejected_ids=_both(venue_id, texts("desk_rejected_venue_id", ()), f"Desk_Rejected_{name}"),
        rejected_ids=_both(venue_id, texts("rejected_venue_id", ()), f"Rejected_{name}"),
        review_names=tuple(dict.fromkeys([*texts("review_names", ()), *texts("review_name", ("Official_Review",))])),
        meta_review_names=texts("meta_review_name", ("Meta_Review",)),
        decision_name=text("decision_name", "Decision"),
        decision_field=text("decision_field_name", "decision"),
        rating_fields=texts("review_rating", ("rating",)),
        confidence_field=text("review_confidence", "confidence"),
        recommendation_field=text("meta_review_recommendation", "recommendation"),
    )


def _default_invitations(venue_id: str, generation: int, submission_id: str) -> tuple[str, ...]:
    if generation == 2:
        return (submission_id,)
    # Originals come last: where blind notes stand in front of them, they are not papers of their own.
    kinds = ("Blind_Submission", "Withdrawn_Submission", "Desk_Rejected_Submission", "Submission")
    return tuple(f"{venue_id}/-/{kind}" for kind in kinds)


def _both(venue_id: str, stated: tuple[str, ...], suffix: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*stated, f"{venue_id}/{suffix}"]))


def _unwrap(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
