"""What the paper page shows of the agreement with OpenReview."""

from typing import Any

from papers.agreement import find_agreement
from papers.models import Paper
from papers.sight import Sight


def build_agreement_panel(paper: Paper, sight: Sight) -> dict[str, Any]:
    """Return the panel's part of the page's context: nothing where there is no other side, or it is hidden from this person."""
    return {"agreement": find_agreement(paper, sight)}
