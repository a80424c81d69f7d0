"""Writes a workshop in one format to a file or to standard output."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from papers.management.refusals import WRONG_USAGE, RefusingCommand, find_workshop
from papers.sight import Sight
from program.errors import SiteNotWritable, UnknownFormat, WrongOption
from program.exports.formats import Format
from program.exports.registry import FORMATS, find_format
from program.management.output import print_bytes
from program.private_exports import PRIVATE_FORMATS, PrivateFormat
from program.schedules import collect_listing


class Command(RefusingCommand):
    """Exports released facts only, but for the private formats; `--list` says which formats there are."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take workshop and format, or --list."""
        parser.add_argument("workshop", nargs="?")
        parser.add_argument("format", nargs="?")
        parser.add_argument("--output", default="", metavar="FILE", help="Write to this file instead of standard output.")
        parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE", help="May be given several times.")
        parser.add_argument("--list", action="store_true", help="Print the formats with their options.")
        parser.add_argument("--json", action="store_true", help="With --list: as one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, or list the formats."""
        if options["list"]:
            self._list_formats(as_json=options["json"])
            return
        if not options["workshop"] or not options["format"]:
            raise CommandError("Name a workshop and a format, or use --list to see the formats.", returncode=WRONG_USAGE)
        try:
            chosen = PRIVATE_FORMATS.get(options["format"]) or find_format(options["format"])
            settled = chosen.settle_options(_read_options(options["option"]))
        except (UnknownFormat, WrongOption) as mistake:
            raise CommandError(mistake.sentence, returncode=WRONG_USAGE) from mistake
        workshop = find_workshop(options["workshop"])
        if isinstance(chosen, PrivateFormat):
            found = chosen.collect(workshop, Sight(workshop, is_inside=True), settled)
            data = found.data
            for note in found.notes:
                self.say(note)
        else:
            data = chosen.write(collect_listing(workshop), settled)
        if options["output"]:
            _write_output(Path(options["output"]), data)
        else:
            print_bytes(self.stdout, data)

    def _list_formats(self, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(describe_formats(), ensure_ascii=False, indent=2))
            return
        for chosen in list_formats():
            self.stdout.write(f"{chosen.name:20}{chosen.sentence}")
            for option in chosen.options:
                self.stdout.write(f"{'':20}{option.name}={'|'.join(option.values)}  {option.sentence}")


def describe_formats() -> list[dict[str, Any]]:
    """Return every format with its options as plain JSON, in the order of the registry."""
    return [
        {
            "name": chosen.name,
            "sentence": chosen.sentence,
            "media_type": chosen.media_type,
            "file_name": chosen.file_name,
            "is_private": isinstance(chosen, PrivateFormat),
            "options": [
                {"name": option.name, "values": list(option.values), "default": option.default, "sentence": option.sentence}
                for option in chosen.options
            ],
        }
        for chosen in list_formats()
    ]


def list_formats() -> list[Format | PrivateFormat]:
    """Return every format, the private ones last."""
    return [*FORMATS.values(), *PRIVATE_FORMATS.values()]


def _read_options(given: list[str]) -> dict[str, str]:
    read: dict[str, str] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise WrongOption(f"Write an option as NAME=VALUE, not {pair!r}.")
        read[name] = value
    return read


def _write_output(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise SiteNotWritable(f"{path} can't be written: {problem.strerror}.") from problem
