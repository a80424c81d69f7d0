"""The paper table, for organizers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from papers.access import DECIDERS, READERS, reach_workshop
from papers.models import Workshop
from papers.paper_table.controls import OpenedTable, list_chips, list_choices, list_groupings, list_heads, open_table
from papers.paper_table.pages import TablePage, read_page
from papers.paper_table.states import TableState, read_columns
from papers.requests import PageRequest
from papers.score_figures import find_scale
from papers.search import SearchMistake
from papers.sight import Sight, find_sight


@require_GET
def show_papers(request: PageRequest, slug: str) -> HttpResponse:
    """Show the papers that the address asks for; further pages come alone when the table asks for them."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    opened = open_table(workshop, request.user, request.GET.dict())
    if "column" in request.GET:  # the form of the columns sends one value each; the address says them together
        columns = read_columns(",".join(request.GET.getlist("column")))
        return redirect(f"{request.path}{opened.state.show(columns).as_query()}")
    try:
        table = read_page(sight, opened.state, request.GET.get("page"))
    except SearchMistake as mistake:
        context = build_frame(workshop, sight, opened) | {"mistake": mistake}
        return render(request, "papers/paper_list.html", context, status=422)
    context = build_rows(sight, opened.state, table)
    is_more = bool(request.htmx) and "page" in request.GET
    if not is_more:
        context |= build_frame(workshop, sight, opened)
    response = render(request, "papers/paper_list.html#rows" if is_more else "papers/paper_list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def build_rows(sight: Sight, state: TableState, table: TablePage) -> dict[str, Any]:
    """Return what the rows of a page show."""
    return {
        "workshop": sight.workshop,
        "state": state,
        "table": table,
        "page_obj": table.page,
        "scale": find_scale(sight) if "scores" in state.columns else None,
        "may_decide": sight.workshop.role in DECIDERS,
    }


def build_frame(workshop: Workshop, sight: Sight, opened: OpenedTable) -> dict[str, Any]:
    """Return what stands around the rows."""
    return {
        "workshop": workshop,
        "opened": opened,
        "state": opened.state,
        "heads": list_heads(opened.state),
        "chips": list_chips(sight, opened.state),
        "choices": list_choices(opened.state),
        "groupings": list_groupings(opened.state),
        "may_decide": workshop.role in DECIDERS,
    }
