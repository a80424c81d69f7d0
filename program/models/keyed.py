"""What every row of a schedule has: a key for life, the edit that wrote it last."""

import secrets

from django.db import models


def make_uid() -> str:
    """Return a new key: ten hexadecimal digits."""
    return secrets.token_hex(5)


class ScheduleRow(models.Model):
    """A row that the editor of the schedule knows.

    `uid` names it in pages, files and calendars and never changes; `revision` is the number of the schedule edit that
    wrote it last, 0 before the first.
    """

    uid = models.CharField(max_length=40, default=make_uid, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
