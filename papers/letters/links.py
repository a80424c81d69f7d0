"""Links that open something: sealed while a letter waits, filled in as it leaves, kept nowhere."""

from papers.models import Letter
from papers.sealing import unseal

LINK_PLACE = "[the personal link]"


def fill_link(letter: Letter) -> str:
    """Return the body with its link; refuses when the secret key has changed since it was sealed."""
    return letter.body.replace(LINK_PLACE, unseal(letter.sealed_link)) if letter.sealed_link else letter.body


def lacks_link(letter: Letter) -> bool:
    """Tell whether the body has a place for a link that is not there any more."""
    return LINK_PLACE in letter.body and letter.paper_id is None and not letter.sealed_link
