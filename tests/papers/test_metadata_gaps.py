"""What metadata lack."""

from papers.metadata_gaps import list_gaps
from papers.models import Topic, Workshop
from papers.topics import find_topic, list_topics
from tests.factories import make_paper


def test_everything_that_print_needs_is_named(workshop: Workshop) -> None:
    Topic.objects.create(workshop=workshop, position=1, text="Counting  things")
    paper = make_paper(workshop, authors=("Ada Author", "Bob Builder"))
    paper.authors.filter(position=2).update(institutions=[{"name": "Yard"}, {"domain": "dock.example", "country": "NO"}], email="bob@e.org")
    assert list_gaps(paper) == (
        "There is no abstract.",
        "There are no keywords.",
        "No topic of the call is chosen.",
        "Ada Author has no affiliation and no mail address.",
        "Bob Builder has an affiliation without its country.",
    )


def test_complete_metadata_lack_nothing(workshop: Workshop) -> None:
    paper = make_paper(workshop, abstract="Words.", keywords=["one"])
    paper.authors.update(institutions=[{"name": "Yard", "country": "NO"}], email="a**@example.org", contact_email="ada@example.org")
    assert list_gaps(paper) == ()


def test_topic_is_what_authors_chose_or_what_the_form_said_where_the_call_names_it(workshop: Workshop) -> None:
    Topic.objects.create(workshop=workshop, position=1, text="Counting  Things")
    topics = list_topics(workshop)
    assert topics == ["Counting Things"]
    told = [
        find_topic(make_paper(workshop, extras=extras, topic=topic), topics)
        for extras, topic in (
            ({"primary_area": {"value": ["Sorting", "counting things"]}}, ""),
            ({"primary_area": "Sorting"}, ""),
            ({"remarks": "Counting Things"}, ""),
            ({"topics": ["Counting Things"]}, "Sorting"),
        )
    ]
    assert told == ["Counting Things", "", "", "Sorting"]
