"""Keeps views of the paper table under a name: one's own, or shared with every member."""

from django.db import IntegrityError, transaction

from papers.errors import Refusal
from papers.history import record_change
from papers.models import Role, SavedView, User, Workshop
from papers.paper_table.states import TableState

MOST_VIEWS = 100


def save_view(workshop: Workshop, *, name: str, state: TableState, is_shared: bool, by: User) -> SavedView:
    """Keep the state of the table under a name; refuses a name that this person uses already."""
    name = _clean_name(workshop, name)
    if SavedView.objects.filter(workshop=workshop, by=by).count() >= MOST_VIEWS:
        raise Refusal(f"You have {MOST_VIEWS} saved views in {workshop}; delete some first.", subject=workshop)
    with transaction.atomic():
        view = SavedView(workshop=workshop, by=by, name=name, state=state.as_values(), is_shared=is_shared)
        _save(view)
        record_change(workshop, "saved a view", by=by, field="view", after=_describe(view))
    return view


def rename_view(view: SavedView, *, name: str, is_shared: bool, by: User) -> SavedView:
    """Give a view another name, or another audience; refuses for whose view it is not."""
    _refuse_foreign(view, by)
    name = _clean_name(view.workshop, name)
    with transaction.atomic():
        before = _describe(view)
        view.name, view.is_shared = name, is_shared
        _save(view)
        record_change(view.workshop, "changed a view", by=by, field="view", before=before, after=_describe(view))
    return view


def update_view(view: SavedView, *, state: TableState, by: User) -> SavedView:
    """Let a view show what the table shows now; refuses for whose view it is not."""
    _refuse_foreign(view, by)
    with transaction.atomic():
        before = _describe(view)
        view.state = state.as_values()
        view.save()
        record_change(view.workshop, "changed a view", by=by, field="view", before=before, after=_describe(view))
    return view


def delete_view(view: SavedView, *, by: User) -> None:
    """Remove a view; its owner may, and whoever owns the workshop may remove a shared one."""
    owns_workshop = view.workshop.memberships.filter(user=by, role=Role.OWNER).exists()
    if view.by_id != by.pk and not (view.is_shared and owns_workshop):
        raise Refusal(f"“{view.name}” is {view.by}'s view; ask them, or an owner of the workshop, to remove it.", subject=view)
    with transaction.atomic():
        before = _describe(view)
        view.delete()
        record_change(view.workshop, "removed a view", by=by, field="view", before=before)


def _clean_name(workshop: Workshop, name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise Refusal("A view needs a name under which it is found again.", subject=workshop)
    return clean


def _refuse_foreign(view: SavedView, by: User) -> None:
    if view.by_id != by.pk:
        raise Refusal(f"“{view.name}” is {view.by}'s view; save yours under a name of your own.", subject=view)


def _save(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise Refusal(f"You have a view called “{view.name}” already; choose another name.", subject=view) from error


def _describe(view: SavedView) -> dict[str, object]:
    """Return what history tells of a view: of a private one no more than that there is one."""
    return {"name": view.name, "is_shared": view.is_shared, **view.state} if view.is_shared else {"is_shared": False}
