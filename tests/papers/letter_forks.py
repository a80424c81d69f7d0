"""Forks processes that run commands of letters, each at the word of a line on stdin: a manage.py that is loaded once."""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import django
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import get_resolver


def main() -> None:
    """Fork for every line, a command with its arguments; tell its process id, then how it ended.

    A line that begins with a number is killed before so many statements have reached the database.
    """
    django.setup()
    assert get_resolver().url_patterns
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            os._exit(run(*line.split()))
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def run(first: str, *rest: str) -> int:
    command, arguments = (rest[0], rest[1:]) if first.isdecimal() else (first, rest)
    with connection.execute_wrapper(Fuse(int(first) if first.isdecimal() else 0)):
        try:
            call_command(command, *arguments)
        except CommandError as ended:
            return ended.returncode
    return 0


class Fuse:
    """Kills this process in the place of the statement with its number; of none where that is zero."""

    def __init__(self, number: int) -> None:
        self.number, self.numbers = number, count(1)

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if next(self.numbers) == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement)


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
