"""What is secret stays so: pages, feeds and exports as every role, before and after the release."""

import pytest

from tests.access.world import EVER_SECRET, OUR_NAMES, SECRET_BEFORE, SETTINGS, World, release, visit


@pytest.mark.parametrize("role", ["stranger", "eve", "author", "publisher"])
def test_nothing_leaks(world: World, role: str) -> None:
    own = {"Accepted Leak", "Ada Accepted"} if role == "author" else {"Secret Talk"} if role == "publisher" else set()
    for moment, secrets in (("before", (*EVER_SECRET, *SECRET_BEFORE)), ("after", EVER_SECRET)):
        if moment == "after":
            release(world)
        for name in OUR_NAMES:
            if name.startswith(SETTINGS):
                continue
            page = visit(world, name, role).content.decode(errors="replace")
            assert [secret for secret in secrets if secret in page and secret not in own] == [], (moment, name)


@pytest.mark.parametrize(
    "name", ["papers-json", "papers-csv", "papers-bibtex", "accepted-markdown", "schedule-html", "schedule-ics", "schedule-markdown"]
)
def test_no_export_leaks_even_to_the_owner(world: World, name: str) -> None:
    world.arguments["export"] = [world.workshop.slug, name]
    before = visit(world, "export", "owner").content.decode()
    assert [secret for secret in (*EVER_SECRET, *SECRET_BEFORE) if secret in before] == []
    release(world)
    after = visit(world, "export", "owner").content.decode()
    assert [secret for secret in EVER_SECRET if secret in after] == []
    assert [secret for secret in ("Accepted Leak", "Secret Talk") if secret in after] != []
