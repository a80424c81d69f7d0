"""A product of its own for a measurement: settings, an empty migrated database, static files, all in a folder that goes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def open_data_folder() -> Iterator[str]:
    """Set the product up in a new data folder, whose path is yielded; import the product's modules only inside."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SYNTAGEN_DATA_DIR"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder
