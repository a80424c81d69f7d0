"""Files of many papers as one ZIP on its way out, with agreed names."""

import io
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.files.storage import default_storage

from papers.board_rows import list_file_states
from papers.errors import Refusal, Refusals
from papers.file_names import name_download
from papers.history import record_change
from papers.models import Paper, StoredFile, User, Workshop
from papers.owed_files import OwedFile, list_owed_by_papers
from papers.readiness import BoardQuestion, build_board
from papers.sight import Sight
from papers.stored_files import open_content
from papers.streamed_zips import BrokenOff, ZipMember, measure_zip, stream_zip
from papers.texts import clean_line

logger = logging.getLogger(__name__)
SUMS, LINKS = "SHA256SUMS", "LINKS.txt"


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP that is not written yet: its name and its members, of which nothing is in memory but the texts."""

    workshop: Workshop
    name: str
    members: tuple[ZipMember, ...]

    @property
    def size(self) -> int:
        """Return how many bytes it will have."""
        return measure_zip(self.members)


def collect_board_files(sight: Sight, question: BoardQuestion) -> Archive:
    """Return every current file that the board's question finds, whatever its state; refuses when there is none.

    A state asks for the files in it, not for all files of papers that have one. Addresses of videos come as a list.
    """
    files: dict[str, StoredFile] = {}
    links: list[str] = []
    papers = sight.papers.for_owed_files(sight.workshop, [row.pk for row in build_board(sight, question).rows])
    owed_files = list_owed_by_papers(sight.workshop, papers, brings_facts=False)
    found = [(paper, one) for paper, files in zip(papers, owed_files, strict=True) for one in files if _is_asked(one, question)]
    names = _name_all(sight.workshop, found)
    for (_, owed), name in zip(found, names, strict=True):
        version = owed.current
        if version and version.file:
            files[name] = version.file
        elif version:
            links.append(f"{name}  {clean_line(version.link)}\n")
    if not files and not links:
        raise Refusal("No file is so. Take a filter away, or wait until the first one is handed in.", subject=sight.workshop)
    refuse_lost_contents(files)
    texts = [make_text_member(SUMS, write_sums(files))] if files else []
    texts += [make_text_member(LINKS, "".join(links))] if links else []
    members = (*texts, *(make_file_member(name, file) for name, file in sorted(files.items())))
    return Archive(sight.workshop, f"{sight.workshop.slug}-files.zip", members)


def send_archive(archive: Archive, *, by: User | None) -> Iterator[bytes]:
    """Yield the bytes of an archive; where they break off, the log and the workshop's history say at which file."""
    try:
        yield from stream_zip(archive.members)
    except BrokenOff as failure:
        logger.exception("%s of %s broke off", archive.name, archive.workshop.slug)
        record_change(archive.workshop, "download broke off", by=by, field=archive.name[:60], note=failure.sentence)
        raise


def make_file_member(name: str, file: StoredFile) -> ZipMember:
    """Return a kept content as a member, opened when its turn comes."""
    return ZipMember(name, file.size, lambda: open_content(file), file.sha256)


def make_text_member(name: str, content: str | bytes) -> ZipMember:
    """Return a text that is in memory as a member."""
    data = content.encode() if isinstance(content, str) else content
    return ZipMember(name, len(data), lambda: io.BytesIO(data))


def write_sums(files: dict[str, StoredFile]) -> str:
    """Return what `sha256sum --check` reads."""
    return "".join(f"{file.sha256}  {name}\n" for name, file in sorted(files.items()))


def refuse_lost_contents(files: dict[str, StoredFile]) -> None:
    """Refuse, before anything is sent, when the storage lacks contents or holds them with another length."""
    lost = [name for name, file in sorted(files.items()) if _find_size(file) != file.size]
    if lost:
        sentence = "The storage does not hold these files as they were handed in. Restore them from the backup, or ask for them again."
        raise Refusals(sentence, [f"{name} is not there as it was handed in." for name in lost])


def _find_size(file: StoredFile) -> int:
    try:
        return default_storage.size(file.path)
    except OSError:
        return -1


def _is_asked(owed: OwedFile, question: BoardQuestion) -> bool:
    return question.kind in {"", owed.kind} and (not question.state or question.state in list_file_states(owed))


def _name_all(workshop: Workshop, found: Sequence[tuple[Paper, OwedFile]]) -> list[str]:
    """Return the agreed name of each file; papers of one number are told apart by their keys."""
    names = [_name_file(workshop, paper, owed, paper.number) for paper, owed in found]
    counts = Counter(_fold(names))
    return [
        name if counts[name.casefold()] == 1 else _name_file(workshop, paper, owed, None)
        for name, (paper, owed) in zip(names, found, strict=True)
    ]


def _name_file(workshop: Workshop, paper: Paper, owed: OwedFile, number: int | None) -> str:
    file = owed.current.file if owed.current else None
    name = name_download(workshop.short_name, number, paper.pk, owed.kind, file.media_type if file else "")
    return name if file else name.removesuffix(".bin")


def _fold(names: Iterable[str]) -> list[str]:
    return [name.casefold() for name in names]
