"""Words that the paper table uses for its cells."""

import datetime as dt
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from papers.paper_table.columns import Column, tell_figure
from papers.paper_table.rows import Row
from papers.score_figures import TALL, RatingScale, draw_ratings

register = template.Library()

CONFLICT = SafeString('<span class="badge is-amber" title="You have a conflict of interest with this paper">Conflict</span>')


@register.simple_tag(takes_context=True)
def cell(context: template.Context, column: Column, row: Row) -> SafeString | str:
    """Write what a column tells of a paper; a sign of the conflict where the reader must not see it."""
    if column.is_hidden_in(row):
        return CONFLICT
    if not column.cell:
        value = column.read(row)
        return conditional_escape(", ".join(value) if isinstance(value, list) else "" if value is None else value)
    held: Any = context.render_context  # lives as long as the page is being made
    known: dict[str, Any] = held.setdefault("paper_table_cells", {})
    if column.cell not in known:
        partial: Any = get_template(f"papers/table_cells.html#{column.cell}")
        known[column.cell] = partial.template
    with context.push(row=row, paper=row.paper):
        return SafeString(known[column.cell].render(context).strip())


@register.simple_tag
def rating_picture(row: Row, scale: RatingScale | None) -> SafeString | str:
    """Write the ratings of one paper as bars on the scale that all papers share; the text beside them says the same."""
    if scale is None or not row.ratings:
        return ""
    words = f"{', '.join(tell_figure(rating) for rating in row.ratings)}; mean {row.mean:.1f}"
    return format_html(
        '<svg class="ratings" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-label="{words}"><title>{words}</title>'
        '<path class="ratings-bars" d="{bars}"/><path class="ratings-line" d="M0 {base}H{w}"/></svg>',
        w=scale.picture_width,
        h=TALL,
        words=words,
        bars=draw_ratings(row.ratings, scale),
        base=TALL - 0.5,
    )


@register.filter
def short_day(at: dt.datetime | None) -> str:
    """Return a day without its year, for narrow columns: Mar 22."""
    return f"{at:%b} {at.day}" if at else ""
