"""Where exports go in a workshop's existing site."""

from django.db import models

from papers.models import Workshop

WHOLE_FILE = "whole_file"


class SiteTarget(models.Model):
    """An existing site into which blocks are written."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="site_target")
    url = models.URLField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_digest = models.CharField(
        max_length=64, blank=True, help_text="Hash of the blocks last written; another one means a stale site."
    )

    def __str__(self) -> str:
        return self.url


class SiteBlock(models.Model):
    """One marked block in one file of the site.

    `heading` names the heading under which markers are put when the file has none; options go to the export, but for
    `whole_file`, which says that the block is all of the file.
    """

    target = models.ForeignKey(SiteTarget, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.SlugField(max_length=60)
    path = models.CharField(max_length=300)
    format = models.CharField(max_length=60)
    options = models.JSONField(default=dict, blank=True)
    heading = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["target", "path", "name"], name="block_once")]

    def __str__(self) -> str:
        return f"{self.path}: {self.name}"

    @property
    def is_whole_file(self) -> bool:
        """Tell whether the block is all of its file, without markers."""
        return bool(self.options.get(WHOLE_FILE))

    @property
    def format_options(self) -> dict[str, object]:
        """Return the options that are the format's."""
        return {name: value for name, value in self.options.items() if name != WHOLE_FILE}
