"""The papers before and after one, by number."""

from papers.models import Paper


def find_neighbors(paper: Paper) -> tuple[Paper | None, Paper | None]:
    """Return the previous and the next paper of the workshop by number; nothing at the ends or without a number."""
    if paper.number is None:
        return None, None
    others = Paper.objects.in_workshop(paper.workshop)
    return others.before_number(paper.number), others.after_number(paper.number)
