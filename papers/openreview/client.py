"""One signed-in connection to OpenReview; the only owner of the client library's objects."""

import contextlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import requests
from django.conf import settings

from papers.errors import ChangedShape, NotPermitted, SignInNeeded, Unavailable
from papers.openreview.answers import explain_error, read_document, read_list
from papers.openreview.transport import BoundedAdapter

PAGE_SIZE = 1000
_stdout_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to sign in: a token, or a mail address with its password. Never logged, never printed."""

    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


class SecondFactorNeeded(SignInNeeded):
    """The password was right; OpenReview waits for a code. `pending_token` goes back with it."""

    def __init__(self, pending_token: str, methods: list[str], preferred: str) -> None:
        super().__init__(
            "This OpenReview account has a second factor. Sign in on the import page with its code, or set OPENREVIEW_TOKEN to a session token."
        )
        self.pending_token = pending_token
        self.methods = methods
        self.preferred = preferred


class Connection:
    """Reads from one API generation (1 or 2) through the client library's own session.

    Counts its requests in `request_count` and keeps what OpenReview last said of the quota in
    `quota_left`. Nothing that the library prints reaches stdout.
    """

    def __init__(self, base_url: str, *, generation: int = 2, credentials: Credentials, sign_in_url: str = "") -> None:
        self.base_url = base_url.rstrip("/")
        self.generation = generation
        self.credentials = credentials
        self.sign_in_url = (sign_in_url or base_url).rstrip("/")
        self.request_count = 0
        self.quota_left: int | None = None
        self.account = ""
        self._client = self._build_client()

    def sign_in(self, *, ask_code: Callable[[str], str | None] | None = None) -> None:
        """Sign in with the credentials; `ask_code` gets the method and returns the current code.

        Raises `SecondFactorNeeded` when a code is needed and none is given.
        """
        if self.credentials.token:
            self._use_token(self.credentials.token.removeprefix("Bearer ").strip())
            return
        if not self.credentials.username:
            raise NotPermitted(
                "OpenReview needs a sign-in: set OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD, or OPENREVIEW_TOKEN, or use the import page."
            )
        with _kept_quiet(), self._spoken_refusals():
            self._client.login_user(self.credentials.username, self.credentials.password, mfa_code_provider=ask_code)
        self._note_account()

    def finish_sign_in(self, pending_token: str, method: str, code: str) -> str:
        """Answer the second factor; return the session token."""
        with self._spoken_refusals():
            response = self._client.session.post(
                f"{self.sign_in_url}/mfa/verify",
                json={"mfaPendingToken": pending_token, "method": method, "code": code},
                headers=self._client.headers,
            )
            document = read_document(response)
        token = document.get("token")
        if not isinstance(token, str) or not token:
            raise ChangedShape("OpenReview accepted the code and sent no session; try again.")
        self._use_token(token)
        return token

    @property
    def token(self) -> str:
        """Return the session token in use."""
        return str(self._client.token or "")

    def get_group(self, group_id: str) -> dict[str, Any]:
        """Return a group exactly as sent; raises `NotThere` when OpenReview has none of this id."""
        groups = read_list(self.read("/groups", {"id": group_id}), "groups")
        if not groups:
            raise explain_error(404, {"message": f"no group {group_id!r} that this account can see"})
        return groups[0]

    def list_invitations(self, prefix: str) -> list[dict[str, Any]]:
        """Return the invitations under `prefix`, past ones too."""
        return read_list(self.read("/invitations", {"prefix": prefix, "expired": "true"}), "invitations")

    def get_note(self, note_id: str) -> dict[str, Any] | None:
        """Return one note even if it is deleted, or nothing when it is not there for this account."""
        rows = read_list(self.read("/notes", {"id": note_id}), "notes")
        return rows[0] if rows else None

    def list_note_pages(self, params: dict[str, str], *, after: str = "") -> Iterator[tuple[list[dict[str, Any]], int | None]]:
        """Yield pages of notes in the order of their ids, each with the count that OpenReview stated, if it did.

        Walks by keyset from `after`; stops at a short or empty page. Raises `ChangedShape` when the other
        side repeats itself, which the library's own pager would follow for ever.
        """
        cursor, expected, seen = after, None, set[str]()
        while True:
            query = {**params, "sort": "id", "limit": str(PAGE_SIZE), "count": "true" if cursor == after else "false"}
            if cursor:
                query["after"] = cursor
            document = self.read("/notes", query)
            rows = read_list(document, "notes")
            if isinstance(document.get("count"), int) and cursor == after:
                expected = document["count"]
            ids = [str(row.get("id") or "") for row in rows]
            if rows and (ids[-1] == cursor or ids[-1] in seen):
                raise ChangedShape("OpenReview sent the same page of papers twice; the import stopped before it went round in circles.")
            fresh = [row for row, note_id in zip(rows, ids, strict=True) if note_id not in seen]
            seen.update(ids)
            if rows:
                yield fresh, expected
            if len(rows) < PAGE_SIZE:
                return
            cursor = ids[-1]

    def search_profiles(self, profile_ids: list[str]) -> list[dict[str, Any]]:
        """Return the profiles with these tilde ids, one request for each thousand."""
        found: list[dict[str, Any]] = []
        for start in range(0, len(profile_ids), PAGE_SIZE):
            document = self.read("/profiles/search", body={"ids": profile_ids[start : start + PAGE_SIZE]})
            found += read_list(document, "profiles")
        return found

    def read(self, path: str, params: dict[str, str] | None = None, *, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the JSON object at `path`; sign in again once when the session has ended."""
        try:
            return self._read_once(path, params, body)
        except SignInNeeded:
            if not self.credentials.password:
                raise
            self.sign_in()
            return self._read_once(path, params, body)

    def _read_once(self, path: str, params: dict[str, str] | None, body: dict[str, Any] | None) -> dict[str, Any]:
        self.request_count += 1
        with self._spoken_refusals():
            session, headers = self._client.session, self._client.headers
            url = f"{self.base_url}{path}"
            response = session.get(url, params=params, headers=headers) if body is None else session.post(url, json=body, headers=headers)
        left = response.headers.get("ratelimit-remaining", "")
        self.quota_left = int(left) if left.isdigit() else self.quota_left
        return read_document(response)

    def _build_client(self) -> Any:
        # A token that is no JWT keeps the constructor off the network until the adapter is mounted.
        with _kept_quiet(), self._spoken_refusals():
            library = load_library()
            kind = library.api.OpenReviewClient if self.generation == 2 else library.Client
            client = kind(baseurl=self.base_url, token="unset")
        if self.generation == 1:
            client.baseurl_v2 = self.sign_in_url
            client.mfa_challenge_url, client.mfa_verify_url = f"{self.sign_in_url}/mfa/challenge", f"{self.sign_in_url}/mfa/verify"
        client.token = None
        client.headers.pop("Authorization", None)
        for prefix in list(client.session.adapters):
            client.session.mount(prefix, BoundedAdapter(read_seconds=settings.OPENREVIEW_READ_SECONDS))
        return client

    def _use_token(self, token: str) -> None:
        self._client.token = token
        self._client.headers["Authorization"] = f"Bearer {token}"
        self.account = self.account or "session token"

    def _note_account(self) -> None:
        profile = getattr(self._client, "profile", None)
        self.account = str(getattr(profile, "id", "") or self.credentials.username)

    @contextlib.contextmanager
    def _spoken_refusals(self) -> Iterator[None]:
        """Translate everything the library and its transport can raise."""
        library = load_library()
        try:
            yield
        except library.MfaRequiredException as error:
            raise SecondFactorNeeded(error.mfa_pending_token, list(error.mfa_methods or []), str(error.preferred_method or "")) from error
        except library.OpenReviewException as error:
            raise _explain_library_error(error) from error
        except requests.exceptions.JSONDecodeError as error:
            raise Unavailable("OpenReview answered with something that is not JSON; try again later.") from error
        except requests.exceptions.Timeout as error:
            raise Unavailable(f"OpenReview did not answer in time at {self.base_url}; try again later.") from error
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
            raise Unavailable("OpenReview's answer broke off in the middle; try again.") from error
        except requests.exceptions.RequestException as error:
            raise Unavailable(f"OpenReview cannot be reached at {self.base_url}: {type(error).__name__}.") from error
        except (KeyError, IndexError, TypeError, json.JSONDecodeError) as error:
            raise ChangedShape(f"OpenReview answered in a shape that is not documented ({type(error).__name__}: {error}).") from error


def load_library() -> Any:
    """Return the client library, loaded on first use: it is slow to load and most processes never need it."""
    import openreview
    import openreview.api

    return openreview


@contextlib.contextmanager
def _kept_quiet() -> Iterator[None]:
    """Swallow what the library prints; one thread at a time, because stdout belongs to the whole process."""
    with _stdout_lock, contextlib.redirect_stdout(io.StringIO()):
        yield


def _explain_library_error(error: Exception) -> Exception:
    detail = error.args[0] if error.args else ""
    if isinstance(detail, dict):
        return explain_error(int(detail.get("status") or 400), detail)
    if isinstance(detail, list):
        return NotPermitted(f"OpenReview refused: {'; '.join(str(part) for part in detail)}.")
    return ChangedShape(f"OpenReview refused: {detail}")
