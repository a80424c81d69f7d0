"""A workshop's whole settings as one JSON file; the format is told in docs/workshop_files.md."""

from program.workshop_files.changes import Change, diff_settings, list_changes
from program.workshop_files.checks import check_settings
from program.workshop_files.loading import LoadedWorkshop, load_workshop_file, try_workshop_file
from program.workshop_files.mistakes import Mistake, WorkshopFileRefused
from program.workshop_files.parsing import normalize_workshop_file, parse_workshop_file, write_workshop_file
from program.workshop_files.stored import dump_workshop, read_workshop
from program.workshop_files.values import WorkshopSettings

__all__ = [
    "Change",
    "LoadedWorkshop",
    "Mistake",
    "WorkshopFileRefused",
    "WorkshopSettings",
    "check_settings",
    "diff_settings",
    "dump_workshop",
    "list_changes",
    "load_workshop_file",
    "normalize_workshop_file",
    "parse_workshop_file",
    "read_workshop",
    "try_workshop_file",
    "write_workshop_file",
]
