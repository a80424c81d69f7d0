"""What authors confirm: read once, asked again after a change."""

import pytest

from papers.editing import edit_paper
from papers.errors import Refusal
from papers.metadata import confirm_metadata, digest_metadata, find_confirmation
from papers.models import HistoryLine, MetadataConfirmation, Paper, User, Workshop
from tests.papers.handed_in import make_owing_paper


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    return make_owing_paper(workshop, ada, by=olga, title="Counted Things", authors=("Ada Author", "Bob Builder"))


def read(paper: Paper) -> Paper:
    return Paper.objects.get(pk=paper.pk)


def test_confirmation_holds_until_something_changes(paper: Paper, ada: User, olga: User) -> None:
    assert find_confirmation(paper) is None
    digest = digest_metadata(paper)
    confirm_metadata(paper, digest=digest, by=ada)
    confirm_metadata(read(paper), digest=digest, by=ada)
    held = find_confirmation(read(paper))
    assert held is not None
    assert (held.by, held.digest) == (ada, digest)
    assert HistoryLine.objects.filter(paper=paper, action="confirmed metadata").count() == 1
    edit_paper(paper, field="authors", value=["Bob Builder", "Ada Author"], by=olga)
    assert find_confirmation(read(paper)) is None
    confirm_metadata(read(paper), digest=digest_metadata(read(paper)), by=ada)
    assert find_confirmation(read(paper)) == MetadataConfirmation.objects.get(paper=paper)


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_what_was_not_read_is_not_confirmed(paper: Paper, ada: User, digest: str) -> None:
    with pytest.raises(Refusal, match=r"^The metadata has changed since you opened the page\. Read it again, then confirm\.$"):
        confirm_metadata(paper, digest=digest, by=ada)
    assert not MetadataConfirmation.objects.exists()
