"""One signed-in connection to OpenReview; the only owner of the client library's objects."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import requests
from django.conf import settings

from papers.errors import ChangedShape, NotPermitted, NotThere, SignInNeeded, Unavailable
from papers.openreview.answers import Answer, BrokenOff, explain_error, read_document, read_list, read_listing, refuse_rejected
from papers.openreview.documents import Row
from papers.openreview.sign_in import (
    MAIL,
    SESSION_SECONDS,
    Credentials,
    SecondFactorNeeded,
    choose_method,
    read_account,
    read_pending,
)
from papers.openreview.transport import BoundedAdapter, count_sendings, receive_answer, save_answer
from papers.openreview.values import read_count

PAGE_SIZE = 1000
# The first page is small: work on it begins while the next one travels.
FIRST_PAGE_SIZE = 250


@dataclass(frozen=True, slots=True)
class NotePage:
    """Some notes of a walk with their source, where the next request begins, and the count that OpenReview stated."""

    rows: list[Row]
    cursor: str
    expected: int | None


class Connection:
    """Reads from one API generation (1 or 2) through the client library's own session.

    Counts its requests, retries too, in `request_count` and keeps what OpenReview last said of the quota
    in `quota_left`. The library signs in by prompts and prints; here it does neither, so stdout stays clean.
    """

    def __init__(self, base_url: str, *, generation: int = 2, credentials: Credentials, sign_in_url: str = "") -> None:
        self.base_url = base_url.rstrip("/")
        self.generation = generation
        self.credentials = credentials
        self.sign_in_url = (sign_in_url or base_url).rstrip("/")
        self.read_seconds = float(settings.OPENREVIEW_READ_SECONDS)
        self.request_count = 0
        self.quota_left: int | None = None
        self.account = ""
        self.token = ""
        self._client = self._build_client()

    def sign_in(self, *, is_anew: bool = False) -> None:
        """Sign in with the token, or with the password when there is none or the session has ended.

        Raises `SecondFactorNeeded` when a code is needed and none is given.
        """
        known = self.credentials
        if known.token and not is_anew:
            self._use_token(known.token.removeprefix("Bearer ").strip())
            return
        if not (known.username and known.password):
            raise NotPermitted(
                "OpenReview needs a sign-in: set OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD, or OPENREVIEW_TOKEN, or use the import page."
            )
        proof = {"id": known.username, "password": known.password, "expiresIn": SESSION_SECONDS}
        document = self._post_sign_in("/login", proof)
        if document.get("mfaPending"):
            document = self._answer_second_factor(document, code="" if is_anew else known.code)
        self._take_session(document)

    def finish_sign_in(self, pending: str, code: str) -> None:
        """Answer the second factor with `SecondFactorNeeded.pending` and the code."""
        method, token = read_pending(pending)
        self._take_session(self._post_sign_in("/mfa/verify", {"mfaPendingToken": token, "method": method, "code": code}))

    def get_group(self, group_id: str) -> dict[str, Any]:
        """Return a group exactly as sent; raises `NotThere` when OpenReview has none of this id."""
        groups = read_list(read_document(self._read("/groups", {"id": group_id})), "groups")
        if not groups:
            raise explain_error(404, {"message": f"no group {group_id!r} that this account can see"})
        return groups[0]

    def get_note(self, note_id: str) -> dict[str, Any] | None:
        """Return one note even if it is deleted, or nothing when it is not there for this account."""
        try:
            rows = read_list(read_document(self._read("/notes", {"id": note_id})), "notes")
        except (NotThere, NotPermitted) as refusal:
            if isinstance(refusal, SignInNeeded):
                raise
            return None
        return rows[0] if rows else None

    def list_note_pages(self, params: dict[str, str], *, cursor: str = "", seen_count: int = 0) -> Iterator[NotePage]:
        """Yield the notes that `params` ask for, page by page, from `cursor` on; `seen_count` were seen before it.

        API v2 is walked by keyset in the order of ids, v1 by offset in the order of numbers. The walk ends
        with an empty page, or with a short one once as many notes came as OpenReview counted: the count alone
        is not trusted. Raises
        `ChangedShape` when the other side repeats itself, which the library's own pager would follow for ever.
        """
        expected, seen, last_length = None, set[str](), 0
        start, limit = cursor, FIRST_PAGE_SIZE
        while True:
            document, rows = self._read_notes(params, cursor, limit, asks_count=cursor == start)
            if cursor == start:
                expected = read_count(document.get("count"))
            fresh = [row for row in rows if str(row[0].get("id") or "") not in seen]
            if not rows and cursor == start:
                yield NotePage([], cursor, expected)
            if not fresh:
                if rows and len(rows) == last_length:
                    raise ChangedShape("OpenReview sent the same page of papers twice; the import stopped before it went round in circles.")
                return
            seen.update(str(row.get("id") or "") for row, _ in rows)
            last_length = len(rows)
            cursor = _find_last_id(rows) if self.generation == 2 else str(int(cursor or 0) + len(rows))
            yield NotePage(fresh, cursor, expected)
            if len(rows) < limit and expected is not None and seen_count + len(seen) >= expected:
                return
            limit = PAGE_SIZE

    def search_profiles(self, profile_ids: list[str]) -> list[dict[str, Any]]:
        """Return the profiles with these tilde ids, one request for each thousand."""
        found: list[dict[str, Any]] = []
        for start in range(0, len(profile_ids), PAGE_SIZE):
            answer = self._read("/profiles/search", body={"ids": profile_ids[start : start + PAGE_SIZE]})
            found += read_list(read_document(answer), "profiles")
        return found

    def get_submission(self, note_id: str) -> Row | None:
        """Return one submission with all its replies and its source, or nothing when it is not there for this account."""
        try:
            _, rows = read_listing(self._read("/notes", {"id": note_id, "details": "replies"}), "notes")
        except (NotThere, NotPermitted) as refusal:
            if isinstance(refusal, SignInNeeded):
                raise
            return None
        return rows[0] if rows else None

    def get_invitation(self, invitation_id: str) -> dict[str, Any] | None:
        """Return an invitation, a closed one too, or nothing when it is not there for this account."""
        try:
            found = read_list(read_document(self._read("/invitations", {"id": invitation_id, "expired": "true"})), "invitations")
        except (NotThere, NotPermitted) as refusal:
            if isinstance(refusal, SignInNeeded):
                raise
            return None
        return found[0] if found else None

    def list_filings(self, note_id: str) -> list[dict[str, Any]]:
        """Return the revisions of a note, edits on API v2, references on v1, as far as this account may see them."""
        try:
            if self.generation == 1:
                query = {"referent": note_id, "original": "true"}
                return read_list(read_document(self._read("/references", query)), "references")
            return read_list(read_document(self._read("/notes/edits", {"note.id": note_id, "sort": "tcdate:desc"})), "edits")
        except (NotThere, NotPermitted) as refusal:
            if isinstance(refusal, SignInNeeded):
                raise
            return []

    def download(self, field: str, note_ids: list[str], target: IO[bytes], *, most_bytes: int) -> None:
        """Write the file in a field of one note, or a zip of those of several, into `target`; nothing is held in memory.

        Asks as the library's `get_attachment` does, which reads the whole into memory.
        """
        params = {"name": field, "id": note_ids[0]} if len(note_ids) == 1 else {"name": field, "ids": ",".join(note_ids)}
        response = self._open(f"{self.base_url}/attachment", params=params)
        if response.status_code == 401 and self.credentials.password:
            response.close()
            self.sign_in(is_anew=True)
            response = self._open(f"{self.base_url}/attachment", params=params)
        kind = str(response.headers.get("Content-Type") or "").lower()
        if response.status_code >= 400 or "json" in kind or "html" in kind:
            read_document(receive_answer(response, read_seconds=self.read_seconds))
            raise ChangedShape("OpenReview answered with data instead of a file; nothing of it was kept.")
        save_answer(response, target, read_seconds=self.read_seconds, most_bytes=most_bytes)

    def list_message_requests(self, params: dict[str, str]) -> list[dict[str, Any]]:
        """Return the messages that this account asked OpenReview to send, as far as it tells."""
        return read_list(read_document(self._read("/messages/requests", params)), "requests")

    def write(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send something to be written, once, and return OpenReview's answer.

        Raises `Rejected`, `NotPermitted`, `NotThere` or `Throttled` when nothing was written, and another `OtherSideFailed`
        when nobody knows: the answer was lost, was no JSON, or told of a failure.
        """
        answer = self._read(path, body=body)
        refuse_rejected(answer)
        return read_document(answer)

    def _read_notes(self, params: dict[str, str], cursor: str, limit: int, *, asks_count: bool) -> tuple[dict[str, Any], list[Row]]:
        if self.generation == 1:
            query = {**params, "sort": "number:asc", "limit": str(limit), "offset": cursor or "0"}
        else:
            query = {**params, "sort": "id", "limit": str(limit), "count": "true" if asks_count else "false"}
            if cursor:
                query["after"] = cursor
        try:
            return read_listing(self._read("/notes", query), "notes")
        except BrokenOff:
            return read_listing(self._read("/notes", query), "notes")

    def _read(self, path: str, params: dict[str, str] | None = None, *, body: dict[str, Any] | None = None) -> Answer:
        """Return the answer at `path`; sign in anew, once, when the session has ended."""
        answer = self._send(f"{self.base_url}{path}", params=params, body=body)
        if answer.status == 401 and self.credentials.password:
            self.sign_in(is_anew=True)
            answer = self._send(f"{self.base_url}{path}", params=params, body=body)
        return answer

    def _send(self, url: str, *, params: dict[str, str] | None = None, body: dict[str, Any] | None = None) -> Answer:
        return receive_answer(self._open(url, params=params, body=body), read_seconds=self.read_seconds)

    def _open(self, url: str, *, params: dict[str, str] | None = None, body: dict[str, Any] | None = None) -> requests.Response:
        session, headers = self._client.session, self._client.headers
        with self._spoken_refusals():
            response: requests.Response = session.request(
                "GET" if body is None else "POST", url, params=params, json=body, headers=headers, stream=True
            )
        self.request_count += count_sendings(response)
        left = response.headers.get("ratelimit-remaining", "")
        self.quota_left = int(left) if left.isdigit() else self.quota_left
        return response

    def _post_sign_in(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return read_document(self._send(f"{self.sign_in_url}{path}", body=body))

    def _answer_second_factor(self, document: dict[str, Any], *, code: str) -> dict[str, Any]:
        listed = document.get("mfaMethods")
        methods = [str(method) for method in listed] if isinstance(listed, list) else []
        preferred, token = str(document.get("preferredMethod") or ""), str(document.get("mfaPendingToken") or "")
        method = choose_method(methods, preferred)
        if code:
            return self._post_sign_in("/mfa/verify", {"mfaPendingToken": token, "method": method, "code": code})
        if method == MAIL:
            self._post_sign_in("/mfa/challenge", {"mfaPendingToken": token, "method": method})
        raise SecondFactorNeeded(token, methods, preferred)

    def _take_session(self, document: dict[str, Any]) -> None:
        token = document.get("token")
        if not isinstance(token, str) or not token:
            raise ChangedShape("OpenReview accepted the sign-in and sent no session; try again.")
        self._use_token(token)
        user = document.get("user")
        profile = user.get("profile") if isinstance(user, dict) else None
        self.account = str((profile or {}).get("id") or "") if isinstance(profile, dict) else self.account

    def _use_token(self, token: str) -> None:
        self.token = token
        self._client.headers["Authorization"] = f"Bearer {token}"
        self.account = read_account(token) or self.credentials.username or "a session token"

    def _build_client(self) -> Any:
        library = load_library()
        kind = library.api.OpenReviewClient if self.generation == 2 else library.Client
        try:
            # A token that is no JWT keeps the constructor off the network until the adapter is mounted.
            client = kind(baseurl=self.base_url, token="unset")
        except library.OpenReviewException as error:
            raise NotThere(f"{self.base_url} is not the address of OpenReview's API v{self.generation}: {error}") from error
        client.headers.pop("Authorization", None)
        for prefix in list(client.session.adapters):
            client.session.mount(prefix, BoundedAdapter(read_seconds=self.read_seconds))
        return client

    @contextlib.contextmanager
    def _spoken_refusals(self) -> Iterator[None]:
        """Translate what the transport can raise before an answer begins."""
        try:
            yield
        except requests.exceptions.Timeout as error:
            raise Unavailable(f"OpenReview did not answer in time at {self.base_url}; try again later.") from error
        except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema) as error:
            raise NotThere(f"{self.base_url!r} is not an address; write one like https://api2.openreview.net.") from error
        except requests.exceptions.RequestException as error:
            raise Unavailable(f"OpenReview cannot be reached at {self.base_url} ({type(error).__name__}); try again later.") from error


def _find_last_id(rows: list[Row]) -> str:
    return next((row["id"] for row, _ in reversed(rows) if isinstance(row.get("id"), str) and row["id"]), "")


def load_library() -> Any:
    """Return the client library, loaded on first use: it is slow to load and most processes never need it."""
    import openreview
    import openreview.api

    return openreview
