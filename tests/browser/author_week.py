"""One author's week between notification and proceedings, spent in a browser; what was asked of the server is kept."""

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.core import mail
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Browser, Page, Request

from papers.decisions import release_decisions
from papers.models import FileVersion, ImportantDate, Paper, Presenter, Track, User, Workshop
from papers.personal_links import send_link
from tests.browser.pages import DESK, PHONE, find_faults_shown, open_as
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop
from tests.papers.handed_in import ask, check_here, make_pdf, make_zip
from tests.papers.pdf_checks.paper_writer import AUTHORS, TITLE
from tests.papers.pdf_checks.paper_writer import make_paper as write_paper

SLUG = "week26"
ADA, BERT, CHLOE = AUTHORS
COMMENT = "Please say more about the masks that nobody drew."
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
# What nobody outside may learn of the paper, in pages, headers and file names.
FACTS = (
    *(TITLE, *AUTHORS, COMMENT, "masks", "berger", "ada@week.example", "bert@week.example", "chloe@week.example"),
    *("0000-0002-1825-0097", "University of Masks", "mended.pdf", "code of the masks.zip", "signed form.pdf", "Chloe wrote the code"),
)


@dataclass
class Asked:
    """One request of the week."""

    method: str
    path: str
    body: bytes
    content_type: str


@dataclass
class Week:
    """Who takes part, where the paper lies, what was asked of the server, what is wrong with the screens."""

    workshop: Workshop
    paper: Paper
    ada: User
    olga: User
    asked: list[Asked] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)
    token: str = ""

    @property
    def home(self) -> str:
        """Return the address of the paper's page."""
        return f"/w/{SLUG}/me/papers/{self.paper.pk}/"


@dataclass
class Screen:
    """A browser window of one person."""

    week: Week
    url: str
    page: Page
    complaints: list[str]
    is_inspected: bool

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.url + path)

    def press(self, name: str, *, inside: str = "body") -> None:
        """Press a button whose name begins so."""
        self.page.locator(inside).get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()

    def see(self, text: str) -> None:
        """Wait until the page says this, then look at it as a whole."""
        self.page.get_by_text(text).first.wait_for()
        if self.is_inspected:
            found = find_faults_shown(self.page, self.complaints)
            self.complaints.clear()
            self.week.faults[text] = [fault for fault in found if "status of 422" not in fault]  # a form that came back

    def keep(self, request: Request) -> None:
        """Keep what was asked of the server, but for styles and pictures of the house."""
        path = request.url.removeprefix(self.url)
        if path.startswith("/") and not path.startswith("/static/"):
            kind = request.headers.get("content-type", "")
            self.week.asked.append(Asked(request.method, path, request.post_data_buffer or b"", kind))


def prepare_week() -> Week:
    """Make the workshop as it is on the evening before the notification: decided, nothing told."""
    now = timezone.now()
    workshop = make_workshop(SLUG, contact_email="chairs@week.example", starts_on=(now + dt.timedelta(days=40)).date(), room="Hall 1")
    workshop.topics.create(position=1, text="Counting masks")
    workshop.topics.create(position=2, text="Drawing masks")
    Track.objects.filter(workshop=workshop, slug="full").update(page_limit=2)
    due = now + dt.timedelta(days=6)
    ImportantDate.objects.create(workshop=workshop, kind="camera-ready", name="Camera-ready", at=due, zone="AoE")
    for kind in ("paper", "supplement", "form"):
        ask(workshop, kind, due_at=due)
    olga, ada = make_user("olga@week.example", name="Olga Organizer"), make_user("ada@week.example", name="Ada", zone="Europe/Berlin")
    join_workshop(olga, workshop)
    paper = make_paper(workshop, title=TITLE, authors=AUTHORS, number=7, abstract="We count masks.", keywords=["masks"])
    paper.authors.filter(position=2).update(email="bert@week.example")
    decision = accept(paper, "poster")
    decision.comment = COMMENT
    decision.save()
    return Week(workshop, paper, ada, olga)


def open_screen(browser: Browser, url: str, week: Week, user: User | None, *, width: int, is_inspected: bool) -> Screen:
    """Open a window, as somebody who is signed in or as nobody."""
    page, complaints = open_as(browser, url, user, width=width, scheme="dark" if width == PHONE else "light")
    screen = Screen(week, url, page, complaints, is_inspected)
    page.on("request", screen.keep)
    return screen


def spend_week(browser: Browser, url: str, folder: Path, *, is_inspected: bool) -> Week:
    """Spend the whole week; screens are inspected when asked."""
    week = prepare_week()
    ada = open_screen(browser, url, week, None, width=DESK, is_inspected=is_inspected)
    enter_by_mailed_link(ada)
    release_decisions(week.workshop, by=week.olga)
    ada.open(week.home)
    ada.see("From the organizers")
    ada.see(COMMENT)
    rehearse_a_fault(ada, folder)
    hand_everything_in(ada, folder)
    confirm_with_a_correction(ada)
    olga = open_screen(browser, url, week, week.olga, width=DESK, is_inspected=is_inspected)
    reorder_authors(ada, olga)
    say_who_comes(ada)
    have_it_returned_and_mend_it(ada, olga, folder)
    approve_everything(olga)
    see_all_done(ada)
    ada.page.context.close()
    olga.page.context.close()
    change_the_presenter_next_day(open_screen(browser, url, week, None, width=PHONE, is_inspected=is_inspected))
    return week


