"""How sentences call a paper."""

from papers.models import Paper


def name_paper(paper: Paper) -> str:
    """Return how the middle of a sentence calls a paper: paper 12, or by its title where it has no number."""
    return f"paper {paper.number}" if paper.number is not None else f"the paper “{paper.title[:60]}”"


def begin_with_paper(paper: Paper) -> str:
    """Return how a sentence begins with a paper; its title keeps its letters."""
    name = name_paper(paper)
    return name[0].upper() + name[1:]
