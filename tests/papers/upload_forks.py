"""Forks processes that hand a file in, each at the word of a line on stdin: the product is loaded once."""

import hashlib
import os
import sys
from importlib import import_module

import django

PIECE = 1_000_000


def main() -> None:
    """Fork for every line: paper, user, seed, size; tell the process id, then how it ended."""
    django.setup()
    from django.db import connections

    import_module("papers.uploads")  # here, so that a child spends its time on uploading
    import_module("tests.papers.handed_in")
    for line in sys.stdin:
        connections.close_all()
        child = os.fork()
        if not child:
            hand_in(*(int(word) for word in line.split()))
            os._exit(0)
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def hand_in(paper: int, user: int, seed: int, size: int) -> None:
    """Upload the content of a seed in pieces, as a browser does."""
    from papers.models import Paper, User
    from papers.uploads import count_received, finish_upload, receive_chunk, start_upload
    from tests.papers.handed_in import make_content

    content, by = make_content(seed, size), User.objects.get(pk=user)
    digest = hashlib.sha256(content).hexdigest()
    held = Paper.objects.select_related("workshop", "track", "decision").get(pk=paper)
    upload = start_upload(held, kind="paper", name="a.pdf", size=len(content), sha256=digest, by=by)
    while (offset := count_received(upload)) < len(content):
        receive_chunk(upload, offset=offset, content=content[offset : offset + PIECE])
    finish_upload(upload, by=by)


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