def enter_by_mailed_link(ada: Screen) -> None:
    """Open the link that came by mail: it signs in by its button alone, and tells no decision yet."""
    week = ada.week
    send_link(week.paper.authors.get(position=1), email=week.ada.email, by=week.olga)
    path = urlsplit(next(word for word in str(mail.outbox[-1].body).split() if "/links/" in word)).path
    week.token = path.strip("/").split("/")[-1]
    ada.open("/me/papers/")
    ada.page.wait_for_url("**/accounts/login/**")
    ada.open(path)
    ada.see("the button signs you in with that address")
    ada.press("Open my paper")
    ada.page.wait_for_url(f"**{week.home}")
    ada.see("Under review")
    assert ada.page.get_by_text("What is asked of you").count() == 0


def rehearse_a_fault(ada: Screen, folder: Path) -> None:
    """Try a paper that is too long: the page, the spot in a picture, the way to mend it; nothing is kept."""
    ada.open(f"{ada.week.home}files/")
    ada.page.set_input_files("#rehearse-paper", write(folder, "draft.pdf", make_pdf(body_pages=3)))
    ada.press("Check only Paper PDF")
    ada.see("The body ends on page 3; 2 pages are allowed")
    ada.page.locator(".finding-crop img").first.evaluate("image => image.decode()")
    assert FileVersion.objects.count() == 0


def hand_everything_in(ada: Screen, folder: Path) -> None:
    """Hand in the mended paper, the supplement, the form; look at what the checks say."""
    ada.open(f"{ada.week.home}files/")
    hand_in(ada, "paper", write(folder, "camera ready.pdf", make_pdf()))
    ada.see("The checks found nothing.")
    hand_in(ada, "supplement", write(folder, "code of the masks.zip", make_zip({"code/count.py": b"print(1)\n"})))
    hand_in(ada, "form", write(folder, "signed form.pdf", make_pdf(body_pages=1)))


def hand_in(screen: Screen, kind: str, file: Path) -> None:
    """Hand a file in with the page's own script, and let its checks end."""
    before = set(FileVersion.objects.values_list("pk", flat=True))
    screen.page.set_input_files(f"#{kind}-file", file)
    with screen.page.expect_navigation():
        screen.page.click(f"#{kind} form[data-upload] button[type=submit]")
    [version] = FileVersion.objects.with_all().exclude(pk__in=before)
    assert version.name == file.name
    check_here(version)
    screen.open(f"{screen.week.home}files/")


def confirm_with_a_correction(ada: Screen) -> None:
    """Correct what is wrong, be told of a wrong digit, confirm."""
    first, second, third = ada.week.paper.authors.order_by("position")
    page = ada.page
    ada.open(f"{ada.week.home}metadata/")
    ada.see(f"{ADA} has no affiliation and no mail address.")
    page.fill(f"[name=orcid-{first.pk}]", "0000-0002-1825-0098")
    page.fill(f"[name=mail-{first.pk}]", "ada@week.example")
    page.fill(f"[name=mail-{third.pk}]", "chloe@week.example")
    for author in (first, second, third):
        page.fill(f"[name=places-{author.pk}]", "University of Masks | Norway")
    page.select_option("[name=topic]", "Drawing masks")
    page.fill("[name=link-arxiv]", "2401.01234")
    ada.press("Keep corrections")
    ada.see("A digit of this ORCID iD is wrong: its check digit does not fit.")
    page.fill(f"[name=orcid-{first.pk}]", "0000-0002-1825-0097")
    ada.press("Keep corrections")
    ada.see("Corrected. Read it once more, then confirm.")
    assert page.input_value("[name=link-arxiv]") == "https://arxiv.org/abs/2401.01234"
    ada.press("Confirm", inside="main")
    ada.see("Confirmed. If anything of it changes, you are asked again.")


def reorder_authors(ada: Screen, olga: Screen) -> None:
    """Ask for another order; the organizer sees the difference and grants it; the metadata are to be confirmed anew."""
    ada.open(f"{ada.week.home}metadata/")
    ada.page.fill("[name=authors]", f"{ADA}\n{CHLOE}\n{BERT}")
    ada.page.locator("form[action$='/metadata/authors'] [name=reason]").fill("Chloe wrote the code.")
    ada.press("Ask for these authors")
    ada.see("The organizers have been asked for the change of authors.")
    olga.open(f"/w/{SLUG}/requests/")
    olga.see("Chloe wrote the code.")
    assert olga.page.locator(".changes .badge").all_inner_texts() == ["moved"]
    olga.page.get_by_label("A word to the authors").fill("As you agreed.")
    olga.press("Grant")
    olga.see("Granted; the paper is changed.")
    ada.open(ada.week.home)
    ada.see("Changed since it was confirmed")
    ada.page.get_by_role("link", name=re.compile("^Read and confirm")).click()
    ada.see("As you agreed.")
    ada.press("Confirm", inside="main")
    ada.see("Confirmed. If anything of it changes, you are asked again.")


