"""Templates of letters: written, copied, ordered, and those that a workshop starts with."""

import datetime as dt
from typing import Any

import pytest

from papers.errors import Refusal, Refusals
from papers.letters.checking import Check, check_template
from papers.letters.templates import (
    Draft,
    delete_template,
    describe_template,
    duplicate_template,
    make_starting_templates,
    mark_template,
    move_template,
    write_template,
)
from papers.models import (
    Award,
    Decision,
    ImportantDate,
    LetterTemplate,
    Mailing,
    User,
    Workshop,
)
from papers.sight import find_sight
from tests.factories import make_paper, reject
from tests.papers.letter_making import make_lettered_paper, make_template

pytestmark = pytest.mark.django_db


def look_over(template: LetterTemplate, by: User, **options: Any) -> Check:
    return check_template(template, sight=find_sight(template.workshop, by), **options)


def tell_concerns(check: Check) -> list[str]:
    return [concern.sentence for concern in check.concerns]


def test_template_is_kept_with_its_history(workshop: Workshop, olga: User) -> None:
    template = make_template(workshop, olga, name=" Accepted\n ", subject="A\nB", body="x\r\ny\x00")
    assert (template.name, template.subject, template.body, template.position) == ("Accepted", "A B", "x\ny", 1)
    draft = describe_template(template)
    write_template(workshop, draft, template=template, sight=find_sight(workshop, olga), by=olga)
    changed = Draft(draft.name, "New", draft.body, draft.query)
    write_template(workshop, changed, template=template, seen=mark_template(template), sight=find_sight(workshop, olga), by=olga)
    lines = workshop.history.order_by("pk").values_list("action", "before", "after")
    assert [(action, before and before["subject"], after and after["subject"]) for action, before, after in lines] == [
        ("wrote letter", None, "A B"),
        ("wrote letter", "A B", "New"),
    ]


def test_template_with_mistakes_is_refused(workshop: Workshop, olga: User) -> None:
    with pytest.raises(Refusals) as caught:
        make_template(workshop, olga, subject=" ", body="{{ paper.titel }} {{ reviews }}", query="dec:perhaps")
    assert (caught.value.sentence, caught.value.reasons[:3]) == (
        "This letter can't be kept as it is.",
        [
            "Write a subject.",
            "Line 1, column 4: paper.titel is no field. Did you mean paper.title?",
            "The field reviews is printed, but reviews are not allowed in this letter; tick “Authors get their reviews”.",
        ],
    )
    assert "perhaps" in caught.value.reasons[3]
    with pytest.raises(Refusals, match="can't be kept") as caught:
        make_template(workshop, olga, subject="{{ reviews }}", body=" ", quotes_reviews=True)
    assert caught.value.reasons == ["Reviews can't stand in a subject.", "Write the letter."]


def test_name_is_taken_once(workshop: Workshop, olga: User) -> None:
    make_template(workshop, olga)
    with pytest.raises(Refusal, match="There is a letter “accepted” already; give this one another name"):
        make_template(workshop, olga, name="accepted")


def test_words_that_somebody_changed_meanwhile_are_not_overwritten(workshop: Workshop, olga: User) -> None:
    template = make_template(workshop, olga)
    seen = mark_template(template)
    sight = find_sight(workshop, olga)
    write_template(workshop, Draft("Accepted", "Theirs", "x"), template=template, seen=seen, sight=sight, by=olga)
    with pytest.raises(Refusal, match="Somebody changed “Accepted” while you wrote"):
        write_template(workshop, Draft("Accepted", "Mine", "x"), template=template, seen=seen, sight=sight, by=olga)
    assert workshop.letter_templates.get().subject == "Theirs"


