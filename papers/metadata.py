"""The metadata of a paper as it will be printed: read, confirmed by an author."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from papers.arrivals import Values, read_local
from papers.errors import Refusal
from papers.history import record_change
from papers.models import MetadataConfirmation, Paper, User, Workshop
from papers.speaking import refuse_voice

FIELDS = {"title": "Title", "authors": "Authors", "abstract": "Abstract", "keywords": "Keywords"}
# As what the history keeps a change of what an author confirms.
CHANGES = (*FIELDS, "orcid", "links", "topic", "contact mail")


def read_metadata(paper: Paper) -> Values:
    """Return title, authors in printed order, abstract, keywords as they stand."""
    local = read_local(paper)
    return {field: local[field] for field in FIELDS}


def read_details(paper: Paper) -> Values:
    """Return what only we hold: ORCID iDs and addresses in the order of authors, links by kind, the topic."""
    authors = list(paper.authors.all())
    return {
        "orcids": [author.orcid for author in authors],
        "contacts": [author.contact_email for author in authors],
        "links": {link.kind: link.url for link in paper.links.all()},
        "topic": paper.topic,
    }


def digest_metadata(paper: Paper) -> str:
    """Return the hash of what an author confirms."""
    text = json.dumps({**read_metadata(paper), **read_details(paper)}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def find_confirmation(paper: Paper) -> MetadataConfirmation | None:
    """Return the confirmation that still holds: nothing where none was given or something has changed since."""
    held: MetadataConfirmation | None = getattr(paper, "metadata_confirmation", None)
    return held if held and held.digest == digest_metadata(paper) else None


def list_outdated_confirmations(workshop: Workshop) -> list[int]:
    """Return the keys of the papers that an author confirmed as they no longer stand, in order.

    Only papers are read of which the history tells a change since: every change of what is confirmed leaves a line there.
    """
    doubtful = Paper.objects.filter(workshop=workshop).changed_since_confirmation(CHANGES)
    return [paper.pk for paper in doubtful if find_confirmation(paper) is None]


def confirm_metadata(paper: Paper, *, digest: str, by: User) -> MetadataConfirmation:
    """Put on record that `by` read what `digest` is of; refuses strangers, and when it has changed since they read it."""
    refuse_voice(paper, by=by)
    with transaction.atomic():
        held = Paper.objects.for_merge([paper.pk], is_locked=True)[paper.pk]
        if digest != digest_metadata(held):
            raise Refusal("The metadata has changed since you opened the page. Read it again, then confirm.", subject=paper)
        before = MetadataConfirmation.objects.filter(paper=paper).first()
        if before and before.digest == digest:
            return before
        confirmation = before or MetadataConfirmation(paper=paper)
        confirmation.digest, confirmation.by, confirmation.at = digest, by, timezone.now()
        confirmation.save()
        record_change(paper.workshop, "confirmed metadata", by=by, paper=paper, field="metadata", after=digest)
    return confirmation
