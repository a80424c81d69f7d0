"""Sends mail through OpenReview, which knows the addresses that it hides."""

import hashlib
from collections.abc import Sequence

from papers.errors import ChangedShape, NotPermitted, NotThere, Rejected, SignInNeeded
from papers.openreview.client import Connection
from papers.openreview.offices import Offices

MOST_RECIPIENTS = 100
LONGEST_SUBJECT = 250
LONGEST_BODY = 100_000


class LookUpRefused(NotPermitted):
    """OpenReview does not tell this account what it was asked to send, so nobody can say whether a message went out."""


def send_through_openreview(
    connection: Connection, *, offices: Offices, recipients: Sequence[str], subject: str, body: str, key: str, is_retry: bool = False
) -> str:
    """Ask OpenReview to mail `recipients`, groups or profiles of the venue; return the id of its message request.

    `body` is Markdown, in which OpenReview fills {{fullname}} for each recipient. `key` names this one message for ever: the
    mail ends with a short mark of it, by which a repeated call finds what an earlier one has sent. Give `is_retry` when an
    earlier call with the key may have reached OpenReview: then the request that bears the mark is looked up first and its id
    returned, nothing is sent twice, and `LookUpRefused` is raised where OpenReview does not show it to this account.

    One call is one mail to everybody named, so a flood is refused: at most a hundred recipients, a subject and a text.
    After a lost answer (any `OtherSideFailed` but Rejected, NotPermitted, NotThere, Throttled) call again with `is_retry`.
    """
    _refuse_flood(recipients, subject, body)
    mark = make_mark(key)
    if is_retry:
        found = find_sent_message(connection, offices=offices, key=key)
        if found:
            return found
    answer = connection.write(
        "/messages/requests",
        {
            "groups": list(dict.fromkeys(recipients)),
            "subject": subject,
            "message": f"{body.rstrip()}\n\n{mark}\n",
            "invitation": offices.meta_invitation_id,
            "signature": offices.venue_id,
        },
    )
    message_id = answer.get("id")
    if not isinstance(message_id, str) or not message_id:
        raise ChangedShape("OpenReview took the message and named no id for it; look in OpenReview whether it was sent.")
    return message_id


def find_sent_message(connection: Connection, *, offices: Offices, key: str) -> str:
    """Return the id of the message request that bears the mark of `key`, or nothing when OpenReview shows none.

    OpenReview shows an account its own requests only, and documents neither for how long nor how many.
    """
    mark = make_mark(key)
    try:
        rows = connection.list_message_requests({"invitation": offices.meta_invitation_id})
    except SignInNeeded:
        raise
    except (NotPermitted, NotThere, ChangedShape) as refusal:
        raise LookUpRefused(
            f"OpenReview does not say what it was asked to send ({refusal.sentence.rstrip('.')}). "
            "Look there, under the venue's messages, before you send this one again."
        ) from refusal
    return next((str(row.get("id") or "") for row in rows if mark in str(row.get("message") or "")), "")


def make_mark(key: str) -> str:
    """Return the line at the end of a mail by which it is found again."""
    return f"Ref. {hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _refuse_flood(recipients: Sequence[str], subject: str, body: str) -> None:
    if not recipients:
        raise Rejected("This message has no recipients.")
    if len(set(recipients)) > MOST_RECIPIENTS:
        raise Rejected(f"This message has {len(set(recipients))} recipients; OpenReview gets at most {MOST_RECIPIENTS} in one.")
    if not subject.strip() or not body.strip():
        raise Rejected("A message needs a subject and a text.")
    if len(subject) > LONGEST_SUBJECT or "\n" in subject or "\r" in subject:
        raise Rejected(f"The subject must be one line of at most {LONGEST_SUBJECT} characters.")
    if len(body) > LONGEST_BODY:
        raise Rejected(f"The text is longer than {LONGEST_BODY} characters.")
