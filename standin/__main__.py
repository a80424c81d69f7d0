"""Run the stand-in as a program: python -m standin --data FILE.json [--data FILE.json] --port 0."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from standin.hostile import build_hostile
from standin.invented import build_invented
from standin.server import Standin
from standin.store import Store


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m standin", description=__doc__)
    parser.add_argument("--data", action="append", type=Path, default=[], metavar="FILE.json")
    parser.add_argument("--invented", type=int, metavar="N", help="also serve an invented venue of N papers")
    parser.add_argument("--hostile", action="store_true", help="also serve the venue with hostile titles and names")
    parser.add_argument("--port", type=int, default=0, help="API v2; 0 takes a free one")
    parser.add_argument("--port-v1", type=int, default=0)
    parser.add_argument("--port-file", type=Path, help="also write the line of addresses here")
    parser.add_argument("--parent", type=int, metavar="PID", help="stop when this process has gone")
    parser.add_argument("--warm", metavar="USERNAME", help="serialise everything for this account first")
    parser.add_argument("--control", action="store_true", help="answer POST /__control")
    return parser.parse_args(arguments)


def load_store(options: argparse.Namespace) -> Store:
    """Gather everything that the command line asks to serve."""
    store = Store.load(*options.data)
    if options.invented:
        store.merge_json(build_invented(options.invented).to_json())
    if options.hostile:
        store.merge_json(build_hostile().to_json())
    return store


def is_running(pid: int) -> bool:
    """Tell whether a process with this id exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_for_end(parent: int | None) -> None:
    """Return when the parent has gone; a child of the parent also notices that it was handed on."""
    is_child = parent == os.getppid()
    while parent is None or (is_running(parent) and not (is_child and os.getppid() != parent)):
        time.sleep(0.5)


def main() -> int:
    """Serve until interrupted or orphaned; 1 when the data cannot be read."""
    options = parse_arguments()
    try:
        store = load_store(options)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"standin: {error}\n")
        return 1
    standin = Standin(store, port=options.port, port_v1=options.port_v1, cached=True)
    standin.has_control = options.control
    if options.warm:
        standin.warm(options.warm)
    with standin:
        line = json.dumps({"v2": standin.url, "v1": standin.url_v1})
        if options.port_file:
            waiting = options.port_file.with_name(options.port_file.name + ".part")
            waiting.write_text(line + "\n", encoding="utf-8")
            waiting.replace(options.port_file)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        try:
            wait_for_end(options.parent)
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
