"""Papers that are ready for the proceedings, and what keeps them from it."""

import io
from typing import Any

from django.utils import timezone

from papers.camera_ready import approve_file, receive_file
from papers.claims import claim_for_user
from papers.metadata import confirm_metadata, digest_metadata
from papers.models import FileVersion, Paper, User, Workshop
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop
from tests.papers.handed_in import ask, make_content, make_zip

OLGA, ADA = "olga@example.org", "ada@example.org"


def make_asking_workshop(slug: str = "handed26", **fields: Any) -> tuple[Workshop, User, User]:
    """Make a workshop that asks for papers and takes supplements and forms, with Olga who organizes and Ada who writes."""
    workshop = make_workshop(slug, conference="CVPR 2026", **fields)
    ask(workshop, due_at=None)
    ask(workshop, "supplement", due_at=None, is_optional=True)
    ask(workshop, "form", due_at=None, is_optional=True, is_for_proceedings=True)
    olga, ada = make_user(OLGA), make_user(ADA)
    join_workshop(olga, workshop)
    return workshop, olga, ada


def make_chosen_paper(workshop: Workshop, ada: User, **fields: Any) -> Paper:
    """Make an accepted, released paper of Ada's that goes into the proceedings."""
    paper = make_paper(workshop, **{"wants_proceedings": True, **fields})
    accept(paper, is_released=True)
    claim_for_user(paper, paper.authors.get(position=1), ada, by=ada)
    return paper


def hand_in(paper: Paper, by: User, *, kind: str = "paper", content: bytes = b"", pages: int = 8) -> FileVersion:
    """Hand in a file whose checks found nothing."""
    content = content or make_content(paper.number or 0, 3000)
    version = receive_file(paper, kind=kind, content=io.BytesIO(content), name="a", by=by)
    FileVersion.objects.filter(pk=version.pk).update(checked_at=timezone.now(), facts={"pages": pages})
    return FileVersion.objects.with_all().get(pk=version.pk)


def hand_in_zip(paper: Paper, by: User) -> FileVersion:
    """Hand in a supplement as a ZIP."""
    return hand_in(paper, by, kind="supplement", content=make_zip({"a.txt": str(paper.number).encode()}))


def confirm(paper: Paper, by: User) -> None:
    """Confirm the metadata as it stands."""
    fresh = Paper.objects.for_merge([paper.pk])[paper.pk]
    confirm_metadata(fresh, digest=digest_metadata(fresh), by=by)


def make_ready_paper(workshop: Workshop, olga: User, ada: User, **fields: Any) -> Paper:
    """Make a paper that lacks nothing."""
    paper = make_chosen_paper(workshop, ada, **fields)
    approve_file(hand_in(paper, ada), by=olga)
    confirm(paper, ada)
    return paper
