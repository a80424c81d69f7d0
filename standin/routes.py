"""Which function answers which method and path on which host."""

from collections.abc import Callable

from standin import edits, files, groups, notes, people, v1
from standin.answers import Answer, ApiError, Listing, answer_json
from standin.calls import Call

Route = Callable[[Call], Answer | Listing]


def sign_in(call: Call) -> Answer:
    """Answer POST /login."""
    return answer_json(call.sessions.sign_in(call.json))


def challenge(call: Call) -> Answer:
    """Answer POST /mfa/challenge."""
    return answer_json(call.sessions.challenge(call.json))


def verify(call: Call) -> Answer:
    """Answer POST /mfa/verify."""
    return answer_json(call.sessions.verify(call.json))


def impersonate(call: Call) -> Answer:
    """Answer POST /impersonate."""
    return answer_json(call.sessions.impersonate(call.viewer, call.json))


OPEN: dict[tuple[str, str], Route] = {
    ("POST", "/login"): sign_in,
    ("POST", "/mfa/challenge"): challenge,
    ("POST", "/mfa/verify"): verify,
}
SHARED: dict[tuple[str, str], Route] = {
    ("POST", "/impersonate"): impersonate,
    ("GET", "/groups"): groups.list_groups,
    ("GET", "/invitations"): groups.list_invitations,
    ("GET", "/profiles"): people.list_profiles,
    ("GET", "/profiles/search"): people.list_profiles,
    ("POST", "/profiles/search"): people.search_profiles,
    ("GET", "/edges"): people.list_edges,
    ("GET", "/edges/count"): people.count_edges,
    ("GET", "/tags"): people.list_tags,
    ("GET", "/venues"): people.list_venues,
    ("GET", "/tildeusername"): people.suggest_username,
    ("GET", "/messages"): people.list_messages,
    ("GET", "/pdf"): files.get_pdf,
    ("GET", "/attachment"): files.get_attachment,
    ("PUT", "/attachment"): files.put_attachment,
    ("GET", "/logs/process"): notes.list_process_logs,
}
V2: dict[tuple[str, str], Route] = {
    **OPEN,
    **SHARED,
    ("GET", "/notes"): notes.list_notes,
    ("GET", "/notes/search"): notes.search_notes,
    ("POST", "/notes/search"): notes.list_notes_by_id,
    ("GET", "/notes/edits"): notes.list_note_edits,
    ("POST", "/notes/edits"): edits.post_note_edit,
    ("POST", "/groups/edits"): edits.post_group_edit,
    ("POST", "/invitations/edits"): edits.post_invitation_edit,
    ("GET", "/messages/requests"): people.list_message_requests,
    ("POST", "/messages/requests"): people.send_message,
}
V1: dict[tuple[str, str], Route] = {
    **OPEN,
    **SHARED,
    ("GET", "/notes"): v1.list_notes,
    ("GET", "/references"): v1.list_references,
    ("POST", "/messages"): people.send_message,
}
HOSTS = {"v1": V1, "v2": V2}


def find_route(call: Call) -> Route:
    """Return the function for this request; an unknown path is OpenReview's 404."""
    if call.method == "DELETE" and call.path.startswith("/groups/members/cache/"):
        return lambda _: answer_json({"status": "ok"})
    route = HOSTS[call.host].get((call.method, call.path))
    if route is None:
        raise ApiError(404, "NotFoundError", f"Cannot {call.method} {call.path}")
    return route


def is_open(call: Call) -> bool:
    """Tell whether the route needs no token."""
    return (call.method, call.path) in OPEN
