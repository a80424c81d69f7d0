"""The values of handed over papers and their authors, from which columns are filled, files are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from papers.listings import is_in_proceedings
from papers.models import Author, FileKind, Paper
from program.exports.escaping import tidy_line, tidy_text
from program.hand_over.candidates import Candidate
from program.hand_over.fields import AUTHOR
from program.hand_over.file_names import join_words, make_file_name, shorten_title
from program.hand_over.printed_names import PrintedName, find_printed_name
from program.hand_over.settings import HandOverPlan
from program.hand_over.templates import fill

Values = dict[str, str]
ENDINGS = {"application/pdf": ".pdf", "application/zip": ".zip"}
MOST_FAMILY_WORDS = 5


@dataclass(frozen=True, slots=True)
class HandedPaper:
    """A paper that is handed over: its values, those of its authors in printed order, under which names its files go."""

    candidate: Candidate
    values: Values
    authors: tuple[Values, ...]
    file_names: Mapping[FileKind, str]
    names: tuple[PrintedName, ...]


def describe_papers(candidates: Sequence[Candidate], plan: HandOverPlan, confirmed: dict[str, PrintedName]) -> list[HandedPaper]:
    """Return the papers that are in, in their order."""
    return [describe_paper(candidate, plan, confirmed) for candidate in candidates if candidate.is_in]


def describe_paper(candidate: Candidate, plan: HandOverPlan, confirmed: dict[str, PrintedName]) -> HandedPaper:
    """Return a paper with all that columns and names may print of it."""
    paper = candidate.paper
    authors = list(paper.authors.all())
    names = tuple(find_printed_name(author.name, confirmed) for author in authors)
    told = [_describe_author(author, name, place) for place, (author, name) in enumerate(zip(authors, names, strict=True), start=1)]
    values = _describe_paper(paper, plan, names) | {
        "authors": "; ".join(tidy_line(author.name).replace(";", ",") for author in authors),
        "author_count": str(len(authors)),
        "corresponding_email": next((one["author.email"] for one in told if one["author.email"]), ""),
    }
    patterns = {FileKind.PAPER: plan.paper_names, FileKind.SUPPLEMENT: plan.supplement_names, FileKind.FORM: plan.form_names}
    file_names = {
        kind: make_file_name(fill(patterns[kind], values), ENDINGS.get(file.media_type, ".bin")) for kind, file in candidate.files.items()
    }
    return HandedPaper(candidate, values | _describe_files(candidate, file_names), tuple(told), file_names, names)


def _describe_paper(paper: Paper, plan: HandOverPlan, names: Sequence[PrintedName]) -> Values:
    decision, workshop = paper.decision, paper.workshop
    return {
        "acronym": plan.acronym,
        "year": str(workshop.year),
        "conference": tidy_line(workshop.conference),
        "number": str(paper.number) if paper.number is not None else "",
        "note_id": tidy_line(paper.note_id),
        "title": tidy_line(paper.title),
        "title10": shorten_title(paper.title),
        "surname": join_words(names[0].family, most=MOST_FAMILY_WORDS) if names else "",
        "abstract": tidy_text(paper.abstract),
        "keywords": ", ".join(tidy_line(str(keyword)).replace(",", ";") for keyword in paper.keywords),
        "track": paper.track.slug if paper.track else "",
        "track_name": tidy_line(paper.track.name) if paper.track else "",
        "archival": "proceedings" if is_in_proceedings(paper) else "non-archival",
        "presentation": decision.presentation.slug if decision.presentation else "",
        "presentation_name": tidy_line(decision.presentation.name) if decision.presentation else "",
        "award": tidy_line(decision.award.name) if decision.award else "",
    }


def _describe_files(candidate: Candidate, names: Mapping[FileKind, str]) -> Values:
    files, version = candidate.files, candidate.versions.get(FileKind.PAPER)
    hashes = {kind: file.sha256 for kind, file in files.items()}
    pages = version.facts.get("pages") if version else None
    return {
        "pages": str(pages) if isinstance(pages, int) else "",
        "pdf_filename": names.get(FileKind.PAPER, ""),
        "supp_filename": names.get(FileKind.SUPPLEMENT, ""),
        "form_filename": names.get(FileKind.FORM, ""),
        "pdf_sha256": hashes.get(FileKind.PAPER, ""),
        "supp_sha256": hashes.get(FileKind.SUPPLEMENT, ""),
    }


def _describe_author(author: Author, name: PrintedName, position: int) -> Values:
    places = [place for place in author.institutions if isinstance(place, dict)]
    institutions = [tidy_line(str(place.get("name") or place.get("domain") or "")) for place in places]
    countries = [tidy_line(str(place.get("country") or "")) for place in places]
    whole = [", ".join(part for part in both if part) for both in zip(institutions, countries, strict=True)]
    told = {
        "position": str(position),
        "name": tidy_line(author.name),
        "given": tidy_line(name.given),
        "surname": tidy_line(name.family),
        "name_split": str(name.source),
        "affiliation": _join(whole),
        "institution": _join(institutions),
        "country": _join(dict.fromkeys(countries)),
        "email": author.mail,
        "orcid": author.orcid,
        "profile_id": tidy_line(author.profile_id),
    }
    return {f"{AUTHOR}{field}": value for field, value in told.items()}


def _join(parts: "Sequence[str] | dict[str, None]") -> str:
    return "; ".join(part.replace(";", ",") for part in parts if part)
