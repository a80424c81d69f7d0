"""Raw notes of API v2 for the tests of what is read out of them."""

import datetime as dt
from typing import Any

from papers.openreview.venue import read_venue

V = "x.org/2026/W"
VENUE = read_venue({"id": V, "domain": V, "content": {}})
MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MILLISECONDS = int(MOMENT.timestamp() * 1000)


def make_note(content: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """Make a v2 note of plain values; a value that is an object with `value` or `readers` stays as it is."""
    values = {
        "title": "A title",
        "authors": ["Ada Author"],
        "authorids": ["~Ada_Author1"],
        "venueid": f"{V}/Submission",
        **(content or {}),
    }
    wrapped = {
        name: value if isinstance(value, dict) and {"value", "readers"} & value.keys() else {"value": value}
        for name, value in values.items()
    }
    return {"id": "n1", "forum": "n1", "number": 7, "invitations": [f"{V}/-/Submission"], "content": wrapped, **fields}


def make_reply(name: str, content: dict[str, Any], reply_id: str = "r1", **fields: Any) -> dict[str, Any]:
    wrapped = {key: {"value": value} for key, value in content.items()}
    return {
        "id": reply_id,
        "invitations": [f"{V}/Submission7/-/{name}"],
        "signatures": [f"{V}/Submission7/Reviewer_a"],
        "content": wrapped,
        **fields,
    }
