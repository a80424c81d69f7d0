"""What the metadata of a paper lacks that proceedings and programs print."""

from papers.models import Author, Paper
from papers.topics import find_topic, list_topics


def list_gaps(paper: Paper) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing; none of them keeps authors from confirming."""
    topics = list_topics(paper.workshop)
    of_paper = [
        "There is no abstract." if not paper.abstract.strip() else "",
        "There are no keywords." if not paper.keywords else "",
        "No topic of the call is chosen." if topics and not find_topic(paper, topics) else "",
    ]
    return tuple(sentence for sentence in [*of_paper, *map(_find_gap, paper.authors.all())] if sentence)


def _find_gap(author: Author) -> str:
    """Return what one author lacks; an ORCID iD is nobody's duty."""
    named = [place for place in author.institutions if place.get("name") or place.get("domain")]
    lacks = [
        "no affiliation" if not named else "",
        "an affiliation without its country" if named and not all(place.get("country") for place in named) else "",
        "no mail address" if not author.mail else "",
    ]
    told = " and ".join(part for part in lacks if part)
    return f"{author.name} has {told}." if told else ""
