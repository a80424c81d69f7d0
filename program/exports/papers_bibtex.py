"""The accepted papers as BibTeX, in three styles."""

from collections.abc import Callable

from papers.listings import ListedPaper, ListedWorkshop
from program.exports.escaping import escape_address, escape_tex, tidy_line
from program.exports.formats import Format, FormatOption, Options
from program.exports.tex_names import (
    fold_ascii,
    number_keys,
    protect_capitals,
    split_name,
    write_accents,
    write_family_first,
    write_in_order,
)
from program.listings import Listing

Fields = list[tuple[str, str]]
SMALL_WORDS = {"a", "an", "the", "on", "in", "of", "for", "to", "is", "are", "and", "with", "from", "by", "via", "do", "does", "can"}


def write_papers_bibtex(listing: Listing, options: Options) -> bytes:
    """Write one entry a paper, in listing order; keys are ASCII and occur once."""
    style = options["style"]
    make_stem, list_fields = STYLES[style]
    keys = number_keys((make_stem(paper, listing.workshop) for paper in listing.papers), always=style == "pmlr")
    entries = [
        _write_entry(key, list_fields(paper, listing.workshop), is_ascii=style == "pmlr")
        for key, paper in zip(keys, listing.papers, strict=True)
    ]
    return "\n".join(entries).encode()


def _write_entry(key: str, fields: Fields, *, is_ascii: bool) -> str:
    kept = [(name, write_accents(value) if is_ascii else value) for name, value in fields if value]
    width = max(len(name) for name, _ in kept)
    lines = [f"  {name.ljust(width)} = {{{value}}}" for name, value in kept]
    return f"@InProceedings{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _make_cvf_stem(paper: ListedPaper, workshop: ListedWorkshop) -> str:
    conference = fold_ascii((workshop.conference or workshop.short_name).split()[0]) if workshop.conference or workshop.short_name else ""
    return "_".join(part for part in (_find_family(paper), str(workshop.year), conference) if part)


def _make_pmlr_stem(paper: ListedPaper, workshop: ListedWorkshop) -> str:
    return f"{_find_family(paper).lower()}{workshop.year % 100:02}"


def _make_scholar_stem(paper: ListedPaper, workshop: ListedWorkshop) -> str:
    words = [fold_ascii(word).lower() for word in tidy_line(paper.title).replace("-", " ").split()]
    first = next((word for word in words if word and word not in SMALL_WORDS), "")
    return f"{_find_family(paper).lower()}{workshop.year}{first}"


def _find_family(paper: ListedPaper) -> str:
    family = fold_ascii(split_name(paper.authors[0].name)[1]) if paper.authors else ""
    return family or (f"Paper{paper.number}" if paper.number is not None else "Paper")


def _list_cvf_fields(paper: ListedPaper, workshop: ListedWorkshop) -> Fields:
    return [
        ("author", " and ".join(write_family_first(author.name) for author in paper.authors)),
        ("title", protect_capitals(paper.title)),
        ("booktitle", escape_tex(_name_book(workshop))),
        *_list_when(workshop),
        ("note", _note_proceedings(paper, workshop)),
    ]


def _list_pmlr_fields(paper: ListedPaper, workshop: ListedWorkshop) -> Fields:
    return [
        ("title", protect_capitals(paper.title)),
        ("author", " and ".join(write_family_first(author.name) for author in paper.authors)),
        ("booktitle", escape_tex(_name_book(workshop))),
        ("year", str(workshop.year)),
        ("section", escape_tex(paper.track_name)),
        ("openreview", escape_tex(paper.note_id)),
        ("abstract", escape_tex(paper.abstract)),
        ("note", _note_proceedings(paper, workshop)),
    ]


def _list_scholar_fields(paper: ListedPaper, workshop: ListedWorkshop) -> Fields:
    return [
        ("title", protect_capitals(paper.title)),
        ("author", " and ".join(write_in_order(author.name) for author in paper.authors)),
        ("booktitle", escape_tex(_name_book(workshop))),
        *_list_when(workshop),
        ("abstract", escape_tex(paper.abstract)),
        ("keywords", escape_tex(", ".join(paper.keywords))),
        ("url", escape_address(paper.url)),
        ("pdf", escape_address(paper.pdf_url)),
        ("note", _note_proceedings(paper, workshop)),
    ]


def _list_when(workshop: ListedWorkshop) -> Fields:
    return [("month", f"{workshop.starts_on:%B}" if workshop.starts_on else ""), ("year", str(workshop.year))]


def _name_book(workshop: ListedWorkshop) -> str:
    if workshop.booktitle:
        return workshop.booktitle
    return f"{workshop.conference} Workshop: {workshop.name}" if workshop.conference else workshop.name


def _note_proceedings(paper: ListedPaper, workshop: ListedWorkshop) -> str:
    is_named = workshop.booktitle.casefold().startswith("proceedings")
    return "Not in the proceedings" if is_named and not paper.in_proceedings else ""


STYLES: dict[str, tuple[Callable[[ListedPaper, ListedWorkshop], str], Callable[[ListedPaper, ListedWorkshop], Fields]]] = {
    "cvf": (_make_cvf_stem, _list_cvf_fields),
    "pmlr": (_make_pmlr_stem, _list_pmlr_fields),
    "scholar": (_make_scholar_stem, _list_scholar_fields),
}

PAPERS_BIBTEX = Format(
    name="papers-bibtex",
    sentence="The accepted papers as BibTeX, keys unique, capitals protected.",
    media_type="application/x-bibtex; charset=utf-8",
    file_name="papers.bib",
    write=write_papers_bibtex,
    options=(
        FormatOption(
            "style",
            ("cvf", "pmlr", "scholar"),
            "cvf: as CVF Open Access; pmlr: as PMLR takes it, accents as TeX; scholar: for jekyll-scholar, with links and abstract.",
        ),
    ),
)
