"""Names the modules whose background work every process has to know."""

from papers import file_checks, import_jobs, letter_jobs, push_jobs

__all__ = ["file_checks", "import_jobs", "letter_jobs", "push_jobs"]
