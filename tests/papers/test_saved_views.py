"""Views of the paper table that people keep."""

from collections.abc import Callable

import pytest

from papers import saved_views
from papers.errors import Refusal
from papers.models import HistoryLine, Role, SavedView, User, Workshop
from papers.paper_table.controls import open_table
from papers.paper_table.states import TableState, read_state
from papers.saved_views import delete_view, rename_view, save_view, update_view
from tests.factories import join_workshop, make_user, make_workshop

STATE = read_state({"q": "dec:none", "columns": "title,mean", "sort": "-mean", "group": "track"})


@pytest.fixture
def mats(workshop: Workshop) -> User:
    user = make_user("mats@example.org", name="Mats Member")
    join_workshop(user, workshop)
    return user


def list_history(workshop: Workshop) -> list[tuple[str, object, object]]:
    return list(HistoryLine.objects.filter(workshop=workshop).order_by("pk").values_list("action", "before", "after"))


def test_view_is_kept_and_opened(workshop: Workshop, olga: User) -> None:
    view = save_view(workshop, name="  To  settle ", state=STATE, is_shared=True, by=olga)
    opened = open_table(workshop, olga, {"view": str(view.pk)})
    assert (view.name, opened.view, opened.state, opened.is_changed) == (
        "To settle",
        view,
        read_state(STATE.as_values(), view=view.pk),
        False,
    )
    assert list_history(workshop) == [("saved a view", None, {"name": "To settle", "is_shared": True, **STATE.as_values()})]


def test_address_changes_what_a_view_shows(workshop: Workshop, olga: User) -> None:
    view = save_view(workshop, name="Mine", state=STATE, is_shared=False, by=olga)
    opened = open_table(workshop, olga, {"view": str(view.pk), "q": "", "sort": "title"})
    expected = TableState(q="", columns=("title", "mean"), sorts=(("title", False),), group="track", view=view.pk)
    assert (opened.state, opened.is_changed) == (expected, True)


@pytest.mark.parametrize("key", ["999", "nonsense", "1 or 1", "²"])
def test_view_that_is_not_there_is_said(workshop: Workshop, olga: User, key: str) -> None:
    opened = open_table(workshop, olga, {"view": key, "q": "dec:none"})
    assert opened.state == TableState(q="dec:none")
    assert opened.trouble == "This view was removed, or is not shared with you. The table shows what the rest of the address asks for."


def test_private_view_is_nobody_elses(workshop: Workshop, olga: User, mats: User) -> None:
    private = save_view(workshop, name="Private", state=STATE, is_shared=False, by=olga)
    shared = save_view(workshop, name="Shared", state=STATE, is_shared=True, by=olga)
    assert list(SavedView.objects.seen_by(mats, workshop)) == [shared]
    assert list(SavedView.objects.seen_by(olga, workshop)) == [private, shared]
    assert open_table(workshop, mats, {"view": str(private.pk)}).view is None
    assert list_history(workshop)[0] == ("saved a view", None, {"is_shared": False})


def test_view_of_another_workshop_is_not_seen(workshop: Workshop, olga: User) -> None:
    other = make_workshop("other26")
    join_workshop(olga, other)
    save_view(other, name="Elsewhere", state=STATE, is_shared=True, by=olga)
    assert list(SavedView.objects.seen_by(olga, workshop)) == []


def test_name_is_used_once(workshop: Workshop, olga: User, mats: User) -> None:
    first = save_view(workshop, name="Mine", state=STATE, is_shared=False, by=olga)
    save_view(workshop, name="Mine", state=STATE, is_shared=False, by=mats)
    second = save_view(workshop, name="Other", state=STATE, is_shared=False, by=olga)
    acts: tuple[Callable[[], object], ...] = (
        lambda: save_view(workshop, name="Mine", state=STATE, is_shared=False, by=olga),
        lambda: rename_view(second, name="Mine", is_shared=False, by=olga),
    )
    for act in acts:
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.sentence == "You have a view called “Mine” already; choose another name."
    assert sorted(SavedView.objects.filter(by=olga).values_list("pk", "name")) == [(first.pk, "Mine"), (second.pk, "Other")]


def test_name_must_say_something(workshop: Workshop, olga: User) -> None:
    with pytest.raises(Refusal) as refusal:
        save_view(workshop, name=" \n ", state=STATE, is_shared=False, by=olga)
    assert refusal.value.sentence == "A view needs a name under which it is found again."


def test_views_are_limited(workshop: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    save_view(workshop, name="One", state=STATE, is_shared=False, by=olga)
    with pytest.raises(Refusal) as refusal:
        save_view(workshop, name="Two", state=STATE, is_shared=False, by=olga)
    assert refusal.value.sentence == "You have 1 saved views in Counted 2026; delete some first."


def test_own_view_is_changed(workshop: Workshop, olga: User) -> None:
    view = save_view(workshop, name="Mine", state=TableState(), is_shared=True, by=olga)
    update_view(view, state=STATE, by=olga)
    rename_view(view, name="Ours", is_shared=False, by=olga)
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.state) == ("Ours", False, STATE.as_values())
    assert [action for action, _, _ in list_history(workshop)] == ["saved a view", "changed a view", "changed a view"]


def test_foreign_view_is_not_changed(workshop: Workshop, olga: User, mats: User) -> None:
    view = save_view(workshop, name="Ours", state=STATE, is_shared=True, by=olga)
    acts: tuple[Callable[[], object], ...] = (
        lambda: update_view(view, state=TableState(), by=mats),
        lambda: rename_view(view, name="Theirs", is_shared=True, by=mats),
    )
    for act in acts:
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.sentence == "“Ours” is Olga Organizer's view; save yours under a name of your own."
    with pytest.raises(Refusal) as refusal:
        delete_view(view, by=mats)
    assert refusal.value.sentence == "“Ours” is Olga Organizer's view; ask them, or an owner of the workshop, to remove it."
    view.refresh_from_db()
    assert (view.name, view.state) == ("Ours", STATE.as_values())


def test_owner_removes_shared_views_only(workshop: Workshop, olga: User) -> None:
    owner = make_user("owen@example.org")
    join_workshop(owner, workshop, Role.OWNER)
    shared = save_view(workshop, name="Shared", state=STATE, is_shared=True, by=olga)
    private = save_view(workshop, name="Private", state=STATE, is_shared=False, by=olga)
    delete_view(shared, by=owner)
    with pytest.raises(Refusal):
        delete_view(private, by=owner)
    delete_view(private, by=olga)
    assert not SavedView.objects.exists()
    assert list_history(workshop)[-2:] == [
        ("removed a view", {"name": "Shared", "is_shared": True, **STATE.as_values()}, None),
        ("removed a view", {"is_shared": False}, None),
    ]
