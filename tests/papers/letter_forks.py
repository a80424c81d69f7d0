"""Forks processes that send letters, each at the word of a line on stdin: a manage.py that is loaded once."""

import os
import sys

import django
from django.core.management import CommandError, call_command
from django.urls import get_resolver


def main() -> None:
    """Fork for every line, which holds the arguments of the command; tell its process id, then how it ended."""
    django.setup()
    assert get_resolver().url_patterns
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            try:
                call_command("send_letters", *line.split())
            except CommandError as ended:
                os._exit(ended.returncode)
            os._exit(0)
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
