"""Which person is which author."""

from typing import Any

from django import forms

from papers.models import Author, Paper


class ClaimForm(forms.Form):
    """An author of the paper, and the mail address by which the person signs in."""

    author = forms.ModelChoiceField(Author.objects.none(), empty_label=None)
    email = forms.EmailField(label="Signs in as", max_length=254)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["author"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = paper.authors.all()
