"""Makes templates, papers with addresses, and mailings for tests of letters."""

from typing import Any

from papers.letters.checking import check_template
from papers.letters.mailings import queue_mailing
from papers.letters.templates import Draft, write_template
from papers.models import Job, LetterTemplate, Mailing, Paper, User, Workshop
from papers.sight import Sight, find_sight
from tests.factories import accept, make_paper

BODY = "Dear {{ recipient.name }},\n\nyour paper “{{ paper.title }}” was accepted as {{ paper.presentation }}.\n"


def make_lettered_paper(workshop: Workshop, *, number: int, authors: int = 1, presentation: str = "poster", **fields: Any) -> Paper:
    """Make an accepted, released paper whose authors have addresses such as a1.12@example.org."""
    names = tuple(f"Author{position} Paper{number}" for position in range(1, authors + 1))
    paper = make_paper(workshop, number=number, title=f"Title {number}", authors=names, note_id=f"note{number}", **fields)
    for author in paper.authors.all():
        author.email = f"a{author.position}.{number}@example.org"
        author.save()
    accept(paper, presentation, is_released=True)
    return paper


def make_template(workshop: Workshop, by: User, **words: Any) -> LetterTemplate:
    """Write a template through the stage."""
    draft = Draft(**{"name": "Accepted", "subject": "Paper {{ paper.number }}", "body": BODY, "query": "dec:accept", **words})
    return write_template(workshop, draft, sight=find_sight(workshop, by), by=by)


def queue(template: LetterTemplate, by: User, *, nonce: str = "", sight: Sight | None = None, **options: Any) -> Mailing:
    """Check and queue as the page does."""
    sight = sight or find_sight(template.workshop, by)
    shown = {name: options[name] for name in ("route", "skips_repeats") if name in options}
    check = check_template(template, sight=sight, **shown)
    return queue_mailing(template, sight=sight, digest=check.digest, nonce=nonce, by=by, **options)


def find_job(workshop: Workshop) -> Job:
    """Return the newest job that sends."""
    return Job.objects.filter(workshop=workshop, kind__startswith="send-").latest("pk")


def list_states(mailing: Mailing) -> dict[str, str]:
    """Return the state of each letter by address."""
    return dict(mailing.letters.order_by("pk").values_list("address", "state"))


def tell_result(workshop: Workshop) -> str:
    """Return what the newest job that sends says of itself when it is over."""
    result = find_job(workshop).result
    assert result is not None
    return str(result["sentence"])
