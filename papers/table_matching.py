"""Finds the paper that a row of a table is about, by its keys and nothing else."""

from collections.abc import Iterable

from papers.models import Paper, Workshop


class UnclearPaper(ValueError):
    """The keys of a row do not lead to one paper; `role` is the column to blame."""

    def __init__(self, role: str, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.role, self.remedy = role, remedy


class HeldPapers:
    """The papers of a workshop by forum id and by number, read once; `papers` are the same with no more than is needed."""

    def __init__(self, workshop: Workshop, papers: Iterable[Paper] | None = None) -> None:
        self.by_note: dict[str, Paper] = {}
        self.by_number: dict[int, list[Paper]] = {}
        for paper in workshop.papers.for_table() if papers is None else papers:
            if paper.note_id:
                self.by_note[paper.note_id] = paper
            if paper.number is not None:
                self.by_number.setdefault(paper.number, []).append(paper)

    def find(self, *, number: int | None, note_id: str) -> Paper | None:
        """Return the paper with these keys, nothing where there is none; raises `UnclearPaper` where they contradict.

        A paper that came without a forum id is found by its number, and may get one. Titles and names
        are never keys.
        """
        if note_id in self.by_note:
            return self._check_number(self.by_note[note_id], number)
        alike = self.by_number.get(number, []) if number is not None else []
        if note_id:
            strangers = [paper for paper in alike if paper.note_id]
            if strangers:
                sentence = f"Paper {number} has another forum here ({strangers[0].note_id})."
                raise UnclearPaper("forum", sentence, "Correct the number or the forum id.")
        if len(alike) > 1:
            raise UnclearPaper("number", f"Number {number} stands for {len(alike)} papers here.", "Add a column with their forum ids.")
        return alike[0] if alike else None

    def _check_number(self, paper: Paper, number: int | None) -> Paper:
        if number is not None and paper.number is not None and paper.number != number:
            raise UnclearPaper("number", f"This forum is paper {paper.number} here.", "Correct the number or the forum id.")
        return paper
