"""Says what is wrong with a supplement in ZIP format, as findings."""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from papers.pdf_checks.findings import Finding, sort_findings
from papers.supplement_checks.archives import ArchiveUnreadable, Limits, Member, list_members, open_archive, read_start
from papers.supplement_checks.names import find_name
from papers.supplement_checks.wordings import make_finding

PROGRAM_ENDINGS = (".exe", ".dll", ".so", ".dylib", ".bat", ".cmd", ".com", ".scr", ".msi", ".vbs", ".lnk", ".apk", ".app", ".jar", ".hta")
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
ARCHIVE_ENDINGS = (".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst")
ARCHIVE_STARTS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
PACKED_DOCUMENTS = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".npz", ".whl", ".epub", ".ipynb", ".pt", ".pth", ".nii.gz", ".svgz")
LEFTOVERS = ("__macosx", ".ds_store", "thumbs.db", ".git", ".svn", ".idea", ".vscode", "__pycache__", ".ssh", ".env")
TEXT_ENDINGS = (".txt", ".md", ".rst", ".tex", ".bib", ".py", ".ipynb", ".json", ".yml", ".yaml", ".toml", ".cfg", ".html", ".csv", ".sh")
TEXT_NAMES = ("license", "readme", "authors", "citation.cff", "makefile")
DRIVE = re.compile(r"[A-Za-z]:")
NAMED_AT_MOST = 3


def check_supplement(
    path: Path, *, authors: Sequence[str] = (), is_anonymous: bool = False, limits: Limits | None = None
) -> tuple[Finding, ...]:
    """Check a ZIP without unpacking it; never raises for what is in the file.

    `authors` are looked for in names and texts only when `is_anonymous`.
    """
    limits = limits or Limits()
    try:
        archive = open_archive(path, limits)
    except ArchiveUnreadable as unreadable:
        return (make_finding("unreadable_archive", why=str(unreadable)),)
    with archive:
        members = list_members(archive)
        found = [
            *check_size(members, path.stat().st_size, limits),
            *check_paths(members),
            *check_encryption(members),
            *_check_kinds(archive, members),
            *_check_leftovers(members),
        ]
        if is_anonymous and not any(finding.code in {"zip_bomb", "too_many_members"} for finding in found):
            found += _check_names(archive, members, authors, limits)
    return sort_findings(found)


def check_size(members: Sequence[Member], size: int, limits: Limits) -> Iterator[Finding]:
    """Find archives that hold nothing, too many files, or more than they seem to."""
    inflated, packed = sum(member.inflated for member in members), sum(member.packed for member in members)
    if not any(not member.is_folder for member in members):
        yield make_finding("empty_archive")
    if len(members) > limits.members:
        yield make_finding("too_many_members", count=len(members), limit=limits.members)
    if packed > size:
        yield make_finding("zip_bomb", why="its entries overlap")
    elif inflated > limits.inflated_bytes:
        yield make_finding("zip_bomb", why=f"it inflates to {inflated / 1e6:,.0f} MB; {limits.inflated_bytes / 1e6:,.0f} MB are allowed")
    elif inflated > limits.ratio_from_bytes and inflated > limits.ratio * max(packed, 1):
        yield make_finding("zip_bomb", why=f"it inflates to {inflated // max(packed, 1)} times its size")


def check_paths(members: Sequence[Member]) -> Iterator[Finding]:
    """Find names that lead elsewhere, links, names that some systems cannot tell apart."""
    unsafe = [member.name for member in members if is_unsafe_path(member.name)]
    if unsafe:
        yield make_finding("unsafe_path", names=tell_names(unsafe))
    links = [member.name for member in members if member.is_link]
    if links:
        yield make_finding("symbolic_link", names=tell_names(links))
    folded = Counter(_fold(member.name) for member in members)
    doubles = [member.name for member in members if folded[_fold(member.name)] > 1]
    if doubles:
        yield make_finding("same_name", names=tell_names(doubles))


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def is_unsafe_path(name: str) -> bool:
    """Tell whether a name leads out of the folder it is unpacked into, or hides what it is."""
    parts = re.split(r"[/\\]", name)
    is_odd = any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in name)
    return name.startswith(("/", "\\")) or bool(DRIVE.match(name)) or ".." in parts or "\\" in name or is_odd or not name


def check_encryption(members: Sequence[Member]) -> Iterator[Finding]:
    """Find members that are locked."""
    locked = [member.name for member in members if member.is_encrypted]
    if locked:
        yield make_finding("encrypted_member", names=tell_names(locked))


def _check_kinds(archive: zipfile.ZipFile, members: Sequence[Member]) -> Iterator[Finding]:
    programs, archives = [], []
    for member in members:
        if member.is_folder:
            continue
        lowered, start = member.name.lower(), read_start(archive, member, 8)
        if lowered.endswith(PROGRAM_ENDINGS) or start.startswith(PROGRAM_STARTS):
            programs.append(member.name)
        elif not lowered.endswith(PACKED_DOCUMENTS) and (lowered.endswith(ARCHIVE_ENDINGS) or start.startswith(ARCHIVE_STARTS)):
            archives.append(member.name)
    if programs:
        yield make_finding("executable", names=tell_names(programs))
    if archives:
        yield make_finding("nested_archive", names=tell_names(archives))


def _check_leftovers(members: Sequence[Member]) -> Iterator[Finding]:
    left = [member.name for member in members if {part.lower() for part in member.name.split("/")} & set(LEFTOVERS)]
    if left:
        yield make_finding("leftover_files", names=tell_names(left))


def _check_names(archive: zipfile.ZipFile, members: Sequence[Member], authors: Sequence[str], limits: Limits) -> Iterator[Finding]:
    named = [member.name for member in members if find_name(member.name, authors)]
    if named:
        yield make_finding("author_in_name", names=tell_names(named))
    budget, told = limits.all_text_bytes, list[str]()
    for member in members:
        if member.is_folder or budget <= 0 or not is_text(member.name):
            continue
        text = read_start(archive, member, min(limits.text_bytes, budget))
        budget -= len(text)
        who = find_name(text.decode("utf-8", "replace"), authors)
        if who:
            told.append(f"{member.name} ({who})")
    if told:
        yield make_finding("author_in_text", names=tell_names(told))


def is_text(name: str) -> bool:
    """Tell whether a member is a text in which names may stand."""
    lowered = name.lower()
    return lowered.endswith(TEXT_ENDINGS) or lowered.rpartition("/")[2].startswith(TEXT_NAMES)


def tell_names(names: Sequence[str]) -> str:
    """Return the first names in one line, made harmless, and how many more there are."""
    shown = ", ".join(f"“{_tame(name)}”" for name in names[:NAMED_AT_MOST])
    more = len(names) - NAMED_AT_MOST
    return f"{shown} and {more} more" if more > 0 else shown


def _tame(name: str) -> str:
    plain = "".join(
        letter if unicodedata.category(letter)[0] not in "CZ" or letter == " " else "\N{REPLACEMENT CHARACTER}" for letter in name
    )
    return plain if len(plain) <= 80 else f"{plain[:40]}…{plain[-39:]}"
