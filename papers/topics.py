"""The topic of a paper: one of those that its workshop's call names."""

from papers.arrivals import list_said_topics
from papers.models import Paper, Workshop
from papers.texts import clean_line, fold_text


def list_topics(workshop: Workshop) -> list[str]:
    """Return the workshop's own topics in printed order."""
    return [clean_line(topic.text) for topic in workshop.topics.all()]


def find_topic(paper: Paper, topics: list[str]) -> str:
    """Return what its authors chose, else what they said in OpenReview's form where that is one of `topics`, else nothing."""
    if paper.topic:
        return paper.topic
    known = {fold_text(topic): topic for topic in topics}
    return next((known[fold_text(said)] for said in list_said_topics(paper.extras) if fold_text(said) in known), "")
