"""Names of files as people gave them, made harmless; names under which files leave. Pure."""

import re
import unicodedata

MOST_LETTERS = 150
ENDINGS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}
TAILS = {"paper": "", "supplement": "_supp"}
SEPARATORS = re.compile(r"[/\\]")
ODD = re.compile(r"[<>:\"|?*]")


def clean_file_name(name: str) -> str:
    """Return the last part of a path on one line, without control or invisible characters, at most 150 letters, ending kept."""
    last = SEPARATORS.split(unicodedata.normalize("NFC", name).rstrip("/\\"))[-1]
    kept = "".join(letter if unicodedata.category(letter)[0] not in "CZ" else " " for letter in last)
    plain = ODD.sub("_", " ".join(kept.split())).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= MOST_LETTERS:
        return plain or "file"
    if not dot or len(ending) > 10:
        return plain[:MOST_LETTERS]
    return f"{stem[: MOST_LETTERS - len(ending) - 1]}.{ending}"


def name_download(short_name: str, number: int | None, pk: int, kind: str, media_type: str, *, version: int | None = None) -> str:
    """Return the agreed name of a file: ABC-101.pdf, ABC-101_supp.zip, ABC-101_form.pdf; older versions say which."""
    spread = unicodedata.normalize("NFKD", short_name)
    acronym = "".join(letter for letter in spread if letter.isascii() and letter.isalnum()) or "paper"
    paper = f"{acronym}-{number}" if number is not None else f"{acronym}-p{pk}"
    return f"{paper}{TAILS.get(kind, f'_{kind}')}{f'_v{version}' if version else ''}{ENDINGS.get(media_type, '.bin')}"