def say_who_comes(ada: Screen) -> None:
    """Name who presents, who attends, choose the proceedings, invite a co-author."""
    page = ada.page
    page.locator("#presenter").get_by_label("Author", exact=True).select_option(label=ADA)
    page.get_by_label("How").select_option(label="Remote, live")
    ada.press("Name the presenter")
    ada.see(f"{ADA} presents, remote, live.")
    page.locator("#attendance").get_by_label("Author", exact=True).select_option(label=CHLOE)
    ada.press("Confirm attendance")
    ada.see(f"{CHLOE} comes.")
    page.get_by_label("The paper").select_option(label="goes into the proceedings")
    ada.press("Keep the choice")
    ada.see("Your choice about the proceedings is kept.")
    page.get_by_text("Invite a co-author").click()
    page.locator("form[action$='/invite']").get_by_label("Author", exact=True).select_option(label=BERT)
    page.locator("form[action$='/invite'] [name=email]").fill("bert@week.example")
    ada.press("Send a link")
    ada.see(f"A link for {BERT} is on its way to bert@week.example.")
    assert mail.outbox[-1].to == ["bert@week.example"]


def have_it_returned_and_mend_it(ada: Screen, olga: Screen, folder: Path) -> None:
    """Have the paper returned with a reason, read it, replace the file."""
    olga.open(f"/w/{SLUG}/camera-ready/{ada.week.paper.pk}/")
    olga.page.locator("#paper").get_by_text("Return to the authors").click()
    olga.page.locator("#paper form[action$='/return'] [name=reason]").fill("The PDF has the authors in the old order.")
    olga.press("Return", inside="#paper form[action$='/return']")
    olga.see("The PDF has the authors in the old order.")
    ada.open(ada.week.home)
    ada.see("Came back: mend it")
    ada.page.get_by_role("link", name=re.compile("^Replace.*Paper PDF")).click()
    ada.see("The PDF has the authors in the old order.")
    hand_in(ada, "paper", write(folder, "mended.pdf", make_mended_pdf()))
    ada.see("The checks found nothing.")


def approve_everything(olga: Screen) -> None:
    """Approve what was handed in, each file for itself."""
    for kind in ("paper", "supplement", "form"):
        olga.open(f"/w/{SLUG}/camera-ready/{olga.week.paper.pk}/")
        olga.press("Approve", inside=f"#{kind}")
        olga.page.wait_for_load_state()
    olga.see("Nothing is left to do here.")


def see_all_done(ada: Screen) -> None:
    """Nothing is asked any more, and the way says so."""
    ada.open(ada.week.home)
    ada.see("All that was asked is here")
    done = ada.page.locator("section[aria-labelledby=owed] .badge").all_inner_texts()
    assert done == ["Done"] * 7
    ada.open("/me/papers/")
    assert ada.page.locator("main .button").count() == 0
    with ada.page.expect_download() as download:
        ada.page.goto(f"{ada.url}{ada.week.home}files/")
        ada.page.locator("#paper").get_by_role("link", name=re.compile("Version 2")).first.click()
    assert download.value.path().read_bytes() == make_mended_pdf()


def change_the_presenter_next_day(ada: Screen) -> None:
    """Come back the next day by a mailed code, on the telephone: somebody else presents."""
    Presenter.objects.update(at=F("at") - dt.timedelta(days=1))
    ada.open(ada.week.home)
    ada.page.fill("input[name=login]", ada.week.ada.email)
    ada.page.press("input[name=login]", "Enter")
    ada.page.wait_for_url("**/confirm/**")
    code = CODE.search(str(mail.outbox[-1].body))
    assert code
    ada.page.fill("input[name=code]", code.group())
    ada.page.press("input[name=code]", "Enter")
    ada.page.wait_for_url(f"**{ada.week.home}")
    ada.page.locator("#presenter").get_by_label("Author", exact=True).select_option(label=CHLOE)
    ada.page.get_by_label("How").select_option(label="In person")
    ada.press("Change the presenter")
    ada.see(f"{CHLOE} presents, in person.")
    ada.page.context.close()


def make_mended_pdf() -> bytes:
    """Return the paper with its authors in the new order."""
    stream = io.BytesIO()
    write_paper(authors=(ADA, CHLOE, BERT), body_pages=2).build().save(stream, deterministic_id=True)
    return stream.getvalue()


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write a file that a person has on their disk."""
    path = folder / name
    path.write_bytes(content)
    return path
