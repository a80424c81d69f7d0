"""Reads of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from papers.models import Letter, LetterTemplate, Mailing  # noqa: F401 (named in generics)


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    """Templates as pages need them."""


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Mailings as pages need them."""


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters as pages and the outbox need them."""
