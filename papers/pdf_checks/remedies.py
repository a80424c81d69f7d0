"""What each finding says to people: a sentence, what to do, how much it weighs."""

from dataclasses import dataclass
from typing import Any

from papers.pdf_checks.findings import Box, Finding
from papers.pdf_checks.rules import Rules


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence with places for what was found, and how to mend it."""

    message: str
    remedy: str


WORDINGS = {
    "not_a_pdf": Wording(
        "The file is not a PDF. {start}.",
        "Upload the PDF that your LaTeX run wrote; open it once in a viewer before.",
    ),
    "unreadable": Wording(
        "The file cannot be read: {why}.",
        "Make the PDF again, open it in a viewer, and upload it over a connection that does not break.",
    ),
    "damaged_structure": Wording(
        "The file is damaged; it could be repaired on opening.",
        "Make the PDF again, or run `qpdf damaged.pdf mended.pdf`.",
    ),
    "resource_limit": Wording(
        "The check was stopped: {why}.",
        "Upload the paper alone, without inserted documents; reduce vector figures with very many points to pictures.",
    ),
    "file_size": Wording(
        "The file has {size:.1f} MB; {limit:.1f} MB are allowed.",
        "Reduce pictures to 300 dpi, for example with `gs -sDEVICE=pdfwrite -dPDFSETTINGS=/prepress -o small.pdf paper.pdf`.",
    ),
    "encrypted": Wording(
        "The file is encrypted. {how}.",
        "Save it without security: `qpdf --decrypt paper.pdf open.pdf`.",
    ),
    "page_size": Wording(
        "Page {page} measures {width:.0f} x {height:.0f} points; {paper} are wanted{others}.",
        "{use} the unchanged style file, and crop no page.",
    ),
    "page_rotation": Wording(
        "Page {page} is turned by {angle} degrees.",
        "Turn the table or figure on an upright page, or take out the `/Rotate` entry.",
    ),
    "blank_page": Wording("Page {page} is empty.", "Take the empty page out; look for a `\\clearpage` or `\\newpage` too many."),
    "font_not_embedded": Wording(
        "The font {font} is not embedded{where}.",
        "Embed all fonts: most often a figure lacks them. Export the figure again with fonts, or as outlines; "
        "`gs -sDEVICE=pdfwrite -dPDFSETTINGS=/prepress -dEmbedAllFonts=true -o fixed.pdf paper.pdf` helps too.",
    ),
    "type3_font": Wording(
        "The Type 3 font {font} is used{where}; printers and search engines handle it badly.",
        'In Matplotlib set `matplotlib.rcParams["pdf.fonttype"] = 42` (and `ps.fonttype` likewise) and save the figure again; '
        "in LaTeX use Type 1 fonts (`\\usepackage{{times}}`, package cm-super).",
    ),
    "wrong_body_font": Wording(
        "The text is set in {font}, not in {wanted}.",
        "Use the style file as it comes{package} and load no other text font.",
    ),
    "font_size_small": Wording(
        "The text is set in {size:.1f} pt; {wanted:.0f} pt are wanted.",
        "Use the style file as it comes; take out `\\small`, `\\footnotesize` or `9pt` options around the text.",
    ),
    "single_column": Wording("The paper is set in one column; two are wanted.", "Use the conference's style file with its two columns."),
    "two_columns": Wording("The paper is set in two columns; one is wanted.", "Use the workshop's style file with its one column."),
    "margin_overflow": Wording(
        "Something is printed in the {side} margin of page {page}, {reach:.0f} points outside the print area.",
        "Make the table or figure narrower (`\\resizebox`, `\\linewidth`), break the long line, or restore the style file's margins.",
    ),
    "old_template": Wording(
        "The text begins {left:.0f} points from the left edge, as in kits before 2025; {wanted:.1f} are wanted.",
        "Move the paper to this year's author kit.",
    ),
    "over_length": Wording(
        "The body ends on page {page}; {allowed} before the references{lines}.",
        "Shorten the text so that everything but the references ends on page {limit}.",
    ),
    "content_after_refs": Wording(
        "After the references stands more than references: {what} on page {page}.",
        "Move it before the references, within the page limit, or into the supplement.",
    ),
    "missing_references": Wording(
        "No reference list was found.",
        "Check that BibTeX ran and that the list has the heading References.",
    ),
    "missing_abstract": Wording("No abstract was found.", "Put the abstract into `\\begin{{abstract}} ... \\end{{abstract}}`."),
    "missing_authors": Wording(
        "No authors stand below the title.", "Fill in `\\author{{...}}` and use the camera-ready mode of the style file."
    ),
    "page_numbers": Wording(
        "Page numbers are printed, the first on page {page}.",
        "Use the style file's camera-ready mode, which prints none; the publisher adds them.",
    ),
    "line_numbers": Wording(
        "Line numbers are printed beside the text.",
        "Use the camera-ready mode: take out the `review` or `submission` option, or `\\linenumbers`.",
    ),
    "review_header": Wording(
        "A mark of review stands on page {page}: \u201c{text}\u201d.",
        "Use the camera-ready mode: take out the `review` or `submission` option of the style file.",
    ),
    "preprint_mode": Wording(
        "The notice says preprint: \u201c{text}\u201d.", "Use the `final` option of the style file instead of `preprint`."
    ),
    "anonymous_authors": Wording(
        "The author block is anonymous: \u201c{text}\u201d.",
        "Use the camera-ready mode and fill in `\\author{{...}}` with all authors.",
    ),
    "paper_id": Wording("The title block shows a paper id: \u201c{text}\u201d.", "Use the camera-ready mode of the style file."),
    "placeholder_authors": Wording(
        "The author block holds names of the template: \u201c{text}\u201d.",
        "Fill in `\\author{{...}}` with the paper's authors.",
    ),
    "rebuttal_document": Wording("This is an author response, not a paper.", "Upload the camera-ready paper."),
    "title_mismatch": Wording(
        "The title in the file is \u201c{found}\u201d; registered is \u201c{declared}\u201d{guess}.",
        "Upload the right file, or have the registered title changed before the copyright form is signed.",
    ),
    "author_mismatch": Wording(
        "The authors in the file differ from the registered ones: {what}.",
        "Make names and order the same in both; a change of the registered list needs an organizer's consent.",
    ),
    "unresolved_refs": Wording(
        "A reference was not resolved on page {page}: \u201c{text}\u201d.",
        "Run LaTeX and BibTeX until no warning of undefined references is left.",
    ),
    "todo_marker": Wording("A note to yourselves is left on page {page}: \u201c{text}\u201d.", "Do what it says, then take it out."),
    "hidden_text": Wording(
        "Text that nobody can see stands on page {page}: \u201c{text}\u201d.",
        "Take it out; hidden text is taken for an attempt to influence reviewers or programs.",
    ),
    "bad_link": Wording(
        "A link leads where readers cannot follow: {target}.",
        "Link to a public address; replace file:, localhost and anonymized repositories.",
    ),
    "no_text_layer": Wording(
        "The file holds no text that can be read or searched.",
        "Upload the PDF that LaTeX wrote, not a scan and not pages turned into pictures.",
    ),
    "javascript": Wording("The file runs JavaScript ({where}).", "Take it out; in LaTeX without the packages animate, media9 or insdljs."),
    "launch_action": Wording("The file starts a program when {where}.", "Take out the Launch action."),
    "embedded_file": Wording("Another file is attached: {name}.", "Take it out and upload it as a supplement."),
    "form_field": Wording("The file holds form fields.", "Print the form into a plain PDF, or take out hyperref's Form."),
    "comment_annotation": Wording(
        "A comment of a reviewer or co-author is left on page {page} ({kind}).",
        "Delete all comments and highlights, then save.",
    ),
    "docinfo_title": Wording(
        "The file's properties name another title: \u201c{found}\u201d.",
        "Set pdftitle in `\\hypersetup{{...}}`, or leave it empty.",
    ),
}


def make_finding(rules: Rules, code: str, *, page: int | None = None, box: Box | None = None, **said: Any) -> Finding:
    """Return a finding with its sentence, weighed by the rules."""
    wording = WORDINGS[code]
    places = {"page": page, **said}
    corners = None if box is None else (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
    return Finding(code, rules.severity_of(code), page, corners, wording.message.format(**places), wording.remedy.format(**places))


def shorten(text: str, length: int = 80) -> str:
    """Return text on one line, cut where it gets long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "\u2026"
