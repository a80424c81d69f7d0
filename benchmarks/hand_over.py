"""Measures how a workshop's whole proceedings leave as one ZIP: time, bytes, how far memory grows."""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SLUG = "handed26"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[30, 300])
    parser.add_argument("--megabytes", type=float, default=5)
    return parser.parse_args()


def build(first: int, last: int, megabytes: float) -> None:
    """Bring the workshop to `last` papers that are ready, each with a PDF of its own."""
    from django.utils import timezone

    from papers.metadata import digest_metadata
    from papers.models import FileVerdict, FileVersion, MetadataConfirmation, Paper, Workshop
    from tests.factories import accept, make_paper, make_workshop
    from tests.papers.handed_in import ask

    workshop = Workshop.objects.filter(slug=SLUG).first() or make_workshop(SLUG)
    ask(workshop, due_at=None)
    now = timezone.now()
    for number in range(first, last + 1):
        title = f"Counted Masks Number {number}"
        paper = make_paper(workshop, number=number, title=title, wants_proceedings=True, authors=("Ada Author", "Cy Counter", "Di Dee"))
        accept(paper, is_released=True)
        held = Paper.objects.for_merge([paper.pk])[paper.pk]
        MetadataConfirmation.objects.create(paper=paper, digest=digest_metadata(held), at=now)
        version = FileVersion.objects.create(
            paper=paper, kind="paper", number=1, file=keep_random(number, megabytes), at=now, checked_at=now, facts={"pages": 8}
        )
        FileVerdict.objects.create(version=version, is_approved=True, at=now)


def keep_random(seed: int, megabytes: float) -> Any:
    """Keep a content that no compression makes smaller."""
    import io

    from papers.stored_files import keep_content, measure_content

    content = io.BytesIO(b"%PDF-1.5\n" + random.Random(seed).randbytes(int(megabytes * 1024 * 1024)))
    return keep_content(content, measure_content(content), media_type="application/pdf")


def measure() -> str:
    """Take the package to its end; return a line of the table."""
    from papers.file_archives import send_archive
    from papers.models import Workshop
    from papers.sight import Sight
    from program.hand_over.packages import build_package, collect_hand_over

    workshop = Workshop.objects.get(slug=SLUG)
    begun, processor = time.monotonic(), time.process_time()
    archive = build_package(collect_hand_over(Sight(workshop, is_inside=True)))
    planned = time.monotonic() - begun
    before, size = forget_peak(), 0
    for piece in send_archive(archive, by=None):
        size += len(piece)
    grown = read_status("VmHWM") - before
    if size != archive.size:
        raise SystemExit(f"{size} bytes came, {archive.size} were said.")
    spent, all_seconds = time.process_time() - processor, time.monotonic() - begun
    figures = [f"{workshop.papers.count()}", f"{size / 1e6:,.0f} MB", f"{planned:.2f} s", f"{all_seconds:.1f} s", f"{spent:.1f} s"]
    return f"| {' | '.join(figures)} | {grown / 1024:.1f} MB |"


def forget_peak() -> int:
    """Begin a new peak of memory at what is held now; return it in KB."""
    Path("/proc/self/clear_refs").write_text("5")
    return read_status("VmRSS")


def read_status(name: str) -> int:
    """Return a figure of this process in KB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SYNTAGEN_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syntagen.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print("| papers | package | until its first byte | whole | processor | memory grew by |\n|--:|--:|--:|--:|--:|--:|")
        known = 0
        for count in sorted(arguments.papers):
            build(known + 1, count, arguments.megabytes)
            known = count
            print(measure(), flush=True)


if __name__ == "__main__":
    main()
