"""What each finding on a supplement says to people: how much it weighs, a sentence, what to do."""

from papers.pdf_checks.findings import Finding, Severity

WORDINGS: dict[str, tuple[Severity, str, str]] = {
    "unreadable_archive": (
        "block",
        "The ZIP cannot be read: {why}.",
        "Pack the folder again with your system's own ZIP and upload it over a connection that does not break.",
    ),
    "empty_archive": ("block", "The ZIP holds no file.", "Pack the folder with its files."),
    "too_many_members": (
        "block",
        "The ZIP holds {count} files; {limit} are allowed.",
        "Publish data elsewhere and link them in the paper.",
    ),
    "zip_bomb": ("block", "The ZIP is not what it seems: {why}.", "Pack the files once, without padding; publish large data elsewhere."),
    "unsafe_path": (
        "block",
        "Names in the ZIP lead out of its folder or hold invisible letters: {names}.",
        "Pack a folder from within, with plain names, for example `cd supplement && zip -r ../supplement.zip .`.",
    ),
    "symbolic_link": ("block", "The ZIP holds links to other files: {names}.", "Pack the files themselves: `zip -r` without `-y`."),
    "encrypted_member": ("block", "Files in the ZIP are locked by a password: {names}.", "Pack them without a password."),
    "executable": ("block", "The ZIP holds programs: {names}.", "Leave them out; sources and scripts are welcome."),
    "unreadable_slides": (
        "block",
        "The slides cannot be read: {why}.",
        "Save them as PowerPoint presentation (.pptx) or export them as PDF.",
    ),
    "macros": ("block", "The slides hold macros, which would run on another's computer.", "Save them as .pptx without macros, or as PDF."),
    "nested_archive": ("warn", "The ZIP holds packed files: {names}.", "Unpack them first, so that readers need to unpack once."),
    "same_name": ("warn", "Names in the ZIP differ in nothing or in capitals only: {names}.", "Rename them; some systems would keep one."),
    "leftover_files": ("warn", "The ZIP holds what tools left behind: {names}.", "Leave them out; they may tell who you are."),
    "author_in_name": ("block", "The paper is anonymous, and names of files tell its authors: {names}.", "Rename the files."),
    "author_in_text": ("block", "The paper is anonymous, and texts in the ZIP tell its authors: {names}.", "Take the names out."),
}


def make_finding(code: str, **found: object) -> Finding:
    """Return a finding on the whole supplement with what was found in its sentence."""
    severity, message, remedy = WORDINGS[code]
    return Finding(code=code, severity=severity, page=None, box=None, message=message.format(**found), remedy=remedy)
