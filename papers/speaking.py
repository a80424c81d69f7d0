"""Who speaks for an accepted paper: its proven authors, from the release of the decision on."""

from papers.errors import Refusal
from papers.models import Author, AuthorClaim, Paper, User
from papers.naming import begin_with_paper, name_paper
from papers.owed_files import is_asked_for_files


def refuse_voice(paper: Paper, *, by: User) -> None:
    """Refuse who is no proven author of the paper, and a paper of which nothing is asked.

    Both sound the same before and after an unreleased decision.
    """
    if not AuthorClaim.objects.filter(paper=paper, user=by).exists():
        raise Refusal(f"Only its authors speak for {name_paper(paper)}.", subject=paper)
    if not is_asked_for_files(paper):
        raise Refusal(f"{begin_with_paper(paper)} owes nothing: authors are asked once a paper is accepted and they know.", subject=paper)


def refuse_foreign_author(paper: Paper, author: Author) -> None:
    """Refuse an author of another paper."""
    if author.paper_id != paper.pk:
        raise Refusal(f"{author.name} is not an author of {name_paper(paper)}.", subject=paper)


def list_known_authors(paper: Paper) -> frozenset[int]:
    """Return the keys of the authors who have signed in and are known as themselves."""
    return frozenset(AuthorClaim.objects.filter(paper=paper, author__isnull=False).values_list("author_id", flat=True))


def find_own_author(paper: Paper, user: User) -> int | None:
    """Return the key of the author who `user` is on the paper, where that is known."""
    return AuthorClaim.objects.filter(paper=paper, user=user).values_list("author_id", flat=True).first()
