"""Makes an invented workshop."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.urls import reverse

from papers.management.refusals import RefusingCommand
from papers.models import Workshop
from program.demo.making import STAGES, DemoOrder, create_demo
from program.demo.members import CAST, OWNER
from program.schedules import is_schedule_released


class Command(RefusingCommand):
    """Invents papers, people, reviews; nobody in them exists."""

    help = (
        "Make an invented workshop of N papers with reviews, for screenshots, for trying things out, for load. "
        "Stages: submitted (reviewed, nothing decided), decided (not released), camera-ready (decisions released, "
        "files handed in, checked, returned, approved, each paper as far as its authors got), scheduled (papers in their sessions), "
        "published (schedule released)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the size, how far the workshop is, what it is called."""
        parser.add_argument("--size", type=int, required=True, metavar="N", help="how many papers")
        parser.add_argument("--stage", choices=STAGES, default=STAGES[0], help="how far it is; submitted unless told otherwise")
        parser.add_argument("--slug", default="", help="its slug; demo-N unless told otherwise")
        parser.add_argument("--seed", type=int, default=1, help="another number makes other papers, the same one the same")
        parser.add_argument("--replace", action="store_true", help="delete the demo of this slug first; never any other workshop")
        parser.add_argument("--json", action="store_true", help="print what was made as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; say where to look and as whom."""
        order = DemoOrder(options["size"], options["stage"], options["slug"], options["seed"], options["replace"])
        workshop = create_demo(order)
        pages = list_pages(workshop)
        if options["json"]:
            self.write_json({"workshop": workshop.slug, "papers": order.size, "stage": order.stage, "pages": pages, "owner": OWNER})
            return
        self.stdout.write(f"{workshop.name} ({workshop.slug}) was made; nothing in it exists.")
        for name, address in pages.items():
            self.stdout.write(f"  {name:<12} {address}")
        folder, others = settings.EMAIL_FILE_PATH, (f"{email} ({role.label.lower()})" for email, _, role, *_ in CAST[1:])
        self.stdout.write(f"Sign in as {OWNER} (owner) by the code that is mailed; without a mail server it lands in {folder}.")
        self.stdout.write(f"Others: {', '.join(others)}.")


def list_pages(workshop: Workshop) -> dict[str, str]:
    """Return where to click, by name."""
    names = {"start": "organizer-home", "papers": "paper-list"}
    if workshop.papers.accepted().released().exists():
        names["camera-ready"] = "camera-ready"
        names["public list"] = "public-papers"
    if is_schedule_released(workshop):
        names["program"] = "public-program"
    return {name: settings.SITE_URL.rstrip("/") + reverse(page, args=[workshop.slug]) for name, page in names.items()}
