"""What the database itself refuses."""

import pytest
from django.db import IntegrityError

from papers.models import Workshop
from tests.factories import accept, make_paper, reject


def test_rejected_paper_has_no_presentation(workshop: Workshop) -> None:
    decision = reject(make_paper(workshop))
    decision.presentation = workshop.presentation_kinds.get(slug="oral")
    with pytest.raises(IntegrityError, match="decision_reject_has_no_place"):
        decision.save()


def test_listing_holds_only_accepted_and_released(workshop: Workshop) -> None:
    poster, oral, hidden, refused, gone = (make_paper(workshop) for _ in range(5))
    accept(poster, "poster", is_released=True)
    accept(oral, "oral", is_released=True)
    accept(hidden, "oral")
    reject(refused, is_released=True)
    accept(gone, "oral", is_released=True)
    gone.standing = "withdrawn"
    gone.save()
    assert list(workshop.papers.for_listing()) == [oral, poster]
