"""Whom a personal link is for."""

from typing import Any

from django import forms

from papers.models import Author, Paper


class LinkAuthorForm(forms.Form):
    """An author of the paper."""

    author = forms.ModelChoiceField(Author.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, *, paper: Paper, auto_id: str, without: frozenset[int] = frozenset()) -> None:
        super().__init__(data, auto_id=auto_id)
        field = self.fields["author"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = paper.authors.exclude(pk__in=without).order_by("position")


class SentLinkForm(LinkAuthorForm):
    """An author with the address to which their link goes."""

    email = forms.EmailField(label="Mail address", max_length=254)
