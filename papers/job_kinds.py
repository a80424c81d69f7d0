"""Names the modules whose background work every process has to know."""

from papers import import_jobs

__all__ = ["import_jobs"]
