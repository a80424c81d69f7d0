"""Messages that can undo what they tell."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from papers.models import Batch


def tell_undoable(request: HttpRequest, sentence: str, batch: Batch | None) -> None:
    """Show a message on the next page, with a button that undoes `batch`, if there is one."""
    undo = reverse("batch-undo", args=[batch.workshop.slug, batch.pk]) if batch else ""
    messages.success(request, sentence, extra_tags=undo)
