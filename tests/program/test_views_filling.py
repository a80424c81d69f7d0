"""The solver's page: begun, watched, given up on, taken over."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import Role, Workshop
from program.filling.asked import FillRequest
from program.filling.runs import begin_fill, keep_run, solve_run
from program.models import FillRules, FillRun
from program.solver.days.rules import RULES, SOFT_RULES
from tests.factories import join_workshop, make_user
from tests.program.filling.drafts import list_places, make_conference, make_olga, play

pytestmark = pytest.mark.django_db
ASKED = {"mode": "papers", "scope": "free", "seconds": "1", "seed": "1"}
WEIGHTS = {f"weight-{name}": str(RULES[name].weight) for name in SOFT_RULES}


@pytest.fixture
def workshop() -> Workshop:
    return make_conference()


@pytest.fixture
def olga(workshop: Workshop) -> Client:
    client = Client()
    client.force_login(make_olga(workshop))
    return client


def fill(workshop: Workshop) -> FillRun:
    return solve_run(keep_run(workshop, FillRequest(seconds=1), by=None), should_stop=lambda: True)


def test_a_search_is_begun_and_shown(workshop: Workshop, olga: Client) -> None:
    response = olga.post(reverse("begin-fill", args=["things"]), ASKED, follow=True)
    assert response.redirect_chain == [("/w/things/schedule/solver/", 302)]
    assert "Searching" in response.content.decode()
    assert 'hx-trigger="every 1s"' in olga.get(reverse("solver", args=["things"]), headers={"HX-Request": "true"}).content.decode()


def test_what_cannot_be_asked_is_said_at_the_form(workshop: Workshop, olga: Client) -> None:
    response = olga.post(reverse("begin-fill", args=["things"]), {**ASKED, "seconds": "9999"})
    assert (response.status_code, workshop.fill_runs.count()) == (422, 0)
    assert "less than or equal to 600" in response.content.decode()


def test_what_was_found_is_shown_and_taken_over(workshop: Workshop, olga: Client) -> None:
    run = fill(workshop)
    page = olga.get(reverse("solver", args=["things"])).content.decode()
    assert "7 placed" in page
    assert "Oral 3" in page
    response = olga.post(reverse("take-fill", args=["things", run.pk]))
    assert (response.status_code, len(list_places(workshop))) == (302, 7)
    again = olga.get(reverse("solver", args=["things"])).content.decode()
    assert "Taken over" in again


def test_a_contradiction_has_a_button_for_each_rule(workshop: Workshop, olga: Client) -> None:
    for uid in ("beside", "late"):
        play(workshop, {"move": "remove-session", "session": uid})
    FillRules.objects.create(workshop=workshop, minutes={"oral": 15})
    fill(workshop)
    page = olga.get(reverse("solver", args=["things"])).content.decode()
    assert "No such schedule exists" in page
    assert "“Early” lasts 30 min." in page
    assert page.count("Leave it out") == 3
    olga.post(reverse("relax-rule", args=["things"]), {"rule": "fits", "whom": "early"})
    assert FillRules.objects.get().relaxed == [["fits", "early"]]
    assert "“Early”: let it run over" in olga.get(reverse("solver", args=["things"])).content.decode()
    olga.post(reverse("hold-rule", args=["things"]), {"rule": "fits", "whom": "early"})
    assert FillRules.objects.get().relaxed == []


def test_a_search_is_stopped(workshop: Workshop, olga: Client) -> None:
    run = begin_fill(workshop, FillRequest(seconds=1), by=None)
    assert olga.post(reverse("stop-fill", args=["things", run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.ended_at is not None


def test_rules_are_kept_or_refused(workshop: Workshop, olga: Client) -> None:
    address = reverse("solver-rules", args=["things"])
    assert olga.post(address, {**WEIGHTS, "weight-cohesion": "9", "minutes-oral": "12", "wishes": "1, 50"}).status_code == 302
    rules = FillRules.objects.get()
    assert (rules.weights, rules.minutes, rules.wishes) == ({"cohesion": 9}, {"oral": 12}, "1, 50")
    assert olga.post(address, {**WEIGHTS, "weight-cohesion": "-1"}).status_code == 422
    refused = olga.post(address, {**WEIGHTS, "wishes": "99"}, follow=True).content.decode()
    assert "Line 1: there is no accepted paper 99." in refused
    assert FillRules.objects.get().wishes == "1, 50"


@pytest.mark.parametrize("name", ["solver", "begin-fill", "solver-rules", "relax-rule", "hold-rule"])
def test_strangers_and_assistants_find_nothing(workshop: Workshop, name: str) -> None:
    assistant = make_user("sam@example.org")
    join_workshop(assistant, workshop, Role.ASSISTANT)
    for person in (make_user("eve@example.org"), assistant):
        client = Client()
        client.force_login(person)
        address = reverse(name, args=["things"])
        assert (client.get(address) if name == "solver" else client.post(address)).status_code == 404


def test_runs_of_another_workshop_are_not_there(workshop: Workshop, olga: Client) -> None:
    run = fill(workshop)
    workshop.slug = "others"
    workshop.save(update_fields=["slug"])
    for name in ("stop-fill", "take-fill"):
        assert olga.post(reverse(name, args=["things", run.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_one_run_as_for_three(
    workshop: Workshop, olga: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        fill(workshop)
    olga.get(reverse("solver", args=["things"]))
    with django_assert_num_queries(20):
        olga.get(reverse("solver", args=["things"]))
