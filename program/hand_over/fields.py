"""What columns and file names of the hand-over can be made of, with the columns it begins with. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

FILE_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "acronym": "the workshop in short, letters and digits only",
        "year": "the year of the conference",
        "number": "the submission number at OpenReview; {number:05} with leading zeros",
        "track": "the track's name in addresses",
        "surname": "the first author's family name, words joined by _",
        "title10": "the first ten words of the title joined by _, punctuation dropped",
    }
)
PAPER_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **FILE_FIELDS,
        "conference": "the conference",
        "note_id": "the forum id at OpenReview",
        "title": "the title",
        "abstract": "the abstract",
        "keywords": "the keywords, separated by commas",
        "pages": "how many pages the PDF has",
        "authors": "the names as printed, separated by semicolons",
        "author_count": "how many authors there are",
        "corresponding_email": "the address of the first author who has one",
        "track_name": "the track as printed",
        "archival": "proceedings",
        "presentation": "oral, poster, as addresses write it",
        "presentation_name": "Oral, Poster, as printed",
        "award": "the award, if any",
        "pdf_filename": "under which name the PDF is handed over",
        "supp_filename": "under which name the supplement is",
        "form_filename": "under which name the copyright form is",
        "pdf_sha256": "the hash of the PDF",
        "supp_sha256": "the hash of the supplement",
    }
)
AUTHOR_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "author.position": "1 for the first author",
        "author.name": "the name as printed",
        "author.given": "given names",
        "author.surname": "family name",
        "author.name_split": "confirmed, upstream or guessed: who says where the name splits",
        "author.affiliation": "institution and country",
        "author.institution": "institution alone",
        "author.country": "country alone",
        "author.email": "mail address",
        "author.orcid": "ORCID iD",
        "author.profile_id": "OpenReview profile",
    }
)
ALL_FIELDS: Mapping[str, str] = MappingProxyType({**PAPER_FIELDS, **AUTHOR_FIELDS})
AUTHOR = "author."
COUNT = "{k}"  # in the header of an author's column: which author

PAPER_NAMES, SUPPLEMENT_NAMES, FORM_NAMES = "{acronym}-{number}", "{acronym}-{number}_supp", "{acronym}-{number}_form"

COLUMNS: tuple[tuple[str, str], ...] = (
    ("workshop_acronym", "{acronym}"),
    ("paper_id", "{number}"),
    ("title", "{title}"),
    ("abstract", "{abstract}"),
    ("keywords", "{keywords}"),
    ("n_pages", "{pages}"),
    ("authors", "{authors}"),
    ("author{k}_given", "{author.given}"),
    ("author{k}_surname", "{author.surname}"),
    ("author{k}_affiliation", "{author.affiliation}"),
    ("author{k}_country", "{author.country}"),
    ("author{k}_email", "{author.email}"),
    ("author{k}_orcid", "{author.orcid}"),
    ("author{k}_name_split", "{author.name_split}"),
    ("corresponding_email", "{corresponding_email}"),
    ("track", "{archival}"),
    ("presentation", "{presentation}"),
    ("pdf_filename", "{pdf_filename}"),
    ("supp_filename", "{supp_filename}"),
    ("pdf_sha256", "{pdf_sha256}"),
)
AUTHOR_COLUMNS: tuple[tuple[str, str], ...] = (
    ("workshop_acronym", "{acronym}"),
    ("paper_id", "{number}"),
    ("title", "{title}"),
    ("author_position", "{author.position}"),
    ("given", "{author.given}"),
    ("surname", "{author.surname}"),
    ("name", "{author.name}"),
    ("name_split", "{author.name_split}"),
    ("affiliation", "{author.affiliation}"),
    ("country", "{author.country}"),
    ("email", "{author.email}"),
    ("orcid", "{author.orcid}"),
)


def is_of_author(value: str) -> bool:
    """Tell whether a column says something of each author."""
    return f"{{{AUTHOR}" in value
