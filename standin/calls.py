"""One request on its way to an answer."""

from dataclasses import dataclass
from typing import Any

from standin.access import Viewer
from standin.answers import Json, reject
from standin.derived import Derived
from standin.queries import Query
from standin.sessions import Sessions
from standin.store import Store


@dataclass
class Call:
    """Everything a route may look at; `host` is "v1" or "v2"."""

    host: str
    method: str
    path: str
    query: Query
    body: Any
    content_type: str
    viewer: Viewer
    store: Store
    derived: Derived
    sessions: Sessions

    @property
    def notes(self) -> dict[str, Json]:
        """Return the notes of this host."""
        return self.store.notes_v1 if self.host == "v1" else self.store.notes

    @property
    def json(self) -> Json:
        if not isinstance(self.body, dict):
            raise reject("The request body must be a JSON object")
        return self.body
