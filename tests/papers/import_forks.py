"""Forks processes that import, or run another command, each at the word of a line on stdin: a manage.py that is loaded once."""

import os
import sys

import django
from django.core.management import execute_from_command_line


def main() -> None:
    """Fork for every line, which holds the arguments of the command; tell its process id, then how it ended."""
    django.setup()
    from papers.openreview.client import load_library

    load_library()
    command = sys.argv[1] if len(sys.argv) > 1 else "import_openreview"
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            try:
                execute_from_command_line(["manage.py", command, *line.split()])
            except SystemExit as ended:
                os._exit(int(ended.code or 0))
            os._exit(0)
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
