"""What tables last said of a paper."""

from django.db import models

from papers.models.importing import ImportRun
from papers.models.paper import Paper


class TableRecord(models.Model):
    """The base of the three-way merge for tables, kept apart from what OpenReview last said.

    `said` holds the values of the last table by merged field. `fingerprint` is the hash of the row that
    they came from, by which an unchanged row is passed over.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="table_record")
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="table_records")
    said = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ("paper",)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.fingerprint[:8]}"
