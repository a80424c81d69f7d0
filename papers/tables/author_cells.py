"""Reads the authors of one row from their several columns."""

from papers.submissions import SubmittedAuthor
from papers.tables.people import LONGEST_NAME, UnclearNames, is_mail, name_institution, read_people, read_person_object, split_mails
from papers.tables.sheet_cells import SheetCells
from papers.tables.values import SheetRow
from papers.texts import clean_line

ONE_EACH = "Write one for each author, in their order; leave a gap between two semicolons where there is none."
LONGEST_PROFILE = 200
MAIL_REMEDY = "Write one like ada@example.org."


def read_authors(cells: SheetCells, row: SheetRow) -> tuple[SubmittedAuthor, ...] | None:
    """Return the authors in printed order, nothing where the row does not name them; mistakes go to `cells`."""
    listed = row.cells.get(cells.roles.get("authors", ""))
    if isinstance(listed, list):
        authors = [author for entry in listed if (author := read_person_object(entry)) is not None]
    else:
        text = cells.text(row, "authors")
        try:
            authors = read_people(text, cells.dialect.style)
        except UnclearNames as error:
            cells.blame(row, "authors", str(error), error.remedy, text)
            return None
    if not authors:
        if cells.has_text(row, "emails"):
            cells.blame(row, "authors", "There are mail addresses but no authors.", "Write the authors.")
        return None
    authors = _add_parts(cells, row, authors)
    _check_authors(cells, row, authors)
    return tuple(authors)


def _add_parts(cells: SheetCells, row: SheetRow, authors: list[SubmittedAuthor]) -> list[SubmittedAuthor]:
    count = len(authors)
    mails = _list_parts(cells, row, "emails", "mail address", split_mails(cells.text(row, "emails")), count)
    places = _list_parts(cells, row, "affiliations", "affiliation", _split_plain(cells.text(row, "affiliations")), count)
    profiles = _list_parts(cells, row, "profiles", "profile", _split_plain(cells.text(row, "profiles")), count)
    return [
        SubmittedAuthor(
            name=author.name,
            profile_id=(profile if "@" not in profile else "") or author.profile_id,
            email=mail or (profile.lower() if "@" in profile else "") or author.email,
            institutions=name_institution(place) or author.institutions,
        )
        for author, mail, place, profile in zip(authors, mails, places, profiles, strict=True)
    ]


def _list_parts(cells: SheetCells, row: SheetRow, role: str, noun: str, parts: list[str], count: int) -> list[str]:
    while len(parts) > count and not parts[-1]:
        parts.pop()  # a closing separator
    if len(parts) in {0, count}:
        return parts or [""] * count
    sentence = f"{_count(len(parts), noun)} for {_count(count, 'author')}."
    cells.blame(row, role, sentence, ONE_EACH, "; ".join(parts))
    return [""] * count


def _check_authors(cells: SheetCells, row: SheetRow, authors: list[SubmittedAuthor]) -> None:
    mail_role = "emails" if "emails" in cells.roles else "authors"
    seen = set[str]()
    for author in authors:
        if not author.name:
            cells.blame(row, "authors", "An author has no name.", "Write it, or take the author out.", author.email)
        if len(author.name) > LONGEST_NAME:
            sentence = f"A name is longer than {LONGEST_NAME} characters."
            cells.blame(row, "authors", sentence, "Separate authors by semicolons.", author.name)
        if len(author.profile_id) > LONGEST_PROFILE:
            cells.blame(
                row, "profiles", f"A profile is longer than {LONGEST_PROFILE} characters.", "Write its tilde id.", author.profile_id
            )
        if author.email and not is_mail(author.email):
            cells.blame(row, mail_role, "This is not a mail address.", MAIL_REMEDY, author.email)
        if author.email and author.email in seen:
            cells.blame(row, mail_role, "Two authors have the same mail address.", "Correct one, or leave it out.", author.email)
        seen.add(author.email)


def _split_plain(text: str) -> list[str]:
    return [clean_line(part) for part in text.split(";")] if text.strip() else []


def _count(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
