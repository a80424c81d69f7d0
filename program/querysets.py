"""Every read that a page of the program needs, as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    pass


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions as pages need them."""

    def in_program_order(self) -> SessionQuerySet:
        """Order by start, then by the order in which they were written down."""
        return self.order_by(models.F("starts_at").asc(nulls_last=True), "position", "id")

    def for_program(self) -> SessionQuerySet:
        """Bring people and papers of each session, in program order."""
        return self.prefetch_related("parts__person", "slots__paper__authors", "slots__paper__decision").in_program_order()
