"""All that goes to the proceedings office in one ZIP: renamed files, tables, checksums, who is missing."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papers.errors import Refusal, Refusals
from papers.file_archives import SUMS, Archive, make_file_member, make_text_member, refuse_lost_contents, send_archive, write_sums
from papers.models import StoredFile, User, Workshop
from papers.sight import Sight
from papers.streamed_zips import ZipMember, read_member
from program.hand_over.candidates import Candidate, list_candidates
from program.hand_over.file_names import find_collisions
from program.hand_over.printed_names import read_confirmed_names
from program.hand_over.reports import write_missing
from program.hand_over.rows import HandedPaper, describe_papers
from program.hand_over.settings import HandOverPlan, read_plan
from program.hand_over.sheets import make_author_table, make_paper_table, write_csv, write_xlsx

MISSING = "MISSING.txt"
OWN_FOLDER = ".hand-over-"  # begins the name of the folder in which a package is written
PAPERS_CSV, AUTHORS_CSV, WORKBOOK = "proceedings.csv", "proceedings-authors.csv", "proceedings.xlsx"
OWN_NAMES = (SUMS, MISSING, PAPERS_CSV, AUTHORS_CSV, WORKBOOK)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What would be handed over now: every accepted paper looked at, those that are in, how it is set."""

    workshop: Workshop
    plan: HandOverPlan
    candidates: tuple[Candidate, ...]
    papers: tuple[HandedPaper, ...]

    @property
    def files(self) -> dict[str, StoredFile]:
        """Return the contents by the names under which they go; call `refuse_collisions` first."""
        return {name: paper.candidate.files[kind] for paper in self.papers for kind, name in paper.file_names.items()}

    @property
    def collisions(self) -> tuple[str, ...]:
        """Return a sentence for each name that several files would have on some system."""
        names = {f"{paper.values['number']} {kind.label}": name for paper in self.papers for kind, name in paper.file_names.items()}
        names |= {f"the package's own {name}": name for name in OWN_NAMES}
        return tuple(
            f"{name} would be the name of {' and '.join(_tell(owner) for owner in owners)}." for name, owners in find_collisions(names)
        )


def collect_hand_over(sight: Sight) -> HandedOver:
    """Return what would be handed over now."""
    workshop = sight.workshop
    plan, candidates = read_plan(workshop), list_candidates(sight)
    papers = describe_papers(candidates, plan, read_confirmed_names(workshop))
    return HandedOver(workshop, plan, tuple(candidates), tuple(papers))


def build_package(handed: HandedOver) -> Archive:
    """Return the package, not written yet; refuses when no paper is in, when names collide, when contents are lost."""
    if not handed.papers:
        raise Refusal("No paper can be handed over yet. The page Hand-over says what each one waits for.", subject=handed.workshop)
    if handed.collisions:
        raise Refusals(
            "Files would overwrite each other. Change the patterns of their names; {number} tells papers apart.", [*handed.collisions]
        )
    refuse_lost_contents(handed.files)
    texts = [
        make_text_member(AUTHORS_CSV, write_csv(make_author_table(handed.papers, handed.plan))),
        make_text_member(PAPERS_CSV, write_csv(make_paper_table(handed.papers, handed.plan))),
        make_text_member(WORKBOOK, write_workbook(handed)),
        make_text_member(SUMS, write_sums(handed.files)),
        make_text_member(MISSING, write_missing(handed.candidates, handed.papers)),
    ]
    files = [make_file_member(name, file) for name, file in sorted(handed.files.items())]
    return Archive(handed.workshop, f"{handed.plan.acronym}-{handed.workshop.year}-proceedings.zip", (*texts, *files))


def write_workbook(handed: HandedOver) -> bytes:
    """Return papers and authors as a workbook of two sheets."""
    return write_xlsx({"Papers": make_paper_table(handed.papers, handed.plan), "Authors": make_author_table(handed.papers, handed.plan)})


def save_package(archive: Archive, target: Path, *, by: User | None = None) -> None:
    """Write the package as a ZIP, or into a folder where the name does not end in .zip; whole or not at all.

    Refuses a folder in which something lies already, and a place that can't be written.
    """
    is_zip = target.suffix.lower() == ".zip"
    if not is_zip and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refusal(f"{target} is there already. Name an empty folder, or a new one.", subject=archive.workshop)
    try:
        with _make_beside(target) as place:
            if is_zip:
                _write_blocks(place / target.name, send_archive(archive, by=by))
                (place / target.name).replace(target)
            else:
                _write_members(place / target.name, archive.members)
                if target.exists():
                    target.rmdir()
                (place / target.name).rename(target)
    except OSError as problem:
        raise Refusal(f"{target} can't be written: {problem.strerror}.", subject=archive.workshop) from problem


@contextlib.contextmanager
def _make_beside(target: Path) -> Iterator[Path]:
    """Yield a folder of our own beside the target, gone afterwards whatever happens; take away what a killed run left there.

    Whoever works in such a folder holds a lock on it, which the operating system takes back when they die.
    """
    parent = target.absolute().parent
    _sweep(parent)
    place = Path(tempfile.mkdtemp(prefix=OWN_FOLDER, dir=parent))
    handle = os.open(place, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield place
    finally:
        os.close(handle)
        shutil.rmtree(place, ignore_errors=True)


def _sweep(parent: Path) -> None:
    for left in sorted(parent.glob(f"{OWN_FOLDER}*")):
        with contextlib.suppress(OSError):  # somebody is at work in it, or it is not ours to remove
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left)
            finally:
                os.close(handle)


def _write_members(folder: Path, members: tuple[ZipMember, ...]) -> None:
    folder.mkdir()
    for member in members:
        _write_blocks(folder / member.name, read_member(member))


def _write_blocks(path: Path, blocks: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _tell(owner: str) -> str:
    number, _, label = owner.partition(" ")
    return f"#{number} ({label})" if number.isdigit() else owner
