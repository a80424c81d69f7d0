"""Settings as a file in the browser; the next edition."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from papers.models import Membership, User, Workshop
from program.workshop_files import dump_workshop, load_workshop_file, normalize_workshop_file, parse_workshop_file
from tests.factories import join_workshop
from tests.program.workshop_files.examples import SMALL, change_small

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(olga: User) -> Workshop:
    workshop = load_workshop_file(parse_workshop_file(json.dumps(SMALL)), by=None).workshop
    assert workshop is not None
    join_workshop(olga, workshop)
    return workshop


@pytest.fixture
def page(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("things26.json", data, content_type="application/json")}


def test_download_is_the_normal_form(page: Client, things: Workshop) -> None:
    response = page.get(reverse("settings-download", args=[things.slug]))
    assert response.content == normalize_workshop_file(json.dumps(SMALL))
    assert response["Content-Disposition"] == 'attachment; filename="things26.json"'


def test_upload_shows_the_difference_then_applies_it(page: Client, things: Workshop, olga: User) -> None:
    response = page.post(reverse("settings-json", args=[things.slug]), upload(change_small("room", "Hall <7>")))
    assert [str(change) for change in response.context["changes"]] == ["room: added"]
    assert '<span class="is-added">+  &quot;room&quot;: &quot;Hall &lt;7&gt;&quot;,</span>' in response.content.decode()
    things.refresh_from_db()
    assert things.room == ""
    kept = {"text": response.context["text"], "compared": response.context["compared"]}
    applied = page.post(reverse("settings-apply", args=[things.slug]), kept, follow=True)
    assert [str(message) for message in applied.context["messages"]] == ["1 change applied."]
    things.refresh_from_db()
    assert things.room == "Hall <7>"
    assert things.history.filter(by=olga, field="room").count() == 1


def test_file_that_changes_nothing_says_so(page: Client, things: Workshop) -> None:
    response = page.post(reverse("settings-json", args=[things.slug]), upload(json.dumps(SMALL).encode("utf-8-sig")))
    assert (response.status_code, response.context["changes"]) == (200, ())
    assert "The file changes nothing" in response.content.decode()


def test_mistakes_of_a_file_are_all_shown(page: Client, things: Workshop) -> None:
    response = page.post(reverse("settings-json", args=[things.slug]), upload(b'{"slug": "a b", "zone": "PST"}'))
    assert response.status_code == 422
    assert [error.partition(":")[0] for error in response.context["form"].errors["file"]] == ["$.slug", "$", "$", "$", "$.zone"]


def test_file_of_another_workshop_is_not_taken(page: Client, things: Workshop) -> None:
    response = page.post(reverse("settings-json", args=[things.slug]), upload(change_small("slug", "things27")))
    assert (response.status_code, response.context["form"].errors["file"]) == (
        422,
        ["$.slug: this is the file of “things27”, not of “things26”."],
    )


def test_no_file_comes_back(page: Client, things: Workshop) -> None:
    assert page.post(reverse("settings-json", args=[things.slug])).status_code == 422


def test_file_is_not_applied_over_newer_settings(page: Client, things: Workshop) -> None:
    preview = page.post(reverse("settings-json", args=[things.slug]), upload(change_small("room", "Hall 7"))).context
    load_workshop_file(parse_workshop_file(change_small("room", "Hall 8")), by=None)
    kept = {"text": preview["text"], "compared": preview["compared"]}
    response = page.post(reverse("settings-apply", args=[things.slug]), kept)
    assert response.status_code == 422
    assert "Hall 8" in response.context["diff"]
    things.refresh_from_db()
    assert things.room == "Hall 8"


def test_broken_text_is_not_applied(page: Client, things: Workshop) -> None:
    before = dump_workshop(things)
    response = page.post(reverse("settings-apply", args=[things.slug]), {"text": "{", "compared": ""})
    assert response.status_code == 422
    assert dump_workshop(things) == before


@pytest.mark.parametrize("name", ["settings-json", "settings-apply", "settings-next-edition"])
def test_stranger_posts_into_nothing(client: Client, things: Workshop, eve: User, name: str) -> None:
    client.force_login(eve)
    assert client.post(reverse(name, args=[things.slug]), {"slug": "things27", "year": 2027}).status_code == 404
    assert not Workshop.objects.filter(slug="things27").exists()


def test_next_edition_is_started_and_its_leftovers_listed(page: Client, things: Workshop, olga: User) -> None:
    address = reverse("settings-next-edition", args=[things.slug])
    assert page.get(address).context["form"].initial == {"year": 2027}
    response = page.post(address, {"slug": "things27", "year": "2027"}, follow=True)
    assert response.redirect_chain == [(reverse("settings-leftovers", args=["things27"]), 302)]
    assert [leftover.place for leftover in response.context["leftovers"]][:2] == ["$.contact_email", "$.zone"]
    assert Membership.objects.get(user=olga, workshop__slug="things27").role == "owner"


def test_next_edition_without_a_slug_comes_back(page: Client, things: Workshop) -> None:
    response = page.post(reverse("settings-next-edition", args=[things.slug]), {"slug": "", "year": "27"})
    assert (response.status_code, sorted(response.context["form"].errors)) == (422, ["slug", "year"])


def test_taken_slug_is_refused(page: Client, things: Workshop) -> None:
    response = page.post(
        reverse("settings-next-edition", args=[things.slug]), {"slug": "things26", "year": "2027"}, headers={"hx-request": "true"}
    )
    assert response.status_code == 409
    assert "There is a workshop “things26” already; choose another slug." in response.content.decode()


def test_workshop_without_leftovers_says_so(page: Client, things: Workshop) -> None:
    Workshop.objects.filter(pk=things.pk).update(place="Denver, United States", contact_email="things@example.org", name="Things")
    response = page.get(reverse("settings-leftovers", args=[things.slug]))
    assert "Nothing is left over" in response.content.decode()
