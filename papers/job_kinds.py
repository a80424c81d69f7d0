"""Names the modules whose background work every process has to know."""

from papers import file_checks, file_import_jobs, import_jobs, letter_jobs, push_jobs, reminder_jobs

__all__ = ["file_checks", "file_import_jobs", "import_jobs", "letter_jobs", "push_jobs", "reminder_jobs"]