def test_templates_are_copied_ordered_and_deleted(workshop: Workshop, olga: User) -> None:
    one, two = make_template(workshop, olga, name="One"), make_template(workshop, olga, name="Two")
    copies = [duplicate_template(one, by=olga).name, duplicate_template(one, by=olga).name]
    assert copies == ["One (copy)", "One (copy 2)"]
    move_template(two, is_up=True, by=olga)
    move_template(two, is_up=True, by=olga)
    move_template(workshop.letter_templates.get(name="One"), is_up=False, by=olga)
    assert list(workshop.letter_templates.values_list("name", flat=True)) == ["Two", "One (copy)", "One", "One (copy 2)"]
    mailing = Mailing.objects.create(workshop=workshop, template=two, name="Two", subject="s", body="b")
    delete_template(two, by=olga)
    mailing.refresh_from_db()
    assert (mailing.template, workshop.history.latest("pk").action) == (None, "deleted letter")


def test_starting_letters_reach_every_decided_paper_once(workshop: Workshop, olga: User) -> None:
    award = Award.objects.create(
        workshop=workshop, slug="best", name="Best Paper", presentation=workshop.presentation_kinds.get(slug="oral")
    )
    ImportantDate.objects.create(workshop=workshop, kind="camera-ready", name="CR", at=dt.datetime(2026, 4, 11, 7, tzinfo=dt.UTC))
    made = make_starting_templates(workshop, by=olga)
    assert [(template.name, template.query) for template in made] == [
        ("Accepted: Oral", "pres:oral award:none -track:short"),
        ("Accepted: Poster", "pres:poster award:none -track:short"),
        ("Accepted: Short papers", "dec:accept award:none track:short"),
        ("Award", "award:any"),
        ("Rejected", "dec:reject"),
    ]
    make_lettered_paper(workshop, number=1, presentation="oral")
    make_lettered_paper(workshop, number=2)
    make_lettered_paper(workshop, number=3, track=workshop.tracks.get(slug="short"))
    winner = make_lettered_paper(workshop, number=4, presentation="oral")
    Decision.objects.filter(paper=winner).update(award=award)
    lost = make_paper(workshop, number=5, authors=("Lost Author",))
    lost.authors.update(email="lost@example.org")
    reject(lost, is_released=True)
    reached = {template.name: [row.recipient.paper.number for row in look_over(template, olga).letters] for template in made}
    assert reached == {"Accepted: Oral": [1], "Accepted: Poster": [2], "Accepted: Short papers": [3], "Award": [4], "Rejected": [5]}
    assert [tell_concerns(look_over(template, olga)) for template in made] == [[]] * 5
    with pytest.raises(Refusal, match="All starting letters are here already"):
        make_starting_templates(workshop, by=olga)


def test_starting_letter_reads_well(workshop: Workshop, olga: User) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(place="Nashville", conference="CVPR 2026", contact_email="chairs@example.org")
    workshop.refresh_from_db()
    at = dt.datetime(2026, 4, 11, 6, 59, tzinfo=dt.UTC)
    ImportantDate.objects.create(workshop=workshop, kind="camera-ready", name="CR", at=at, zone="America/Los_Angeles")
    paper = make_lettered_paper(workshop, number=2, authors=2)
    make_starting_templates(workshop, by=olga)
    row = look_over(workshop.letter_templates.get(name="Accepted: Poster"), olga).letters[0]
    assert (row.subject, row.empty) == ("[Counted 2026] Your paper was accepted (paper 2)", ())
    assert (
        row.body
        == f"""Dear Author1 Paper2,

We are glad to tell you that your paper was accepted at Workshop on Counted Things as a poster:

  Title 2
  Author1 Paper2 and Author2 Paper2 (paper 2)

The workshop takes place in Nashville on Jun 17, 2026, together with CVPR 2026.

You may have your paper printed in the proceedings; please tell us whether you want that.

We need the camera-ready version by Apr 10, 2026, 11:59 PM PDT (Apr 10, 2026, 6:59 PM AoE). It may have up to 8 pages without references.

What is left to do, and where your paper stands, is on its page:
http://127.0.0.1:8000/w/counted26/me/papers/{paper.pk}/

Questions reach us at chairs@example.org.

The organizers of Counted 2026
"""
    )
