"""Words that the search box uses."""

from django import template
from django.template import RequestContext

from papers.search.terms import SearchTerm, list_terms

register = template.Library()


@register.simple_tag
def search_terms(*, is_inside: bool) -> tuple[SearchTerm, ...]:
    """Return the terms that the reader of this page may use."""
    return list_terms(is_inside=is_inside)


@register.simple_tag(takes_context=True)
def search_again(context: RequestContext, name: str, text: str) -> str:
    """Write the address of this page with another search, on its first page."""
    values = context.request.GET.copy()
    values[name] = text
    values.pop("page", None)
    return f"?{values.urlencode()}"
