"""Keeps two imports of one workshop apart, whatever kills them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from papers.errors import Refusal
from papers.models import Workshop


@contextmanager
def hold_import(workshop: Workshop, *, name: str = "import", what: str = "Another import into") -> Iterator[None]:
    """Hold the right to import into the workshop; refuses while another process or thread of this machine has it.

    Imports of another `name` may run beside it; `what` begins the refusal.

    The operating system takes the lock back when its holder dies, so a killed import never shuts out the next.
    """
    folder = Path(settings.DATA_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}-{workshop.pk}").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(f"{what} {workshop} is under way; wait for its end.", subject=workshop) from None
        yield
